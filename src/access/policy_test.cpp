// The table of SPEC §1 and what follows from it, written by hand a second time. The test takes every action × every one and two relations
// × conditions × every role inside and outside its scope, and compares. An action without a line here fails.
#include "access/policy.hpp"

#include <doctest/doctest.h>

#include <map>
#include <sstream>

using namespace waymark::access;

namespace {

// A cell says when: x always, s shared, b both wrote, c in the case, j in the case and own judgement recorded, g above the minimum group,
// y the engineer consents, o open to visitors, . not by this alone. `!` forbids whatever else holds, `~` forbids without a waiver.
// "both" is the manager of today who is also the participant; a role counts inside its scope only.
constexpr const char* expected_table = R"(
action                      self named mgr both line lead panel chair before | every owner partner analyst panelist admin | visitor
read_pathway                .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | o
propose_change              .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
read_proposals              .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
answer_proposal             .    .     .   .    .    .    .     .     .      | .     x     .       .       .        .     | .
read_draft                  .    .     .   .    .    .    .     .     .      | .     x     .       .       .        .     | .
publish_version             .    .     .   .    .    .    .     .     .      | .     x     .       .       .        .     | .
read_adoption               .    .     .   .    .    .    .     .     .      | .     x     .       .       .        .     | .
find_people                 .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
read_organisation           .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
read_team                   x    .     x   x    x    x    .     .     .      | .     .     x       .       .        x     | .
read_place                  x    x     x   x    x    x    x     .     .      | .     .     x       .       .        x     | .
correct_place               !    .     .   .    .    .    .     .     .      | .     .     x       .       .        x     | .
correct_team                .    .     .   .    .    .    .     .     .      | .     .     x       .       .        x     | .
import_people               .    .     .   .    .    .    .     .     .      | .     .     x       .       .        x     | .
provision_people            .    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_private_evidence       x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
write_evidence              x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
share_evidence              x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_shared_evidence        x    s     s   s    .    s    c     .     .      | .     .     .       .       .        .     | .
corroborate_evidence        !    x     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
offer_evidence              !    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
answer_offered_evidence     x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_energy                 x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
write_energy                x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_fork_answers           x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
write_fork_answers          x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_self_questions         x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_engineer_reflection    x    .     .   b    .    .    .     .     .      | .     .     .       .       .        .     | .
write_engineer_reflection   x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_manager_reflection     b    .     .   x    .    .    .     .     .      | .     .     .       .       .        .     | .
write_manager_reflection    .    .     .   x    .    .    .     .     .      | .     .     .       .       .        .     | .
read_conversation           x    .     .   x    .    .    .     .     .      | .     .     .       .       .        .     | .
write_conversation          x    .     .   x    .    .    .     .     .      | .     .     .       .       .        .     | .
change_commitment           x    .     .   x    .    .    .     .     .      | .     .     .       .       .        .     | .
choose_hand_over            x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_hand_over              x    .     s   s    .    .    .     .     .      | .     .     .       .       .        .     | .
read_stretch_projects       .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
write_stretch_project       .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
allocate_stretch_work       !    .     x   x    x    x    .     .     .      | .     .     .       .       .        .     | .
read_stretch_allocation     x    .     x   x    x    x    .     .     .      | .     .     .       .       .        .     | .
read_declared_attributes    x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
change_declared_attributes  x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
count_declared_attributes   .    .     .   .    .    .    .     .     .      | .     .     .       g       .        .     | .
open_case                   x    .     y   y    .    .    .     .     .      | .     .     .       .       .        .     | .
read_case                   x    .     .   .    .    .    c     .     .      | .     .     .       .       .        .     | .
write_own_statement         x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
write_manager_statement     .    .     x   x    .    .    .     .     .      | .     .     .       .       .        .     | .
read_manager_statement      x    .     x   x    .    .    c     .     .      | .     .     .       .       .        .     | .
read_case_state             x    .     x   x    .    .    x     .     .      | .     .     x       .       .        .     | .
read_case_decision          x    .     x   x    x    .    c     .     .      | .     .     .       .       .        .     | .
appeal_decision             x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
arrange_panel               !    .     .   .    .    .    .     .     .      | .     .     x       .       .        .     | .
sit_on_panel                !    .     ~   ~    ~    ~    .     .     .      | .     .     .       .       x        .     | .
declare_conflict            .    .     .   .    .    .    x     .     .      | .     .     .       .       .        .     | .
judge_case                  !    .     ~   ~    ~    ~    c     .     .      | .     .     .       .       .        .     | .
read_other_judgements       !    .     .   .    .    .    j     .     .      | .     .     .       .       .        .     | .
decide_case                 !    .     ~   ~    ~    ~    j     .     .      | .     .     .       .       .        .     | .
judge_appeal                !    .     ~   ~    ~    ~    c     .     !      | .     .     .       .       .        .     | .
waive_conflict              !    .     .   .    .    .    .     .     .      | .     .     x       .       .        .     | .
read_session_figures        .    .     .   .    .    .    g     .     .      | .     .     g       .       .        .     | .
read_aggregates             g    .     g   g    g    .    .     .     .      | .     .     g       g       .        .     | .
read_fairness               .    .     .   .    .    .    .     .     .      | .     .     g       g       .        .     | .
read_signal                 .    .     x   x    x    .    .     .     .      | .     .     .       .       .        .     | .
read_own_severity           x    .     .   .    .    .    .     x     .      | .     .     .       .       .        .     | .
read_severity_by_pseudonym  .    .     .   .    .    .    .     .     .      | .     .     .       x       .        .     | .
read_staff_advice           .    .     .   .    .    .    .     .     .      | .     x     g       .       .        .     | .
read_transparency_report    .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | .
read_own_account            x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
change_own_sign_in          x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
manage_own_tokens           x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
export_own_data             x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
ask_for_erasure             x    .     .   .    .    .    .     .     .      | .     .     .       .       .        .     | .
read_configuration          .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
change_configuration        .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
manage_accounts             .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
grant_role                  .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
revoke_sessions             x    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
erase_person                .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
switch_feature              .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
manage_directories          .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
read_audit                  .    .     .   .    .    .    .     .     .      | .     .     .       .       .        x     | .
sign_in                     .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | x
read_assets                 .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | x
check_health                .    .     .   .    .    .    .     .     .      | x     .     .       .       .        .     | x
)";

