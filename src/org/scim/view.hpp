/// The organisation as one directory sees it: who is a user, which teams are groups, and how both are called there.
///
/// A directory keeps people: it brought them, or has changed them since. It sees those whom it keeps and, so that it finds who was there before it, those
/// who work here, have an address at work and are kept by no other directory. Whoever it changes it keeps from then on. The same holds for teams.
///
/// What is stored of a user besides the person (source → id of a Reference), where D is the id of the directory:
///
/// | source | id |
/// |---|---|
/// | `scim:D/user` | userName with case folded: that D keeps them, and how they are found |
/// | `scim:D/userName` | userName as it was sent, where it is neither the folded one nor the address at work |
/// | `scim:D` | externalId as it was sent |
/// | `scim:D/left` | the externalId of somebody whom D deleted, so that they are known when they return |
///
/// Of a team: `scim:D/group` → the id of the team; `scim:D` → its externalId. A userName that is the address at work follows that address.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "org/organisation.hpp"

namespace waymark::org::scim {

/// "scim:D" and what follows.
struct Sources {
  explicit Sources(const std::string& directory);
  std::string external, user, user_name, left, group;
};

class View {
 public:
  /// `others` are the ids of the other directories that are connected; `address` is that of the service, "https://…/scim/v2".
  View(std::shared_ptr<const Organisation> organisation, Date today, const std::string& directory, const std::vector<std::string>& others,
       std::string address);

  [[nodiscard]] const Organisation& organisation() const { return *m_organisation; }
  [[nodiscard]] Date today() const { return m_today; }
  [[nodiscard]] const Sources& sources() const { return m_sources; }
  [[nodiscard]] const std::string& address() const { return m_address; }

  /// Works here today, or will.
  [[nodiscard]] bool is_active(PersonIndex person) const;
  /// The day from which something new can be recorded of somebody active: today, or the first day of work.
  [[nodiscard]] Date first_open_day(PersonIndex person) const;

  [[nodiscard]] bool keeps(PersonIndex person) const;
  [[nodiscard]] bool keeps(TeamIndex team) const;
  [[nodiscard]] bool is_kept_elsewhere(PersonIndex person) const;
  [[nodiscard]] bool shows(PersonIndex person) const;
  [[nodiscard]] bool shows(TeamIndex team) const;

  /// REQUIRES that it is shown.
  [[nodiscard]] std::string user_name(PersonIndex person) const;
  [[nodiscard]] std::optional<std::string> external_id(PersonIndex person) const;
  [[nodiscard]] std::optional<std::string> external_id(TeamIndex team) const;

  /// Of those that are shown.
  [[nodiscard]] std::optional<PersonIndex> user(std::string_view id) const;
  [[nodiscard]] std::optional<PersonIndex> user_called(std::string_view user_name) const;
  [[nodiscard]] std::optional<PersonIndex> user_with_external_id(const std::string& external_id) const;
  [[nodiscard]] std::optional<PersonIndex> user_with_email(std::string_view email) const;
  [[nodiscard]] std::optional<TeamIndex> group(std::string_view id) const;
  [[nodiscard]] std::optional<TeamIndex> group_with_external_id(const std::string& external_id) const;

  [[nodiscard]] std::string team_name(TeamIndex team) const;  ///< empty where it is not there today
  /// Everybody active whom the directory sees, by their team today (or on their first day).
  [[nodiscard]] std::vector<PersonIndex> members(TeamIndex team) const;
  [[nodiscard]] std::vector<std::vector<PersonIndex>> all_members() const;  ///< by index of the team
  [[nodiscard]] std::optional<TeamIndex> team_of(PersonIndex person) const;

 private:
  [[nodiscard]] static const std::string* find(const std::vector<Reference>& references, std::string_view source);
  [[nodiscard]] bool is_elsewhere(const std::vector<Reference>& references, std::string_view what) const;

  std::shared_ptr<const Organisation> m_organisation;
  Date m_today;
  Sources m_sources;
  std::vector<Sources> m_others;
  std::string m_address;
};

/// How userNames are compared.
[[nodiscard]] std::string user_name_key(std::string_view user_name);

}  // namespace waymark::org::scim
