#include "access/policy.hpp"

#include <algorithm>
#include <array>

// How to read this file. `actions` says of each action which feature it belongs to and which API token reaches it. `never` is looked at
// next: it forbids, whatever else somebody is. `allowed` then lists who may, one row a reason. Nothing else grants anything.

namespace waymark::access {
namespace {

using enum Action;
using enum Relation;
using enum Condition;

struct ActionRow {
  Action action;
  std::string_view name;
  Feature feature;
  TokenScope token;
};

#define ROW(action, feature, token) \
  ActionRow { action, #action, Feature::feature, TokenScope::token }
// clang-format off
constexpr std::array<ActionRow, action_count> actions{
    //  action                      feature        API token
    ROW(read_pathway,               always_on,     pathway),
    ROW(propose_change,             always_on,     own_record),
    ROW(read_proposals,             always_on,     publishing),
    ROW(answer_proposal,            always_on,     publishing),
    ROW(read_draft,                 always_on,     publishing),
    ROW(publish_version,            always_on,     publishing),
    ROW(read_adoption,              always_on,     figures),

    ROW(find_people,                always_on,     shared_records),
    ROW(read_organisation,          always_on,     shared_records),
    ROW(read_team,                  always_on,     shared_records),
    ROW(read_place,                 always_on,     shared_records),
    ROW(correct_place,              always_on,     provisioning),
    ROW(correct_team,               always_on,     provisioning),
    ROW(import_people,              always_on,     provisioning),
    ROW(provision_people,           always_on,     provisioning),

    ROW(read_private_evidence,      evidence,      own_record),
    ROW(write_evidence,             evidence,      own_record),
    ROW(share_evidence,             evidence,      no_token),
    ROW(read_shared_evidence,       evidence,      shared_records),
    ROW(corroborate_evidence,       evidence,      no_token),
    ROW(offer_evidence,             evidence,      own_record),
    ROW(answer_offered_evidence,    evidence,      own_record),

    ROW(read_energy,                energy,        no_token),
    ROW(write_energy,               energy,        own_record),
    ROW(read_fork_answers,          energy,        no_token),
    ROW(write_fork_answers,         energy,        no_token),
    ROW(read_self_questions,        energy,        no_token),

    ROW(read_engineer_reflection,   reflection,    no_token),
    ROW(write_engineer_reflection,  reflection,    no_token),
    ROW(read_manager_reflection,    reflection,    no_token),
    ROW(write_manager_reflection,   reflection,    no_token),
    ROW(read_conversation,          conversations, no_token),
    ROW(write_conversation,         conversations, no_token),
    ROW(change_commitment,          conversations, no_token),
    ROW(choose_hand_over,           conversations, no_token),
    ROW(read_hand_over,             conversations, no_token),

    ROW(read_stretch_projects,      stretch_work,  own_record),
    ROW(write_stretch_project,      stretch_work,  no_token),
    ROW(allocate_stretch_work,      stretch_work,  no_token),
    ROW(read_stretch_allocation,    stretch_work,  no_token),

    ROW(read_declared_attributes,   attributes,    no_token),
    ROW(change_declared_attributes, attributes,    no_token),
    ROW(count_declared_attributes,  attributes,    no_token),

    ROW(open_case,                  cases,         no_token),
    ROW(read_case,                  cases,         no_token),
    ROW(write_own_statement,        cases,         no_token),
    ROW(write_manager_statement,    cases,         no_token),
    ROW(read_manager_statement,     cases,         no_token),
    ROW(read_case_state,            cases,         no_token),
    ROW(read_case_decision,         cases,         no_token),
    ROW(appeal_decision,            cases,         no_token),

    ROW(arrange_panel,              cases,         no_token),
    ROW(sit_on_panel,               cases,         no_token),
    ROW(declare_conflict,           cases,         no_token),
    ROW(judge_case,                 cases,         no_token),
    ROW(read_other_judgements,      cases,         no_token),
    ROW(decide_case,                cases,         no_token),
    ROW(judge_appeal,               cases,         no_token),
    ROW(waive_conflict,             cases,         no_token),
    ROW(read_session_figures,       cases,         no_token),

    ROW(read_aggregates,            insight,       figures),
    ROW(read_fairness,              insight,       figures),
    ROW(read_signal,                insight,       no_token),
    ROW(read_own_severity,          insight,       no_token),
    ROW(read_severity_by_pseudonym, insight,       no_token),
    ROW(read_staff_advice,          insight,       figures),
    ROW(read_transparency_report,   always_on,     figures),

    ROW(read_own_account,           always_on,     own_record),
    ROW(change_own_sign_in,         always_on,     no_token),
    ROW(manage_own_tokens,          always_on,     no_token),
    ROW(export_own_data,            always_on,     own_record),
    ROW(ask_for_erasure,            always_on,     no_token),

    ROW(read_configuration,         always_on,     no_token),
    ROW(change_configuration,       always_on,     no_token),
    ROW(manage_accounts,            always_on,     provisioning),
    ROW(grant_role,                 always_on,     no_token),
    ROW(revoke_sessions,            always_on,     no_token),
    ROW(erase_person,               always_on,     no_token),
    ROW(switch_feature,             always_on,     no_token),
    ROW(manage_directories,         always_on,     no_token),
    ROW(read_audit,                 always_on,     no_token),

    ROW(sign_in,                    always_on,     no_token),
    ROW(read_assets,                always_on,     pathway),
    ROW(check_health,               always_on,     pathway),
};
// clang-format on
#undef ROW

struct NeverRow {
  Action action;
  Relation relation;
  Set<Condition> unless;
  std::string_view reason;
};

// clang-format off
constexpr std::array never{
    NeverRow{sit_on_panel,         self,          {}, "Nobody sits on the panel of their own case."},
    NeverRow{sit_on_panel,         manager_now,   {conflict_waived}, "A manager has written for the case and is not free to judge it."},
    NeverRow{sit_on_panel,         line_above,    {conflict_waived}, "The reporting line does not judge its own people."},
    NeverRow{sit_on_panel,         team_lead,     {conflict_waived}, "A team lead stands too near to judge."},
    NeverRow{judge_case,           self,          {}, "Nobody judges their own case."},
    NeverRow{decide_case,          self,          {}, "Nobody decides their own case."},
    NeverRow{judge_appeal,         self,          {}, "Nobody judges their own appeal."},
    NeverRow{arrange_panel,        self,          {}, "Nobody chooses who judges them."},
    NeverRow{waive_conflict,       self,          {}, "Nobody waives a conflict in their own case."},
    NeverRow{read_other_judgements,self,          {}, "What each judge wrote before the panel met stays with the panel."},
    NeverRow{corroborate_evidence, self,          {}, "Corroboration is somebody else's word."},
    NeverRow{offer_evidence,       self,          {}, "One's own evidence is written, not offered."},
    NeverRow{allocate_stretch_work,self,          {}, "Work that stretches is given by somebody else, so that it is seen who is asked."},
    NeverRow{correct_place,        self,          {}, "Nobody changes their own place, team or manager."},
    NeverRow{judge_case,           manager_now,   {conflict_waived}, "A manager has written for the case and is not free to judge it."},
    NeverRow{judge_case,           line_above,    {conflict_waived}, "The reporting line does not judge its own people."},
    NeverRow{judge_case,           team_lead,     {conflict_waived}, "A team lead stands too near to judge."},
    NeverRow{decide_case,          manager_now,   {conflict_waived}, "A manager has written for the case and is not free to decide it."},
    NeverRow{decide_case,          line_above,    {conflict_waived}, "The reporting line does not decide about its own people."},
    NeverRow{decide_case,          team_lead,     {conflict_waived}, "A team lead stands too near to decide."},
    NeverRow{judge_appeal,         judged_before, {}, "An appeal is heard by people who have not decided yet."},
    NeverRow{judge_appeal,         manager_now,   {conflict_waived}, "A manager has written for the case and is not free to judge it."},
    NeverRow{judge_appeal,         line_above,    {conflict_waived}, "The reporting line does not judge its own people."},
    NeverRow{judge_appeal,         team_lead,     {conflict_waived}, "A team lead stands too near to judge."},
};
// clang-format on

/// Anybody at all, a directory, everybody related in all these ways, or the holders of a role for the place of the subject.
struct Who {
  enum class Kind { visitor, directory, related, holder } kind;
  Set<Relation> relations;
  Role role;
};

constexpr Who anybody() { return {Who::Kind::visitor, {}, Role::engineer}; }
constexpr Who directory() { return {Who::Kind::directory, {}, Role::engineer}; }
constexpr Who everybody() { return {Who::Kind::holder, {}, Role::engineer}; }
constexpr Who related(Set<Relation> relations) { return {Who::Kind::related, relations, Role::engineer}; }
constexpr Who owner() { return {Who::Kind::holder, {}, Role::pathway_owner}; }
constexpr Who partner() { return {Who::Kind::holder, {}, Role::people_partner}; }
constexpr Who analyst() { return {Who::Kind::holder, {}, Role::analyst}; }
constexpr Who panel_member() { return {Who::Kind::holder, {}, Role::panel_member}; }
constexpr Who administrator() { return {Who::Kind::holder, {}, Role::administrator}; }

struct AllowedRow {
  Action action;
  Who who;
  Set<Condition> when;
  std::string_view reason;
};

// clang-format off
constexpr std::array allowed{
    // The pathway
    AllowedRow{read_pathway, everybody(), {}, "What progression looks like is for everybody who works here."},
    AllowedRow{read_pathway, anybody(), {open_to_visitors}, "The organisation has opened its pathway to visitors."},
    AllowedRow{propose_change, everybody(), {}, "Any reader may say that a paragraph does not help."},
    AllowedRow{read_proposals, everybody(), {}, "Proposals and their answers are visible, so that asking is worth it."},
    AllowedRow{answer_proposal, owner(), {}, "The pathway has an owner who answers for its words."},
    AllowedRow{read_draft, owner(), {}, "A draft is read by those who write it."},
    AllowedRow{publish_version, owner(), {}, "Publishing changes what people are judged by."},
    AllowedRow{read_adoption, owner(), {}, "An owner needs to know whether the pathway is read; the figures are counts."},

    // The organisation, and a person's place in it
    AllowedRow{find_people, everybody(), {}, "Colleagues find each other by name, to share with one or to ask one; a name alone says nothing more."},
    AllowedRow{read_organisation, everybody(), {}, "Which teams there are, and who leads them, is known to everybody who works here."},
    AllowedRow{read_team, related({self}), {}, "People know their own team."},
    AllowedRow{read_team, related({manager_now}), {}, "A manager works with the team."},
    AllowedRow{read_team, related({line_above}), {}, "The line answers for its teams."},
    AllowedRow{read_team, related({team_lead}), {}, "A team lead works with the team."},
    AllowedRow{read_team, partner(), {}, "A partner keeps the process fair in their scope."},
    AllowedRow{read_team, administrator(), {}, "Imports are kept right with it."},
    AllowedRow{read_place, related({self}), {}, "It is their own place."},
    AllowedRow{read_place, related({named_person}), {}, "Whoever is let in needs to know where the person is."},
    AllowedRow{read_place, related({manager_now}), {}, "A manager works with it."},
    AllowedRow{read_place, related({line_above}), {}, "The line answers for its people."},
    AllowedRow{read_place, related({team_lead}), {}, "A team lead works with it."},
    AllowedRow{read_place, related({panel}), {}, "A case starts from a place."},
    AllowedRow{read_place, partner(), {}, "A partner keeps the process fair in their scope."},
    AllowedRow{read_place, administrator(), {}, "Accounts and imports are kept right with it; it says nothing personal."},
    AllowedRow{correct_place, partner(), {}, "Corrections are made where the process is kept, and leave a trace."},
    AllowedRow{correct_place, administrator(), {}, "An import that went wrong has to be mended."},
    AllowedRow{correct_team, partner(), {}, "Teams are kept right where the process is kept; it leaves a trace."},
    AllowedRow{correct_team, administrator(), {}, "An import that went wrong has to be mended."},
    AllowedRow{import_people, partner(), {}, "A table is about everybody, and is brought in by whoever keeps the process for everybody; the scope of a part does not reach so far."},
    AllowedRow{import_people, administrator(), {}, "Imports are a matter of running the system."},
    AllowedRow{provision_people, directory(), {}, "The organisation's directory knows who comes and who leaves; no person's token can take its place."},

    // Evidence: it belongs to the person
    AllowedRow{read_private_evidence, related({self}), {}, "Private means the person alone."},
    AllowedRow{write_evidence, related({self}), {}, "Nobody writes in another's record."},
    AllowedRow{share_evidence, related({self}), {}, "Sharing is the person's own choice."},
    AllowedRow{read_shared_evidence, related({self}), {}, "It is their own evidence."},
    AllowedRow{read_shared_evidence, related({named_person}), {shared}, "Shared with them by name."},
    AllowedRow{read_shared_evidence, related({manager_now}), {shared}, "Shared with them; ends when the manager changes."},
    AllowedRow{read_shared_evidence, related({team_lead}), {shared}, "Shared with them; ends with the team."},
    AllowedRow{read_shared_evidence, related({panel}), {in_the_case}, "A panel reads what the case brings."},
    AllowedRow{corroborate_evidence, related({named_person}), {}, "The person asked them: they were there."},
    AllowedRow{offer_evidence, everybody(), {}, "Whoever saw good work may say so; the person decides what becomes of it."},
    AllowedRow{answer_offered_evidence, related({self}), {}, "Accepting, editing and declining are the person's."},

    // Energy, work mix, the fork, self-questions: seen by that person only
    AllowedRow{read_energy, related({self}), {}, "For the person alone."},
    AllowedRow{write_energy, related({self}), {}, "For the person alone."},
    AllowedRow{read_fork_answers, related({self}), {}, "For the person alone, who may bring them along."},
    AllowedRow{write_fork_answers, related({self}), {}, "For the person alone."},
    AllowedRow{read_self_questions, related({self}), {}, "Questions to oneself are answered to oneself."},

    // Reflection and conversation: the engineer and the manager of today
    AllowedRow{read_engineer_reflection, related({self}), {}, "It is their own side."},
    AllowedRow{read_engineer_reflection, related({manager_now, participant}), {both_wrote}, "Both write first, unseen by the other."},
    AllowedRow{write_engineer_reflection, related({self}), {}, "It is their own side."},
    AllowedRow{read_manager_reflection, related({manager_now, participant}), {}, "It is their own side."},
    AllowedRow{read_manager_reflection, related({self}), {both_wrote}, "Both write first, unseen by the other."},
    AllowedRow{write_manager_reflection, related({manager_now, participant}), {}, "It is their own side."},
    AllowedRow{read_conversation, related({self}), {}, "The notes are the two participants'."},
    AllowedRow{read_conversation, related({manager_now, participant}), {}, "The notes are the two participants', while the one is the other's manager."},
    AllowedRow{write_conversation, related({self}), {}, "The notes are the two participants'."},
    AllowedRow{write_conversation, related({manager_now, participant}), {}, "The notes are the two participants', while the one is the other's manager."},
    AllowedRow{change_commitment, related({self}), {}, "A commitment is answered by those who made it."},
    AllowedRow{change_commitment, related({manager_now, participant}), {}, "A commitment is answered by those who made it."},
    AllowedRow{choose_hand_over, related({self}), {}, "The engineer chooses what goes along to a new manager."},
    AllowedRow{read_hand_over, related({self}), {}, "It is about them."},
    AllowedRow{read_hand_over, related({manager_now}), {shared}, "A new manager gets what the engineer agreed to."},

    // Stretch work
    AllowedRow{read_stretch_projects, everybody(), {}, "Opportunities are visible to everybody, or they go to the few who hear of them."},
    AllowedRow{write_stretch_project, everybody(), {}, "Work that would stretch somebody is known where the work is."},
    AllowedRow{allocate_stretch_work, related({manager_now}), {}, "A manager gives the opportunity and answers for it."},
    AllowedRow{allocate_stretch_work, related({line_above}), {}, "The line shares opportunities out among its teams."},
    AllowedRow{allocate_stretch_work, related({team_lead}), {}, "A team lead gives out the team's work."},
    AllowedRow{read_stretch_allocation, related({self}), {}, "It is about them."},
    AllowedRow{read_stretch_allocation, related({manager_now}), {}, "They gave it or have to know of it."},
    AllowedRow{read_stretch_allocation, related({line_above}), {}, "The line answers for who is asked."},
    AllowedRow{read_stretch_allocation, related({team_lead}), {}, "They gave it or have to know of it."},

    // Declared attributes: never shown about a person to anyone else
    AllowedRow{read_declared_attributes, related({self}), {}, "Declared by the person, seen by the person."},
    AllowedRow{change_declared_attributes, related({self}), {}, "Opt-in, and withdrawable at any time."},
    AllowedRow{count_declared_attributes, analyst(), {above_minimum_group}, "Counted, never listed; this is what they were declared for."},

    // Cases
    AllowedRow{open_case, related({self}), {}, "Anyone may open a case, for any route from where they are."},
    AllowedRow{open_case, related({manager_now}), {consented}, "A manager may too, when the engineer agrees."},
    AllowedRow{read_case, related({self}), {}, "It is their own case."},
    AllowedRow{read_case, related({panel}), {in_the_case}, "Panels see only the cases of their sessions."},
    AllowedRow{write_own_statement, related({self}), {}, "It is their own statement."},
    AllowedRow{write_manager_statement, related({manager_now}), {}, "The manager of today writes for the case."},
    AllowedRow{read_manager_statement, related({self}), {}, "Nothing is said about a person behind their back."},
    AllowedRow{read_manager_statement, related({manager_now}), {}, "It is their own statement."},
    AllowedRow{read_manager_statement, related({panel}), {in_the_case}, "It is part of the case."},
    AllowedRow{read_case_state, related({self}), {}, "It is their own case."},
    AllowedRow{read_case_state, related({manager_now}), {}, "They have written for it and bring the decision."},
    AllowedRow{read_case_state, related({panel}), {}, "They are about to judge it."},
    AllowedRow{read_case_state, partner(), {}, "A partner sees where processes stand and who is stuck, not what was written."},
    AllowedRow{read_case_decision, related({self}), {}, "It is their own case."},
    AllowedRow{read_case_decision, related({manager_now}), {}, "The manager brings the decision and makes the opportunities in it."},
    AllowedRow{read_case_decision, related({line_above}), {}, "The line acts on the decision."},
    AllowedRow{read_case_decision, related({panel}), {in_the_case}, "They made it."},
    AllowedRow{appeal_decision, related({self}), {}, "Only the person knows whether the decision was fair to them."},

    // Panels
    AllowedRow{arrange_panel, partner(), {}, "A partner puts together a panel without conflicts in their scope."},
    AllowedRow{waive_conflict, partner(), {}, "A waiver is given by somebody who does not judge, with its reason on record."},
    AllowedRow{sit_on_panel, panel_member(), {}, "Panels are made of people prepared for it."},
    AllowedRow{declare_conflict, related({panel}), {}, "Only the judge knows what stands between them and the person."},
    AllowedRow{judge_case, related({panel}), {in_the_case}, "Panels judge the cases of their sessions."},
    AllowedRow{read_other_judgements, related({panel}), {in_the_case, judged_own}, "Each judges before seeing others'."},
    AllowedRow{decide_case, related({panel}), {in_the_case, judged_own}, "People decide, with the differences in front of them."},
    AllowedRow{judge_appeal, related({panel}), {in_the_case}, "An appeal goes to a different panel."},
    AllowedRow{read_session_figures, related({panel}), {above_minimum_group}, "Figures stand beside the decision, not after it."},
    AllowedRow{read_session_figures, partner(), {above_minimum_group}, "A partner watches over the fairness of the process."},

    // Insight
    AllowedRow{read_aggregates, related({self}), {above_minimum_group}, "People may know how the group they are counted in fares."},
    AllowedRow{read_aggregates, related({manager_now}), {above_minimum_group}, "A manager answers for their own line."},
    AllowedRow{read_aggregates, related({line_above}), {above_minimum_group}, "A manager answers for their own line."},
    AllowedRow{read_aggregates, partner(), {above_minimum_group}, "A partner needs honest figures for their scope."},
    AllowedRow{read_aggregates, analyst(), {above_minimum_group}, "An analyst sees figures, never a person."},
    AllowedRow{read_fairness, partner(), {above_minimum_group}, "A partner acts on what the figures say in their scope."},
    AllowedRow{read_fairness, analyst(), {above_minimum_group}, "Whether it is fair is the analyst's question."},
    AllowedRow{read_signal, related({manager_now}), {}, "A signal goes to the person who can act."},
    AllowedRow{read_signal, related({line_above}), {}, "A signal goes to the person who can act."},
    AllowedRow{read_own_severity, related({self}), {}, "A judge learns how they judge."},
    AllowedRow{read_own_severity, related({chair}), {}, "A chair weighs what the judges say."},
    AllowedRow{read_severity_by_pseudonym, analyst(), {}, "The pattern matters to an analyst, the name does not."},
    AllowedRow{read_staff_advice, owner(), {}, "Whether to switch these places on is a decision about the pathway."},
    AllowedRow{read_staff_advice, partner(), {above_minimum_group}, "A partner hears what people already do without recognition."},
    AllowedRow{read_transparency_report, everybody(), {}, "Employees may ask how progression is decided; here is the answer."},

    // One's own account
    AllowedRow{read_own_account, related({self}), {}, "It is their own account."},
    AllowedRow{change_own_sign_in, related({self}), {}, "Passwords and second factors are nobody else's."},
    AllowedRow{manage_own_tokens, related({self}), {}, "A token acts in their name."},
    AllowedRow{export_own_data, related({self}), {}, "A person's data can be exported whole at any time."},
    AllowedRow{ask_for_erasure, related({self}), {}, "A person may ask to be forgotten."},

    // Running it: no key to personal content
    AllowedRow{read_configuration, administrator(), {}, "Running it needs it; secrets are hidden all the same."},
    AllowedRow{change_configuration, administrator(), {}, "Running it needs it."},
    AllowedRow{manage_accounts, administrator(), {}, "Accounts are opened and locked by those who run it."},
    AllowedRow{grant_role, administrator(), {}, "Roles are given by those who run it, and each grant is in the audit."},
    AllowedRow{revoke_sessions, related({self}), {}, "They are their own sessions."},
    AllowedRow{revoke_sessions, administrator(), {}, "A lost laptop cannot wait."},
    AllowedRow{erase_person, administrator(), {}, "Erasure follows a request and is carried out by those who run it."},
    AllowedRow{switch_feature, administrator(), {}, "What may be kept differs from country to country."},
    AllowedRow{manage_directories, administrator(), {}, "Which directory may bring people is decided by those who run it."},
    AllowedRow{read_audit, administrator(), {}, "The audit says who did what, without private words."},

    // At the door
    AllowedRow{sign_in, anybody(), {}, "Whoever wants in has to be able to knock: signing in, a set-up link, an invitation."},
    AllowedRow{read_assets, anybody(), {}, "Style, scripts and fonts say nothing about anybody."},
    AllowedRow{check_health, anybody(), {}, "Whether it runs is asked by machines, and says nothing else."},
};
// clang-format on

// The table is whole: a row for every action in the order of the enumerators, and somebody who may do each.
consteval bool every_action_stands_in_its_place() {
  for (int i = 0; i < action_count; ++i) {
    if (static_cast<int>(actions[static_cast<std::size_t>(i)].action) != i) return false;
  }
  return true;
}
consteval bool every_action_is_allowed_to_somebody() {
  for (const ActionRow& action : actions) {
    bool found = false;
    for (const AllowedRow& row : allowed) found = found || row.action == action.action;
    if (!found) return false;
  }
  return true;
}
consteval bool every_row_has_a_reason() {
  for (const AllowedRow& row : allowed) {
    if (row.reason.empty()) return false;
  }
  for (const NeverRow& row : never) {
    if (row.reason.empty()) return false;
  }
  return true;
}
static_assert(every_action_stands_in_its_place(), "`actions` must list every action once, in the order of the enumerators");
static_assert(every_action_is_allowed_to_somebody(), "an action without a row in `allowed` can be done by nobody");
static_assert(every_row_has_a_reason());

bool matches(const Who& who, const Actor& actor, const Subject& subject) {
  if (who.kind == Who::Kind::visitor) return true;
  if (who.kind == Who::Kind::directory) return actor.is_directory;
  if (!actor.has_account) return false;
  if (who.kind == Who::Kind::related) return subject.relations.has_all(who.relations);
  if (who.role == Role::engineer) return true;
  return std::any_of(actor.roles.begin(), actor.roles.end(),
                     [&](const RoleGrant& grant) { return grant.role == who.role && grant.scope.covers(subject.place); });
}

}  // namespace

Decision may(const Actor& actor, Action action, const Subject& subject) {
  const ActionRow& row = actions[static_cast<std::size_t>(action)];
  if (row.feature != Feature::always_on && subject.switched_off.has(row.feature)) return {false, "This is switched off where the person works."};
  if (actor.token_scopes && (row.token == TokenScope::no_token || !actor.token_scopes->has(row.token))) {
    return {false, "The API token was not made for this."};
  }
  for (const NeverRow& forbidden : never) {
    if (forbidden.action != action || !subject.relations.has(forbidden.relation)) continue;
    if (forbidden.unless.empty() || !subject.conditions.has_all(forbidden.unless)) return {false, forbidden.reason};
  }
  for (const AllowedRow& grant : allowed) {
    if (grant.action == action && subject.conditions.has_all(grant.when) && matches(grant.who, actor, subject)) return {true, grant.reason};
  }
  return {false, "Nothing allows it."};
}

std::string_view to_string(Action action) { return actions[static_cast<std::size_t>(action)].name; }
Feature feature_of(Action action) { return actions[static_cast<std::size_t>(action)].feature; }
TokenScope token_scope_of(Action action) { return actions[static_cast<std::size_t>(action)].token; }

}  // namespace waymark::access