using Line = std::map<std::string, char>;

std::map<std::string, Line> expectations() {
  std::istringstream text(expected_table);
  std::string line;
  std::getline(text, line);
  std::getline(text, line);
  std::vector<std::string> columns;
  std::istringstream head(line);
  for (std::string word; head >> word;) columns.push_back(word);
  std::map<std::string, Line> found;
  while (std::getline(text, line)) {
    std::istringstream words(line);
    std::string action;
    words >> action;
    Line cells;
    for (std::size_t i = 1; i < columns.size(); ++i) {
      std::string cell;
      words >> cell;
      REQUIRE(cell.size() == 1);
      cells[columns[i]] = cell[0];
    }
    REQUIRE(found.emplace(action, cells).second);
  }
  return found;
}

bool holds(char cell, Set<Condition> conditions) {
  switch (cell) {
    case 'x': return true;
    case 's': return conditions.has(Condition::shared);
    case 'b': return conditions.has(Condition::both_wrote);
    case 'c': return conditions.has(Condition::in_the_case);
    case 'j': return conditions.has(Condition::in_the_case) && conditions.has(Condition::judged_own);
    case 'g': return conditions.has(Condition::above_minimum_group);
    case 'y': return conditions.has(Condition::consented);
    case 'o': return conditions.has(Condition::open_to_visitors);
    default: return false;
  }
}

const std::vector<std::pair<Relation, std::string>> relation_columns{
    {Relation::self, "self"},      {Relation::named_person, "named"}, {Relation::manager_now, "mgr"}, {Relation::line_above, "line"},
    {Relation::team_lead, "lead"}, {Relation::panel, "panel"},        {Relation::chair, "chair"},     {Relation::judged_before, "before"}};
const std::vector<std::pair<Role, std::string>> role_columns{{Role::pathway_owner, "owner"},
                                                             {Role::people_partner, "partner"},
                                                             {Role::analyst, "analyst"},
                                                             {Role::panel_member, "panelist"},
                                                             {Role::administrator, "admin"}};

