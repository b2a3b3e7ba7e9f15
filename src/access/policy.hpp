/// Who may do what. One function, `may`, reads one table; the table is in policy.cpp and is meant to be read on its own.
///
/// What is not allowed by a row is refused. An action outside `Action` cannot be named, and an action without a row does not compile.
/// The room knows no organisation: the room that owns a record says how the actor stands to it (`Relation`), what holds for it
/// (`Condition`) and where it is (`Place`). Everything here is a value, pure and safe from any thread; `may` allocates nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/set.hpp"

namespace waymark::access {

/// What somebody does for the organisation. Being a manager is not among them: it follows from the reporting line.
enum class Role {
  engineer,  ///< everybody with an account; never granted, always held
  pathway_owner,
  people_partner,
  analyst,
  panel_member,  ///< may be asked to sit on panels; what they see follows from `Relation::panel`
  administrator,
};
inline constexpr int role_count = 6;

/// How the actor stands to the person (or the group) that a record is about, today. Several may hold.
enum class Relation {
  self,           ///< the record is about the actor; for a group: the actor is counted in it
  named_person,   ///< the person let the actor in by name: shared with them, or asked them to corroborate
  manager_now,    ///< the person reports to the actor today
  line_above,     ///< above the manager in the reporting line today; for a group: it is the actor's own line
  team_lead,      ///< leads the person's team today
  participant,    ///< one of the two in the conversation, or owner of the commitment
  panel,          ///< sits on the panel of the case
  chair,          ///< chairs that panel
  judged_before,  ///< sat on the panel whose decision is appealed
};
inline constexpr int relation_count = 9;

/// What holds for the record at this moment.
enum class Condition {
  shared,               ///< the person has shared it with the actor and has not taken it back
  both_wrote,           ///< both sides of the reflection are written
  in_the_case,          ///< it is part of the case that the actor's panel judges
  consented,            ///< the person agrees that this is done in their name
  judged_own,           ///< the actor's own judgement is recorded
  conflict_waived,      ///< the conflict was declared and a waiver with its reason is on record
  above_minimum_group,  ///< the figure counts at least the minimum group, and suppression has been applied
  open_to_visitors,     ///< the organisation shows it to people without an account
};
inline constexpr int condition_count = 8;

/// Features that hold personal data and can be switched off for a country or a part of the organisation.
enum class Feature { always_on, evidence, energy, reflection, conversations, stretch_work, attributes, cases, insight };
inline constexpr int feature_count = 9;

/// What an API token may be made for. A token never reaches further than its owner.
enum class TokenScope {
  pathway,         ///< read the pathway
  own_record,      ///< read and write the owner's own record
  shared_records,  ///< read what others share with the owner
  publishing,      ///< publish versions of the pathway
  figures,         ///< read aggregates
  provisioning,    ///< accounts and people, for SCIM and HRIS
  no_token,        ///< only a person at a browser or at the machine
};
inline constexpr int token_scope_count = 7;

enum class Action {
  // The pathway
  read_pathway,
  propose_change,
  read_proposals,
  answer_proposal,
  read_draft,
  publish_version,
  read_adoption,
  // The organisation, and a person's place in it
  find_people,
  read_organisation,
  read_team,
  read_place,
  correct_place,
  correct_team,
  import_people,
  provision_people,
  // Evidence
  read_private_evidence,
  write_evidence,
  share_evidence,
  read_shared_evidence,
  corroborate_evidence,
  offer_evidence,
  answer_offered_evidence,
  // Energy, work mix, the fork, self-questions
  read_energy,
  write_energy,
  read_fork_answers,
  write_fork_answers,
  read_self_questions,
  // Reflection and conversation
  read_engineer_reflection,
  write_engineer_reflection,
  read_manager_reflection,
  write_manager_reflection,
  read_conversation,
  write_conversation,
  change_commitment,
  choose_hand_over,
  read_hand_over,
  // Stretch work
  read_stretch_projects,
  write_stretch_project,
  allocate_stretch_work,
  read_stretch_allocation,
  // Declared attributes
  read_declared_attributes,
  change_declared_attributes,
  count_declared_attributes,
  // Cases
  open_case,
  read_case,
  write_own_statement,
  write_manager_statement,
  read_manager_statement,
  read_case_state,
  read_case_decision,
  appeal_decision,
  // Panels
  arrange_panel,
  sit_on_panel,
  declare_conflict,
  judge_case,
  read_other_judgements,
  decide_case,
  judge_appeal,
  waive_conflict,
  read_session_figures,
  // Insight
  read_aggregates,
  read_fairness,
  read_signal,
  read_own_severity,
  read_severity_by_pseudonym,
  read_staff_advice,
  read_transparency_report,
  // One's own account
  read_own_account,
  change_own_sign_in,
  manage_own_tokens,
  export_own_data,
  ask_for_erasure,
  // Running it
  read_configuration,
  change_configuration,
  manage_accounts,
  grant_role,
  revoke_sessions,
  erase_person,
  switch_feature,
  manage_directories,
  read_audit,
  // At the door
  sign_in,
  read_assets,
  check_health,
};
inline constexpr int action_count = static_cast<int>(Action::check_health) + 1;

/// Where a record is: the part of the organisation of its person with every part above it, and the country. Ids and country codes are
/// opaque here. Unknown is empty, and then lies in no scope but the whole.
struct Place {
  std::vector<std::string> parts = {};
  std::string country = {};
};

/// A part of the organisation, a country, both (then both must hold) or, with neither, the whole.
struct Scope {
  std::string part = {};
  std::string country = {};

