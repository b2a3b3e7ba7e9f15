#include "demo/demo.hpp"

#include <algorithm>

#include "demo/planted.hpp"

namespace waymark::demo {
namespace {

using org::Kind;

constexpr std::size_t people_a_part = 20'000;

Date date(std::int32_t day) { return Date{std::chrono::days{day}}; }

std::string value_of(const History& history, const Event& event) {
  switch (event.kind) {
    case Kind::level: return std::string(level_ids[event.value]);
    case Kind::archetype: return std::string(archetype_ids[event.value]);
    case Kind::country: return std::string(country_codes[event.value]);
    case Kind::working_time: return std::to_string(event.value);
    case Kind::team:
    case Kind::parent_team: return history.part_ids[event.value];
    case Kind::manager:
    case Kind::dotted_line:
    case Kind::team_lead: return history.person_ids[event.value];
    case Kind::team_name: return history.plan.parts[event.who].name;
    default: return std::string(org::yes);
  }
}

org::FactChange fact(const History& history, const Event& event) {
  const std::string& subject = org::is_of_team(event.kind) ? history.part_ids[event.who] : history.person_ids[event.who];
  org::FactChange change{.subject = subject, .kind = event.kind, .from = date(event.day)};
  const bool says_what_ends = org::may_hold_several(event.kind);
  if (!event.ends || says_what_ends) change.value = value_of(history, event);
  change.ends = event.ends && says_what_ends;
  return change;
}

org::PersonChange details(const History& history, std::uint32_t who) {
  const Somebody& somebody = history.people[who];
  return {org::PersonId::from(history.person_ids[who]).value(),
          {.name = Names::all().full(somebody.name), .email = email_of(somebody), .employee_number = std::to_string(100'001 + who)}};
}

/// Everybody with the days they worked here, and all that is known of parts but their leads, who come with the last people.
void add_everybody(const History& history, org::Changes& changes) {
  for (std::uint32_t who = 0; who < history.people.size(); ++who) changes.people.push_back(details(history, who));
  for (const std::string& id : history.part_ids) changes.teams.push_back({org::TeamId::from(id).value()});
  for (const Event& event : history.events) {
    if (event.kind == Kind::employed) changes.facts.push_back(fact(history, event));
  }
  for (const Event& event : history.part_events) changes.facts.push_back(fact(history, event));
}

/// The rest of some people.
void add_people(const History& history, std::size_t from, std::size_t to, org::Changes& changes) {
  const auto begin = std::lower_bound(history.events.begin(), history.events.end(), from, [](const Event& a, std::size_t b) { return a.who < b; });
  for (auto event = begin; event != history.events.end() && event->who < to; ++event) {
    if (event->kind != Kind::employed) changes.facts.push_back(fact(history, *event));
  }
}

}  // namespace

Result<void> check(const Wish& wish) {
  if (wish.people < fewest_people || wish.people > most_people) {
    return fail(Error::Kind::bad_input, "A demo organisation has from " + std::to_string(fewest_people) + " to " + std::to_string(most_people) + " people.",
                "Say another number.");
  }
  if (wish.years < 1 || wish.years > most_years) {
    return fail(Error::Kind::bad_input, "A demo organisation has from 1 to " + std::to_string(most_years) + " years of history.", "Say another number.");
  }
  if (wish.until < Date{std::chrono::days{0}} || wish.until > Date{std::chrono::days{365 * 200}}) {
    return fail(Error::Kind::bad_input, "A demo organisation ends between 1970 and 2169.", "Say another day.");
  }
  return {};
}

Demo Demo::make(const Wish& wish) {
  // Two generators, so that a change of the shape does not draw other people.
  Draws shape(wish.seed * 2);
  auto history = std::make_shared<History>(live_through(make_plan(wish.people, wish.years, shape), wish.until, wish.seed * 2 + 1));
  Demo demo;
  demo.m_truths = truths_of(*history);
  demo.m_stands = stands_of(*history);
  demo.m_history = std::move(history);
  return demo;
}

std::size_t Demo::parts() const { return 1 + (m_history->people.size() + people_a_part - 1) / people_a_part; }

org::Changes Demo::part(std::size_t index) const {
  org::Changes changes;
  if (index == 0) {
    add_everybody(*m_history, changes);
  } else {
    add_people(*m_history, (index - 1) * people_a_part, index * people_a_part, changes);
  }
  return changes;
}

org::Changes Demo::whole() const {
  org::Changes changes;
  add_everybody(*m_history, changes);
  add_people(*m_history, 0, m_history->people.size(), changes);
  return changes;
}

const std::vector<NotPlanted>& Demo::not_planted() const { return m_history->plan.not_planted; }
std::size_t Demo::people_ever() const { return m_history->people.size(); }

std::vector<Attribute> Demo::attributes() const {
  std::vector<Attribute> all;
  if (!m_history->plan.has_later_group) return all;
  for (std::size_t who = 0; who < m_history->people.size(); ++who) {
    all.push_back({m_history->person_ids[who], "group", m_history->people[who].in_later_group ? "B" : "A"});
  }
  return all;
}

}  // namespace waymark::demo