bool expected(const Line& line, const Actor& actor, const Subject& subject) {
  if (holds(line.at("visitor"), subject.conditions)) return true;
  bool granted = actor.has_account && holds(line.at("every"), subject.conditions);
  for (const auto& [relation, column] : relation_columns) {
    if (!subject.relations.has(relation)) continue;
    const char cell = line.at(column);
    if (cell == '!' || (cell == '~' && !subject.conditions.has(Condition::conflict_waived))) return false;
    granted = granted || (actor.has_account && holds(cell, subject.conditions));
  }
  if (subject.relations.has_all({Relation::manager_now, Relation::participant})) {
    granted = granted || (actor.has_account && holds(line.at("both"), subject.conditions));
  }
  for (const auto& [role, column] : role_columns) {
    for (const RoleGrant& grant : actor.roles) {
      const bool inside = grant.scope.is_whole() || grant.scope.part == "platform";  // the subject below lies in platform, in Ireland
      granted = granted || (grant.role == role && inside && holds(line.at(column), subject.conditions));
    }
  }
  return granted;
}

template <class Enum>
std::vector<Set<Enum>> up_to_two(int count) {
  std::vector<Set<Enum>> sets{{}};
  for (int i = 0; i < count; ++i) {
    sets.push_back({static_cast<Enum>(i)});
    for (int j = 0; j < i; ++j) sets.push_back({static_cast<Enum>(i), static_cast<Enum>(j)});
  }
  return sets;
}

std::vector<Actor> every_kind_of_actor() {
  std::vector<Actor> actors{{}, {.has_account = true}};
  for (int role = 0; role < role_count; ++role) {
    for (const Scope& scope :
         {Scope{}, Scope{.part = "platform"}, Scope{.part = "sales"}, Scope{.country = "FR"}, Scope{.part = "sales", .country = "IE"}}) {
      actors.push_back({.has_account = true, .roles = {{static_cast<Role>(role), scope}}});
    }
  }
  return actors;
}

Decision ask(Set<Relation> relations, Action action, Set<Condition> conditions = {}) {
  return may(Actor{.has_account = true}, action, Subject{.relations = relations, .conditions = conditions});
}

}  // namespace

TEST_CASE("every action answers as the table written by hand says") {
  const auto table = expectations();
  CHECK(table.size() == action_count);
  const auto actors = every_kind_of_actor();
  for (int i = 0; i < action_count; ++i) {
    const Action action = static_cast<Action>(i);
    const std::string name(to_string(action));
    CAPTURE(name);
    REQUIRE(table.contains(name));
    int differences = 0;
    for (const Set<Relation>& relations : up_to_two<Relation>(relation_count)) {
      for (const Set<Condition>& conditions : up_to_two<Condition>(condition_count)) {
        const Subject subject{.relations = relations, .conditions = conditions, .place = {.parts = {"mobile", "platform", "all"}, .country = "IE"}};
        for (const Actor& actor : actors) differences += may(actor, action, subject).allowed != expected(table.at(name), actor, subject);
      }
    }
    CHECK(differences == 0);
  }
}

TEST_CASE("nobody decides their own case, whatever else they are") {
  Actor everything{.has_account = true};
  for (int role = 0; role < role_count; ++role) everything.roles.push_back({static_cast<Role>(role), {}});
  const Set<Relation> all{Relation::self, Relation::panel, Relation::chair};
  const Set<Condition> conditions{Condition::in_the_case, Condition::judged_own, Condition::conflict_waived};
  for (const Action action :
       {Action::judge_case, Action::decide_case, Action::judge_appeal, Action::sit_on_panel, Action::arrange_panel, Action::waive_conflict}) {
    CAPTURE(to_string(action));
    CHECK(!may(everything, action, {.relations = all, .conditions = conditions}));
  }
  CHECK(may(everything, Action::judge_case, {.relations = all, .conditions = conditions}).reason == "Nobody judges their own case.");
}

TEST_CASE("the administrator has no key to personal content") {
  const Actor administrator{.has_account = true, .roles = {{Role::administrator, {}}}};
  for (int i = 0; i < action_count; ++i) {
    const Action action = static_cast<Action>(i);
    const Feature feature = feature_of(action);
    if (feature == Feature::always_on || feature == Feature::stretch_work || action == Action::offer_evidence) continue;
    CAPTURE(to_string(action));
    CHECK(!may(administrator, action,
               {.conditions = {Condition::shared, Condition::both_wrote, Condition::in_the_case, Condition::above_minimum_group}}));
  }
}

