#include "org/registry.hpp"

#include <algorithm>

#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "org/organisation_records.hpp"

namespace waymark::org {
namespace {

// Besides today. Of a hundred thousand people, each takes some twenty megabytes.
constexpr std::size_t days_kept = 2;

/// Somebody else changed the organisation between reading and writing.
struct Overtaken {};

access::AuditRecord audit_record(const Reason& reason, const Revised& revised, std::int64_t number) {
  access::AuditRecord record{.doing = reason.by,
                             .action = "organisation_changed",
                             .object = "organisation:" + std::to_string(number),
                             .why = reason.why,
                             .facts = {{"source", reason.source},
                                       {"people", std::to_string(revised.people.size())},
                                       {"teams", std::to_string(revised.teams.size())},
                                       {"changes", std::to_string(revised.points.size())}}};
  if (!reason.subject.empty()) record.subject = access::AuditPerson{"person", reason.subject};
  return record;
}

}  // namespace

Registry::Registry(db::Database& database, const Clock& clock) : m_database(database), m_clock(clock) {}

std::shared_ptr<const Organisation> Registry::now() {
  const std::int64_t newest = m_database.read_once([](db::Reader& reader) { return newest_revision(reader); });
  const std::lock_guard lock(m_mutex);
  if (m_organisation->revision() < newest) m_organisation = m_database.read([&](db::Reader& reader) { return load(reader, m_organisation); });
  return m_organisation;
}

std::shared_ptr<const OrganisationOn> Registry::kept(Date day, std::int64_t revision) {
  const std::lock_guard lock(m_mutex);
  const auto fits = [&](const auto& each) { return each != nullptr && each->day() == day && each->organisation().revision() >= revision; };
  if (fits(m_today)) return m_today;
  const auto known = std::find_if(m_days.begin(), m_days.end(), fits);
  if (known == m_days.end()) return nullptr;
  std::rotate(m_days.begin(), known, known + 1);
  return m_days.front();
}

std::shared_ptr<const OrganisationOn> Registry::on(Date day) {
  const auto organisation = now();
  if (auto known = kept(day, organisation->revision())) return known;
  const std::lock_guard making(m_making);
  if (auto known = kept(day, organisation->revision())) return known;
  std::shared_ptr<const OrganisationOn> near;
  {
    const std::lock_guard lock(m_mutex);
    near = m_today;
  }
  auto made = OrganisationOn::make(organisation, day, near.get());
  const std::lock_guard lock(m_mutex);
  std::erase_if(m_days, [&](const auto& each) { return each->organisation().revision() < organisation->revision(); });
  if (day == date_of(m_clock.now())) {
    m_today = made;
  } else {
    m_days.insert(m_days.begin(), made);
    if (m_days.size() > days_kept) m_days.pop_back();
  }
  return made;
}

std::shared_ptr<const OrganisationOn> Registry::today() { return on(date_of(m_clock.now())); }

std::shared_ptr<const NameSearch> Registry::names() {
  const auto today = this->today();
  const std::lock_guard lock(m_mutex);
  if (m_named_on != today) {
    if (m_names == nullptr || !m_names->fits(*m_named_on, *today)) m_names = std::make_shared<const NameSearch>(*today);
    m_named_on = today;
  }
  return m_names;
}

Changed Registry::change(const Changes& changes, const Reason& reason) {
  return change([&](const auto&) { return changes; }, reason);
}

Changed Registry::change(const Make& make, const Reason& reason, const Also& also) {
  return keep([&](const auto& before) { return revise(before, make(before), date_of(m_clock.now())); }, reason, also);
}

Changed Registry::keep(const MakeRevised& make, const Reason& reason, const Also& also) {
  while (true) {
    const auto before = now();
    Revised revised = make(before);
    if (!revised.problems.empty()) return {before, false, std::move(revised.problems)};
    const bool is_new = !revised.changes_nothing();
    if (!is_new && !also) return {before, false, {}};
    const std::int64_t number = before->revision() + 1;
    try {
      m_database.write([&](db::Writer& writer) {
        access::take_turn_in_audit(writer);
        if (newest_revision(writer) != before->revision()) throw Overtaken{};
        if (also) also(writer, *revised.organisation);
        if (!is_new) return;
        insert_revision(writer, {number, m_clock.now(), reason.source, reason.why, reason.by.account}, revised);
        access::append_audit(writer, audit_record(reason, revised, number), m_clock.now());
      });
    } catch (const Overtaken&) {
      continue;
    }
    if (!is_new) return {before, false, {}};
    const std::lock_guard lock(m_mutex);
    if (m_organisation->revision() == before->revision()) m_organisation = revised.organisation;
    return {revised.organisation, true, {}};
  }
}

bool Registry::is_demo() {
  return m_database.read_once([](db::Reader& reader) { return first_source(reader); }) == demo_source;
}

std::vector<HistoryEntry> Registry::history(PersonIndex person) { return history(false, static_cast<std::uint32_t>(person)); }
std::vector<HistoryEntry> Registry::history(TeamIndex team) { return history(true, static_cast<std::uint32_t>(team)); }

std::vector<HistoryEntry> Registry::history(bool team, std::uint32_t subject) {
  const auto organisation = now();
  const auto in_words = [&](const Belief& belief) -> std::string {
    if (belief.word) return *belief.word;
    if (!belief.other) return {};
    switch (holds(belief.kind)) {
      case Holds::a_person: return organisation->person(static_cast<PersonIndex>(*belief.other)).details.name;
      case Holds::a_team: {
        const std::vector<Spell> names = organisation->history(static_cast<TeamIndex>(*belief.other), Kind::team_name);
        return names.empty() ? std::string() : organisation->words()[names.back().value];
      }
      default: return std::string(yes);
    }
  };
  std::vector<HistoryEntry> entries;
  for (Belief& belief : m_database.read([&](db::Reader& reader) { return beliefs_about(reader, team, subject); })) {
    HistoryEntry entry{.kind = belief.kind,
                       .from = belief.from,
                       .value = in_words(belief),
                       .recorded_at = belief.recorded.at,
                       .source = std::move(belief.recorded.source),
                       .why = std::move(belief.recorded.why),
                       .author = std::move(belief.recorded.author)};
    if (belief.replaced) {
      entry.replaced_at = belief.replaced->at;
      entry.replaced_source = std::move(belief.replaced->source);
      entry.replaced_why = std::move(belief.replaced->why);
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace waymark::org
