#include "web/routes.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "web/account_handlers.hpp"
#include "web/gate.hpp"
#include "web/handlers.hpp"
#include "web/org_handlers.hpp"
#include "web/scim_handlers.hpp"

namespace waymark::web {
namespace {

using access::Action;
using http::Method;

constexpr std::array table{
    // The landscape: places and routes.
    Route{Method::get, "/", Action::read_pathway, About::pathway, Keep::ready_for_strangers, &handlers::landscape},
    // A level, as a page to read.
    Route{Method::get, "/levels/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::level},
    // Where somebody cuts an address short.
    Route{Method::get, "/levels", Action::read_pathway, About::pathway, Keep::never, &handlers::all_levels},
    // What would change: for any two places, chosen in a form.
    Route{Method::get, "/compare", Action::read_pathway, About::pathway, Keep::ready, &handlers::compare},
    // All places in reach of one, side by side.
    Route{Method::get, "/from/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::reach},
    // The difference between two places.
    Route{Method::get, "/from/{}/to/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::difference},
    // The fork, every way told in the same shape.
    Route{Method::get, "/fork", Action::read_pathway, About::pathway, Keep::ready, &handlers::fork},
    // What good looks like, and how it deepens.
    Route{Method::get, "/capabilities", Action::read_pathway, About::pathway, Keep::ready, &handlers::capabilities},
    Route{Method::get, "/capabilities/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::capability},
    // The same levels with other technical content; a level read in one of them.
    Route{Method::get, "/archetypes", Action::read_pathway, About::pathway, Keep::ready, &handlers::archetypes},
    Route{Method::get, "/archetypes/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::archetype},
    Route{Method::get, "/archetypes/{}/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::level_in_archetype},
    // Ranked full text.
    Route{Method::get, "/search", Action::read_pathway, About::pathway, Keep::never, &handlers::search},
    // A citation: its words, its version, its uses, or what became of it.
    Route{Method::get, "/cite/{}", Action::read_pathway, About::pathway, Keep::ready, &handlers::cite},
    // Everything on one page.
    Route{Method::get, "/contents", Action::read_pathway, About::pathway, Keep::ready, &handlers::contents},
    // What this pathway is, which version, and its thresholds.
    Route{Method::get, "/about", Action::read_pathway, About::pathway, Keep::ready, &handlers::about},
    // A framework from elsewhere: upload it, see it as a draft, download the folder.
    Route{Method::get, "/import", Action::read_draft, About::nobody, Keep::never, &handlers::import_start},
    Route{Method::post, "/import/draft", Action::read_draft, About::nobody, Keep::never, &handlers::import_draft, "/import"},
    Route{Method::post, "/import/folder", Action::read_draft, About::nobody, Keep::never, &handlers::import_folder, "/import"},
    // What lint found, for whoever looks after the documents; why a rule is there. Only where the documents are at hand.
    Route{Method::get, "/lint", Action::read_draft, About::nobody, Keep::never, &handlers::lint},
    Route{Method::get, "/lint/{}", Action::read_draft, About::nobody, Keep::never, &handlers::lint_rule},
    // Style sheet, scripts and fonts, under names that never change their content.
    Route{Method::get, "/assets/{}", Action::read_assets, About::nobody, Keep::never, &handlers::asset},
    // For whoever watches over the process: whether it runs, and whether it can do its work.
    Route{Method::get, "/healthz", Action::check_health, About::nobody, Keep::never, &handlers::health},
    Route{Method::get, "/readyz", Action::check_health, About::nobody, Keep::never, &handlers::readiness},

    // What was published: the history, any version to read, the difference of any two.
    Route{Method::get, "/versions", Action::read_pathway, About::pathway, &handlers::versions},
    Route{Method::get, "/versions/compare", Action::read_pathway, About::pathway, &handlers::compare_versions},
    Route{Method::get, "/versions/{}", Action::read_pathway, About::pathway, &handlers::version},
    Route{Method::get, "/versions/{}/to/{}", Action::read_pathway, About::pathway, &handlers::version_difference},
    Route{Method::get, "/versions/{}/read/**", Action::read_pathway, About::pathway, &handlers::read_version},
    // The pathways of the organisation, and each with all its pages.
    Route{Method::get, "/pathways", Action::read_pathway, About::pathway, &handlers::pathways},
    Route{Method::get, "/pathways/{}/**", Action::read_pathway, About::pathway, &handlers::read_pathway},
    // The folder as it stands, for its owner; and from there to a version.
    Route{Method::get, "/draft/**", Action::read_draft, About::nobody, &handlers::read_draft},
    Route{Method::get, "/publish", Action::publish_version, About::nobody, &handlers::publish_form},
    Route{Method::post, "/publish/upload", Action::publish_version, About::nobody, &handlers::publish_upload, "/publish"},
    Route{Method::post, "/publish", Action::publish_version, About::nobody, &handlers::publish, "/publish"},
    Route{Method::post, "/versions/{}/withdraw", Action::publish_version, About::nobody, &handlers::withdraw_version, "/versions"},

    // At the door: the first account, signing in, an invitation, a forgotten password.
    Route{Method::get, "/set-up", Action::sign_in, About::nobody, &handlers::set_up_form},
    Route{Method::post, "/set-up", Action::sign_in, About::nobody, &handlers::set_up, "/set-up", Pace::slow},
    Route{Method::get, "/sign-in", Action::sign_in, About::nobody, &handlers::sign_in_form},
    Route{Method::post, "/sign-in", Action::sign_in, About::nobody, &handlers::sign_in, "/sign-in", Pace::slow},
    Route{Method::get, "/sign-in/code", Action::sign_in, About::nobody, &handlers::code_form},
    Route{Method::post, "/sign-in/code", Action::sign_in, About::nobody, &handlers::code, "/sign-in/code"},
    Route{Method::get, "/sign-in/provider", Action::sign_in, About::nobody, &handlers::provider_start, {}, Pace::slow},
    Route{Method::get, "/sign-in/provider/answer", Action::sign_in, About::nobody, &handlers::provider_answer, {}, Pace::slow},
    Route{Method::post, "/sign-out", Action::sign_in, About::nobody, &handlers::sign_out, "/account"},
    Route{Method::get, "/sign-out/provider", Action::sign_in, About::nobody, &handlers::sign_out_at_provider, {}, Pace::slow},
    Route{Method::get, "/join", Action::sign_in, About::nobody, &handlers::join_form},
    Route{Method::post, "/join", Action::sign_in, About::nobody, &handlers::join, "/sign-in", Pace::slow},
    Route{Method::get, "/new-password", Action::sign_in, About::nobody, &handlers::new_password_form},
    Route{Method::post, "/new-password", Action::sign_in, About::nobody, &handlers::new_password, "/sign-in", Pace::slow},

    // One's own account: who I am here, where I am signed in, how, and what is kept about me.
    Route{Method::get, "/account", Action::read_own_account, About::self, &handlers::own_account},
    Route{Method::get, "/account/password", Action::change_own_sign_in, About::self, &handlers::password_form},
    Route{Method::post, "/account/password", Action::change_own_sign_in, About::self, &handlers::change_password, "/account/password", Pace::slow},
    Route{Method::get, "/account/second-factor", Action::change_own_sign_in, About::self, &handlers::second_factor},
    Route{Method::post, "/account/second-factor/begin", Action::change_own_sign_in, About::self, &handlers::begin_second_factor, "/account/second-factor"},
    Route{Method::post, "/account/second-factor", Action::change_own_sign_in, About::self, &handlers::confirm_second_factor, "/account/second-factor"},
    Route{Method::post, "/account/second-factor/codes", Action::change_own_sign_in, About::self, &handlers::new_recovery_codes, "/account/second-factor"},
    Route{Method::post, "/account/second-factor/remove", Action::change_own_sign_in, About::self, &handlers::remove_second_factor, "/account/second-factor"},
    Route{Method::post, "/account/sessions/end", Action::revoke_sessions, About::self, &handlers::end_other_sessions, "/account"},
    Route{Method::post, "/account/sessions/{}/end", Action::revoke_sessions, About::self, &handlers::end_session, "/account"},
    Route{Method::get, "/account/tokens", Action::manage_own_tokens, About::self, &handlers::tokens},
    Route{Method::post, "/account/tokens", Action::manage_own_tokens, About::self, &handlers::issue_token, "/account/tokens"},
    Route{Method::post, "/account/tokens/{}/withdraw", Action::manage_own_tokens, About::self, &handlers::withdraw_token, "/account/tokens"},
    Route{Method::get, "/account/attributes", Action::read_declared_attributes, About::self, &handlers::attributes},
    Route{Method::post, "/account/attributes", Action::change_declared_attributes, About::self, &handlers::declare_attributes, "/account/attributes"},
    Route{Method::post, "/account/attributes/withdraw", Action::change_declared_attributes, About::self, &handlers::withdraw_attributes, "/account/attributes"},
    Route{Method::get, "/account/export", Action::export_own_data, About::self, &handlers::export_own_data},

    // The organisation: people, teams, who is where; and keeping that right by hand.
    Route{Method::get, "/people", Action::find_people, About::nobody, &handlers::people},
    Route{Method::get, "/people/new", Action::correct_place, About::nobody, &handlers::new_person_form},
    Route{Method::post, "/people/new", Action::correct_place, About::nobody, &handlers::new_person, "/people/new"},
    Route{Method::get, "/people/import", Action::import_people, About::nobody, &handlers::people_import},
    Route{Method::post, "/people/import/upload", Action::import_people, About::nobody, &handlers::people_import_upload, "/people/import"},
    Route{Method::post, "/people/import/plan", Action::import_people, About::nobody, &handlers::people_import_plan, "/people/import"},
    Route{Method::post, "/people/import", Action::import_people, About::nobody, &handlers::people_import_apply, "/people/import"},
    Route{Method::get, "/people/{}", Action::read_place, About::person, &handlers::person},
    Route{Method::get, "/people/{}/below", Action::read_place, About::person, &handlers::people_below},
    Route{Method::get, "/people/{}/change", Action::correct_place, About::person, &handlers::person_change_form},
    Route{Method::post, "/people/{}/change", Action::correct_place, About::person, &handlers::change_person, "/people"},
    Route{Method::post, "/people/{}/take-back", Action::correct_place, About::person, &handlers::take_back_person_change, "/people"},
    Route{Method::get, "/my-people", Action::find_people, About::nobody, &handlers::my_people},
    // What the structure gives the viewer reason to ask about.
    Route{Method::get, "/signals", Action::read_signal, About::reports, &handlers::signals},
    Route{Method::get, "/organisation", Action::read_organisation, About::nobody, &handlers::organisation},
    Route{Method::get, "/teams/new", Action::correct_team, About::nobody, &handlers::new_team_form},
    Route{Method::post, "/teams/new", Action::correct_team, About::nobody, &handlers::new_team, "/teams/new"},
    Route{Method::get, "/teams/{}", Action::read_team, About::team, &handlers::team},
    Route{Method::get, "/teams/{}/change", Action::correct_team, About::team, &handlers::team_change_form},
    Route{Method::post, "/teams/{}/change", Action::correct_team, About::team, &handlers::change_team, "/organisation"},

    // Running it: accounts and their roles, what is switched off where, the settings, the audit.
    Route{Method::get, "/accounts", Action::manage_accounts, About::nobody, &handlers::accounts},
    Route{Method::get, "/accounts/new", Action::manage_accounts, About::nobody, &handlers::account_form},
    Route{Method::post, "/accounts/new", Action::manage_accounts, About::nobody, &handlers::open_account, "/accounts/new"},
    Route{Method::get, "/accounts/{}", Action::manage_accounts, About::nobody, &handlers::account},
    Route{Method::post, "/accounts/{}/details", Action::manage_accounts, About::nobody, &handlers::change_account, "/accounts"},
    Route{Method::post, "/accounts/{}/lock", Action::manage_accounts, About::nobody, &handlers::lock_account, "/accounts"},
    Route{Method::post, "/accounts/{}/unlock", Action::manage_accounts, About::nobody, &handlers::unlock_account, "/accounts"},
    Route{Method::post, "/accounts/{}/link", Action::manage_accounts, About::nobody, &handlers::issue_account_link, "/accounts"},
    Route{Method::post, "/accounts/{}/roles", Action::grant_role, About::nobody, &handlers::grant_role, "/accounts"},
    Route{Method::post, "/accounts/{}/roles/{}/end", Action::grant_role, About::nobody, &handlers::end_role, "/accounts"},
    Route{Method::post, "/accounts/{}/sessions/end", Action::revoke_sessions, About::nobody, &handlers::end_account_sessions, "/accounts"},
    Route{Method::post, "/accounts/{}/second-factor/remove", Action::manage_accounts, About::nobody, &handlers::remove_account_second_factor, "/accounts"},
    Route{Method::post, "/accounts/{}/erase", Action::erase_person, About::nobody, &handlers::erase_account, "/accounts"},
    Route{Method::get, "/attributes", Action::change_configuration, About::nobody, &handlers::asked_attributes},
    Route{Method::post, "/attributes", Action::change_configuration, About::nobody, &handlers::ask_attribute, "/attributes"},
    Route{Method::post, "/attributes/{}/end", Action::change_configuration, About::nobody, &handlers::end_attribute, "/attributes"},
    Route{Method::get, "/features", Action::switch_feature, About::nobody, &handlers::features},
    Route{Method::post, "/features", Action::switch_feature, About::nobody, &handlers::switch_feature, "/features"},
    Route{Method::get, "/directories", Action::manage_directories, About::nobody, &handlers::directories},
    Route{Method::get, "/directories/new", Action::manage_directories, About::nobody, &handlers::directory_form},
    Route{Method::post, "/directories/new", Action::manage_directories, About::nobody, &handlers::connect_directory, "/directories/new"},
    Route{Method::get, "/directories/{}", Action::manage_directories, About::nobody, &handlers::directory},
    Route{Method::post, "/directories/{}/groups", Action::manage_directories, About::nobody, &handlers::change_directory_groups, "/directories"},
    Route{Method::post, "/directories/{}/token", Action::manage_directories, About::nobody, &handlers::renew_directory_token, "/directories"},
    Route{Method::post, "/directories/{}/withdraw", Action::manage_directories, About::nobody, &handlers::withdraw_directory, "/directories"},
    Route{Method::get, "/settings", Action::read_configuration, About::nobody, &handlers::settings},
    Route{Method::get, "/audit", Action::read_audit, About::nobody, &handlers::audit},
    Route{Method::post, "/audit/verify", Action::read_audit, About::nobody, &handlers::verify_audit, "/audit", Pace::slow},

    // A directory brings people and teams: SCIM 2.0, with the directory's own token.
    Route{Method::get, "/scim/v2/ServiceProviderConfig", Action::provision_people, About::nobody, &handlers::scim_configuration},
    Route{Method::get, "/scim/v2/ResourceTypes", Action::provision_people, About::nobody, &handlers::scim_resource_types},
    Route{Method::get, "/scim/v2/ResourceTypes/{}", Action::provision_people, About::nobody, &handlers::scim_resource_type},
    Route{Method::get, "/scim/v2/Schemas", Action::provision_people, About::nobody, &handlers::scim_schemas},
    Route{Method::get, "/scim/v2/Schemas/{}", Action::provision_people, About::nobody, &handlers::scim_schema},
    Route{Method::get, "/scim/v2/Users", Action::provision_people, About::nobody, &handlers::scim_list},
    Route{Method::post, "/scim/v2/Users", Action::provision_people, About::nobody, &handlers::scim_create},
    Route{Method::post, "/scim/v2/Users/.search", Action::provision_people, About::nobody, &handlers::scim_search},
    Route{Method::get, "/scim/v2/Users/{}", Action::provision_people, About::nobody, &handlers::scim_get},
    Route{Method::put, "/scim/v2/Users/{}", Action::provision_people, About::nobody, &handlers::scim_replace},
    Route{Method::patch, "/scim/v2/Users/{}", Action::provision_people, About::nobody, &handlers::scim_patch},
    Route{Method::delete_, "/scim/v2/Users/{}", Action::provision_people, About::nobody, &handlers::scim_remove},
    Route{Method::get, "/scim/v2/Groups", Action::provision_people, About::nobody, &handlers::scim_list},
    Route{Method::post, "/scim/v2/Groups", Action::provision_people, About::nobody, &handlers::scim_create},
    Route{Method::post, "/scim/v2/Groups/.search", Action::provision_people, About::nobody, &handlers::scim_search},
    Route{Method::get, "/scim/v2/Groups/{}", Action::provision_people, About::nobody, &handlers::scim_get},
    Route{Method::put, "/scim/v2/Groups/{}", Action::provision_people, About::nobody, &handlers::scim_replace},
    Route{Method::patch, "/scim/v2/Groups/{}", Action::provision_people, About::nobody, &handlers::scim_patch},
    Route{Method::delete_, "/scim/v2/Groups/{}", Action::provision_people, About::nobody, &handlers::scim_remove},
    Route{Method::get, "/scim/v2/**", Action::provision_people, About::nobody, &handlers::scim_elsewhere},
};

struct Pattern {
  std::vector<std::string_view> segments;  ///< without the `**`
  bool takes_the_rest = false;
};

/// Of the rows in their order, split once: every request is held against them.
const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> made = [] {
    std::vector<Pattern> all;
    for (const Route& route : table) {
      Pattern pattern{split(route.pattern, '/')};
      pattern.takes_the_rest = pattern.segments.back() == "**";
      if (pattern.takes_the_rest) pattern.segments.pop_back();
      all.push_back(std::move(pattern));
    }
    return all;
  }();
  return made;
}

bool fits(const Pattern& pattern, const std::vector<std::string_view>& asked) {
  const std::size_t fixed = pattern.segments.size();
  if (pattern.takes_the_rest ? asked.size() < fixed : asked.size() != fixed) return false;
  for (std::size_t i = 0; i < fixed; ++i) {
    if (pattern.segments[i] == "{}" ? asked[i].empty() : pattern.segments[i] != asked[i]) return false;
  }
  return true;
}

/// What stands for each `{}`, and last for `**`: "/levels/SSE", or "/" for nothing. REQUIRES that it fits.
std::vector<std::string> ids_in(const Pattern& pattern, const std::vector<std::string_view>& asked) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < pattern.segments.size(); ++i) {
    if (pattern.segments[i] == "{}") ids.emplace_back(asked[i]);
  }
  if (!pattern.takes_the_rest) return ids;
  std::string rest;
  for (std::size_t i = pattern.segments.size(); i < asked.size(); ++i) rest += "/" + std::string(asked[i]);
  ids.push_back(rest.empty() ? "/" : rest);
  return ids;
}

}  // namespace

std::span<const Route> routes() { return table; }

std::string_view Visit::said(std::string_view name) const {
  if (const http::FormField* field = form.find(name); field != nullptr) return field->value;
  return request.parameter(name).value_or(std::string_view());
}

std::optional<Match> match(std::string_view path, http::Method method) {
  const std::vector<std::string_view> asked = split(path, '/');
  const Method wanted = method == Method::head ? Method::get : method;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!fits(patterns()[i], asked)) continue;
    const bool for_method = table[i].method == wanted;
    if (!found || for_method) found = i;
    if (for_method) break;
  }
  if (!found) return std::nullopt;
  return Match{&table[*found], ids_in(patterns()[*found], asked)};
}

bool asks_for_version(const http::Request& request) {
  return request.path.starts_with("/cite/") && !request.parameter("version").value_or("").empty();
}

Visit visit_of(const Site& site, const pathway::SearchIndex* search, const http::Request& request, const std::optional<Match>& found) {
  return {site, search, Links(site.form(), request.path), found ? found->ids : std::vector<std::string>{}, request};
}

void take_form(Visit& visit) {
  if (visit.request.method != Method::post) return;
  std::optional<http::Form> form = http::parse_form(visit.request.header("content-type"), visit.request.body);
  visit.is_form_whole = form.has_value();
  if (form) visit.form = std::move(*form);
}

namespace {

http::Response not_taken(const std::vector<std::string>& allowed) {
  if (allowed.size() == 1 && allowed.front() == "POST") return http::Response::text(405, "This address takes a form.\n");
  if (allowed.size() == 2 && allowed.front() == "GET") return http::Response::text(405, "This page can only be read.\n");
  return http::Response::text(405, "This address takes no such request.\n");
}

http::Response not_for_this_method(const Visit& visit, const Route& route) {
  if (route.handler == &handlers::scim_elsewhere) {
    std::optional<http::Response> refusal = refusal_of(visit, route);
    return refusal ? std::move(*refusal) : handlers::scim_elsewhere(visit);
  }
  const std::vector<std::string_view> asked = split(visit.request.path, '/');
  std::vector<std::string> allowed;
  for (std::size_t i = 0; i < table.size(); ++i) {
    // What takes the rest stands in for addresses that are not there.
    if (!fits(patterns()[i], asked) || patterns()[i].takes_the_rest != route.pattern.ends_with("**")) continue;
    allowed.emplace_back(http::to_string(table[i].method));
    if (table[i].method == Method::get) allowed.emplace_back("HEAD");
  }
  http::Response refusal = route.action == Action::provision_people ? handlers::scim_not_allowed(visit) : not_taken(allowed);
  refusal.headers.emplace_back("Allow", join(allowed, ", "));
  return refusal;
}

}  // namespace

http::Response answer(const Visit& visit, const std::optional<Match>& found) {
  const http::Request& request = visit.request;
  const bool is_there = found && (found->route->needs == Needs::documents || visit.installation != nullptr);
  if (!is_there) {
    const std::string shorter = request.path.substr(0, request.path.find_last_not_of('/') + 1);
    const bool plain = std::all_of(shorter.begin(), shorter.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '%' && c != '?' && c != '#'; });
    if (shorter != request.path && plain && !shorter.starts_with("//") && match(shorter)) return {301, {{"Location", shorter}}, {}, nullptr};
    return handlers::no_such_page(visit);
  }
  const Route& route = *found->route;
  const bool is_read = request.method == Method::get || request.method == Method::head;
  if (route.method == Method::post && is_read && !route.begins_at.empty()) return http::Response::see_other(std::string(route.begins_at));
  if (route.method != (is_read ? Method::get : request.method)) return not_for_this_method(visit, route);
  if (std::optional<http::Response> refusal = refusal_of(visit, route)) return std::move(*refusal);
  return route.handler(visit);
}

http::Response answer(const Site& site, const pathway::SearchIndex* search, const http::Request& request) {
  const std::optional<Match> found = match(request.path, request.method);
  Visit visit = visit_of(site, search, request, found);
  take_form(visit);
  return answer(visit, found);
}

}  // namespace waymark::web