TEST_CASE("when the manager changes, the former one sees neither notes nor what was shared") {
  CHECK(ask({Relation::manager_now, Relation::participant}, Action::read_conversation));
  CHECK(!ask({Relation::participant}, Action::read_conversation));
  CHECK(ask({Relation::manager_now}, Action::read_shared_evidence, {Condition::shared}));
  CHECK(!ask({}, Action::read_shared_evidence, {Condition::shared}));
}

TEST_CASE("a feature that is switched off is off for everybody there, and one's data can still be fetched") {
  const std::vector<FeatureSwitch> switches{
      {Feature::energy, {.country = "FR"}}, {Feature::cases, {.part = "sales"}}, {Feature::insight, {.part = "sales", .country = "DE"}}};
  const Set<Feature> in_france = switched_off_at({.parts = {"mobile", "all"}, .country = "FR"}, switches);
  CHECK(in_france == Set<Feature>{Feature::energy});
  CHECK(switched_off_at({.parts = {"field", "sales", "all"}, .country = "IE"}, switches) == Set<Feature>{Feature::cases});
  CHECK(switched_off_at({}, switches).empty());
  const Actor actor{.has_account = true};
  CHECK(may(actor, Action::write_energy, {.relations = {Relation::self}}));
  CHECK(!may(actor, Action::write_energy, {.relations = {Relation::self}, .switched_off = in_france}));
  CHECK(!may(actor, Action::read_energy, {.relations = {Relation::self}, .switched_off = in_france}));
  CHECK(may(actor, Action::export_own_data, {.relations = {Relation::self}, .switched_off = in_france}));
}

TEST_CASE("a token reaches no further than it was made for, and never further than its owner") {
  const Subject own{.relations = {Relation::self}};
  Actor actor{.has_account = true, .roles = {}, .token_scopes = Set<TokenScope>{TokenScope::own_record}};
  CHECK(may(actor, Action::write_evidence, own));
  CHECK(!may(actor, Action::read_pathway, own));
  CHECK(!may(actor, Action::manage_own_tokens, own));
  actor.token_scopes = Set<TokenScope>{TokenScope::publishing, TokenScope::no_token};
  CHECK(!may(actor, Action::publish_version, {}));
  CHECK(!may(actor, Action::change_own_sign_in, own));
  actor.roles = {{Role::pathway_owner, {}}};
  CHECK(may(actor, Action::publish_version, {}));
}

TEST_CASE("a directory brings people and does nothing else, and nobody else does what it does") {
  const Actor directory{.token_scopes = Set<TokenScope>{TokenScope::provisioning}, .is_directory = true};
  for (int i = 0; i < action_count; ++i) {
    const Action action = static_cast<Action>(i);
    CAPTURE(to_string(action));
    CHECK(may(directory, action, {}).allowed == (action == Action::provision_people));
    CHECK(may(Actor{.is_directory = true}, action, {}).allowed == (action == Action::provision_people || may(Actor{}, action, {}).allowed));
  }
  CHECK(!may(Actor{.has_account = true, .roles = {{Role::administrator, {}}}, .token_scopes = Set<TokenScope>{TokenScope::provisioning}}, Action::provision_people, {}));
}

TEST_CASE("an unknown place lies in no scope but the whole") {
  CHECK(Scope{}.covers({}));
  CHECK(!Scope{.part = "platform"}.covers({}));
  CHECK(!Scope{.country = "IE"}.covers({}));
}

TEST_CASE("names go out and come back") {
  for (int i = 0; i < role_count; ++i) CHECK(role_of(to_string(static_cast<Role>(i))) == static_cast<Role>(i));
  for (int i = 0; i < feature_count; ++i) CHECK(feature_of(to_string(static_cast<Feature>(i))) == static_cast<Feature>(i));
  for (int i = 0; i < token_scope_count; ++i) CHECK(token_scope_of(to_string(static_cast<TokenScope>(i))) == static_cast<TokenScope>(i));
  CHECK(!role_of("root"));
}
