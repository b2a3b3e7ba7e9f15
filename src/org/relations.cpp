#include "org/relations.hpp"

#include <algorithm>

namespace waymark::org {
namespace {

access::Place place_of(const OrganisationOn& on, std::optional<TeamIndex> team, std::string_view country) {
  access::Place place{{}, std::string(country)};
  if (!team) return place;
  for (const TeamIndex part : on.parts_above(*team)) place.parts.push_back(on.organisation().team(part).id.text());
  return place;
}

}  // namespace

access::Place place_of(const OrganisationOn& on, TeamIndex team) { return place_of(on, team, {}); }

access::Place place_of(const OrganisationOn& on, PersonIndex person) {
  const Standing& standing = on.standing(person);
  if (standing.is_employed) return place_of(on, standing.team, on.word(standing.country));
  const Organisation& organisation = on.organisation();
  const std::vector<Spell> employed = organisation.history(person, Kind::employed);
  if (employed.empty()) return {};
  // Of who left, the last day; of who is about to come, the first.
  const Date day = employed.back().to && *employed.back().to <= on.day() ? *employed.back().to - std::chrono::days{1} : employed.front().from;
  const auto team = organisation.at(person, Kind::team, day);
  const auto country = organisation.at(person, Kind::country, day);
  return place_of(on, team ? std::optional(static_cast<TeamIndex>(team->value)) : std::nullopt,
                  country ? std::string_view(organisation.words()[country->value]) : std::string_view());
}

access::Subject subject_about(const OrganisationOn& on, std::optional<PersonIndex> actor, PersonIndex person) {
  access::Subject subject{.place = place_of(on, person)};
  if (!actor) return subject;
  using access::Relation;
  if (*actor == person) subject.relations.add(Relation::self);
  if (!on.standing(*actor).is_employed) return subject;
  if (on.standing(person).manager == *actor) {
    subject.relations.add(Relation::manager_now);
  } else if (on.is_above(*actor, person)) {
    subject.relations.add(Relation::line_above);
  }
  if (on.leads_team_of(*actor, person)) subject.relations.add(Relation::team_lead);
  return subject;
}

access::Subject subject_about(const OrganisationOn& on, std::optional<PersonIndex> actor, TeamIndex team) {
  access::Subject subject{.place = place_of(on, team)};
  if (!actor || !on.standing(*actor).is_employed || !on.exists(team)) return subject;
  using access::Relation;
  if (on.standing(*actor).team == team) subject.relations.add(Relation::self);
  for (const PersonIndex member : on.members(team)) {
    if (on.standing(member).manager == *actor) {
      subject.relations.add(Relation::manager_now);
    } else if (on.is_above(*actor, member)) {
      subject.relations.add(Relation::line_above);
    }
  }
  for (const TeamIndex part : on.parts_above(team)) {
    const std::vector<PersonIndex> leads = on.leads(part);
    if (std::find(leads.begin(), leads.end(), *actor) != leads.end()) subject.relations.add(Relation::team_lead);
  }
  return subject;
}

}  // namespace waymark::org
