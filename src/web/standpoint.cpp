#include "web/standpoint.hpp"

#include "web/pathways.hpp"

namespace waymark::web {

bool Standpoint::may(const Visit& visit, access::Action action, org::PersonIndex person) const {
  return access::may(visit.viewer.actor, action, org::subject_about(*today, me, person)).allowed;
}

bool Standpoint::may(const Visit& visit, access::Action action, org::TeamIndex team) const {
  return access::may(visit.viewer.actor, action, org::subject_about(*today, me, team)).allowed;
}

namespace {

Standpoint found_standpoint(const Visit& visit) {
  Installation& installation = *visit.installation;
  Standpoint standpoint{installation.organisation.today()};
  if (!visit.viewer.actor.has_account || (!visit.viewer.session && !visit.viewer.token)) return standpoint;
  const org::Organisation& organisation = standpoint.today->organisation();
  if (organisation.people() == 0) return standpoint;
  std::optional<std::string> person = visit.viewer.session ? visit.viewer.session->person : std::nullopt;
  std::optional<std::string> email;
  if (!person) {
    if (const auto account = installation.accounts.find(visit.viewer.account())) {
      person = account->person;
      email = account->email;
    }
  }
  if (person) {
    if (const auto id = org::PersonId::from(*person)) standpoint.me = organisation.find(*id);
  } else if (email) {
    standpoint.me = organisation.find_by_email(*email);
  }
  return standpoint;
}

}  // namespace

const Standpoint& standpoint_of(const Visit& visit) {
  if (visit.standpoint == nullptr) visit.standpoint = std::make_shared<const Standpoint>(found_standpoint(visit));
  return *visit.standpoint;
}

bool has_place_of_own(const Visit& visit) {
  if (visit.installation == nullptr || !visit.viewer.session) return false;
  const Standpoint& standpoint = standpoint_of(visit);
  if (!standpoint.me) return false;
  const std::string_view level = standpoint.today->level(*standpoint.me);
  return !level.empty() && pathway_of(visit, *standpoint.today, *standpoint.me).level(level) != nullptr;
}

bool has_reports(const Visit& visit) {
  if (visit.installation == nullptr) return false;
  const Standpoint& standpoint = standpoint_of(visit);
  return standpoint.me && !standpoint.today->reports(*standpoint.me).empty();
}

std::optional<org::PersonIndex> person_of(const Visit& visit, const org::Organisation& organisation) {
  const auto id = visit.ids.empty() ? std::nullopt : org::PersonId::from(visit.ids[0]);
  return id ? organisation.find(*id) : std::nullopt;
}

std::optional<org::TeamIndex> team_of(const Visit& visit, const org::Organisation& organisation) {
  const auto id = visit.ids.empty() ? std::nullopt : org::TeamId::from(visit.ids[0]);
  return id ? organisation.find(*id) : std::nullopt;
}

access::Subject subject_of_person(const Visit& visit) {
  if (visit.installation == nullptr) return {};
  const Standpoint& standpoint = standpoint_of(visit);
  const auto person = person_of(visit, standpoint.today->organisation());
  return person ? org::subject_about(*standpoint.today, standpoint.me, *person) : access::Subject{};
}

access::Subject subject_of_team(const Visit& visit) {
  if (visit.installation == nullptr) return {};
  const Standpoint& standpoint = standpoint_of(visit);
  const auto team = team_of(visit, standpoint.today->organisation());
  return team ? org::subject_about(*standpoint.today, standpoint.me, *team) : access::Subject{};
}

}  // namespace waymark::web
