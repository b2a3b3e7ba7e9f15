#include "org/scim/view.hpp"

#include <algorithm>

#include "access/password.hpp"

namespace waymark::org::scim {

std::string user_name_key(std::string_view user_name) { return access::folded(user_name); }

Sources::Sources(const std::string& directory)
    : external("scim:" + directory), user(external + "/user"), user_name(external + "/userName"), left(external + "/left"), group(external + "/group") {}

View::View(std::shared_ptr<const Organisation> organisation, Date today, const std::string& directory, const std::vector<std::string>& others,
           std::string address)
    : m_organisation(std::move(organisation)), m_today(today), m_sources(directory), m_address(std::move(address)) {
  for (const std::string& other : others) m_others.emplace_back(other);
}

const std::string* View::find(const std::vector<Reference>& references, std::string_view source) {
  const auto found = std::find_if(references.begin(), references.end(), [&](const Reference& each) { return each.source == source; });
  return found == references.end() ? nullptr : &found->id;
}

bool View::is_elsewhere(const std::vector<Reference>& references, std::string_view what) const {
  if (references.empty()) return false;
  return std::any_of(m_others.begin(), m_others.end(),
                     [&](const Sources& other) { return find(references, what == "user" ? other.user : other.group) != nullptr; });
}

bool View::is_active(PersonIndex person) const {
  const std::vector<Spell> employed = m_organisation->history(person, Kind::employed);
  return !employed.empty() && (!employed.back().to || *employed.back().to > m_today);
}

Date View::first_open_day(PersonIndex person) const {
  for (const Spell& spell : m_organisation->history(person, Kind::employed)) {
    if (!spell.to || *spell.to > m_today) return std::max(spell.from, m_today);
  }
  return m_today;
}

bool View::keeps(PersonIndex person) const { return find(m_organisation->person(person).details.references, m_sources.user) != nullptr; }
bool View::keeps(TeamIndex team) const { return find(m_organisation->team(team).references, m_sources.group) != nullptr; }
bool View::is_kept_elsewhere(PersonIndex person) const { return is_elsewhere(m_organisation->person(person).details.references, "user"); }

bool View::shows(PersonIndex person) const {
  const Person& who = m_organisation->person(person);
  if (who.is_erased) return false;
  if (keeps(person)) return true;
  return who.details.email && is_active(person) && !is_kept_elsewhere(person);
}

bool View::shows(TeamIndex team) const {
  if (team_name(team).empty()) return false;
  return keeps(team) || !is_elsewhere(m_organisation->team(team).references, "group");
}

std::string View::user_name(PersonIndex person) const {
  const PersonDetails& details = m_organisation->person(person).details;
  if (const std::string* as_sent = find(details.references, m_sources.user_name)) return *as_sent;
  const std::string* folded = find(details.references, m_sources.user);
  if (details.email && (folded == nullptr || user_name_key(*details.email) == *folded)) return *details.email;
  return folded != nullptr ? *folded : std::string();
}

std::optional<std::string> View::external_id(PersonIndex person) const {
  const std::string* found = find(m_organisation->person(person).details.references, m_sources.external);
  return found == nullptr ? std::nullopt : std::optional(*found);
}
std::optional<std::string> View::external_id(TeamIndex team) const {
  const std::string* found = find(m_organisation->team(team).references, m_sources.external);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::optional<PersonIndex> View::user(std::string_view id) const {
  const auto known = PersonId::from(id);
  const auto found = known ? m_organisation->find(*known) : std::nullopt;
  return found && shows(*found) ? found : std::nullopt;
}

std::optional<PersonIndex> View::user_called(std::string_view user_name) const {
  if (const auto kept = m_organisation->find_by_reference({m_sources.user, user_name_key(user_name)})) return kept;
  const auto found = m_organisation->find_by_email(user_name);
  return found && shows(*found) && !keeps(*found) ? found : std::nullopt;
}

std::optional<PersonIndex> View::user_with_external_id(const std::string& external_id) const {
  return m_organisation->find_by_reference({m_sources.external, external_id});
}

std::optional<PersonIndex> View::user_with_email(std::string_view email) const {
  const auto found = m_organisation->find_by_email(email);
  return found && shows(*found) ? found : std::nullopt;
}

std::optional<TeamIndex> View::group(std::string_view id) const {
  const auto known = TeamId::from(id);
  const auto found = known ? m_organisation->find(*known) : std::nullopt;
  return found && shows(*found) ? found : std::nullopt;
}

std::optional<TeamIndex> View::group_with_external_id(const std::string& external_id) const {
  const auto found = m_organisation->find_team_by_reference({m_sources.external, external_id});
  return found && shows(*found) ? found : std::nullopt;
}

std::string View::team_name(TeamIndex team) const {
  const auto name = m_organisation->at(team, Kind::team_name, m_today);
  return name ? m_organisation->words()[name->value] : std::string();
}

std::optional<TeamIndex> View::team_of(PersonIndex person) const {
  if (!is_active(person)) return std::nullopt;
  const auto team = m_organisation->at(person, Kind::team, first_open_day(person));
  return team ? std::optional(static_cast<TeamIndex>(team->value)) : std::nullopt;
}

std::vector<PersonIndex> View::members(TeamIndex team) const {
  std::vector<PersonIndex> found;
  for (std::size_t i = 0; i < m_organisation->people(); ++i) {
    const auto person = static_cast<PersonIndex>(i);
    if (team_of(person) == team && shows(person)) found.push_back(person);
  }
  return found;
}

std::vector<std::vector<PersonIndex>> View::all_members() const {
  std::vector<std::vector<PersonIndex>> found(m_organisation->teams());
  for (std::size_t i = 0; i < m_organisation->people(); ++i) {
    const auto person = static_cast<PersonIndex>(i);
    if (const auto team = team_of(person); team && shows(person)) found[static_cast<std::size_t>(*team)].push_back(person);
  }
  return found;
}

}  // namespace waymark::org::scim