  [[nodiscard]] bool is_whole() const { return part.empty() && country.empty(); }
  [[nodiscard]] bool covers(const Place& place) const;
  bool operator==(const Scope&) const = default;
};

struct RoleGrant {
  Role role = Role::engineer;
  Scope scope = {};
};

/// Who asks. Without an account it is a visitor.
struct Actor {
  bool has_account = false;
  std::vector<RoleGrant> roles = {};                 ///< those in force today
  std::optional<Set<TokenScope>> token_scopes = {};  ///< set when the request came with an API token
  bool is_directory = false;                         ///< no person: a directory of the organisation, with its token
};

/// What is asked about. The default is a thing that belongs to nobody, such as the configuration.
struct Subject {
  Set<Relation> relations = {};
  Set<Condition> conditions = {};
  Place place = {};
  Set<Feature> switched_off = {};  ///< where the person is; see `switched_off_at`
};

struct Decision {
  bool allowed = false;
  std::string_view reason;  ///< of the row that allowed or forbade it; static text
  explicit operator bool() const { return allowed; }
};

/// Deny by default. A switched-off feature and a token without the scope are refused first, then what is never allowed, whatever else
/// the actor is; after that one row that matches is enough. One pass over the table.
[[nodiscard]] Decision may(const Actor& actor, Action action, const Subject& subject);

struct FeatureSwitch {
  Feature feature = Feature::always_on;
  Scope where = {};
};

[[nodiscard]] Set<Feature> switched_off_at(const Place& place, std::span<const FeatureSwitch> switches);

/// snake_case, as the enumerator is written; stable, used in the database, in audit entries and in configuration.
[[nodiscard]] std::string_view to_string(Action action);
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::string_view to_string(Feature feature);
[[nodiscard]] std::string_view to_string(TokenScope scope);
[[nodiscard]] std::optional<Role> role_of(std::string_view name);
[[nodiscard]] std::optional<Feature> feature_of(std::string_view name);
[[nodiscard]] std::optional<TokenScope> token_scope_of(std::string_view name);

[[nodiscard]] Feature feature_of(Action action);
[[nodiscard]] TokenScope token_scope_of(Action action);

}  // namespace waymark::access
