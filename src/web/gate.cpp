#include "web/gate.hpp"

#include <fmt/format.h>

#include "access/feature_switches.hpp"
#include "access/policy.hpp"
#include "access/secret.hpp"
#include "base/text.hpp"
#include "web/handlers.hpp"
#include "web/scim_handlers.hpp"
#include "web/standpoint.hpp"

namespace waymark::web {
namespace {

using access::Action;
using http::Response;

access::Subject stands_to(const Visit& visit, About about) {
  access::Subject subject;
  if (about == About::person) return subject_of_person(visit);
  if (about == About::team) return subject_of_team(visit);
  if (about == About::reports) {
    if (has_reports(visit)) subject.relations = {access::Relation::manager_now};
    return subject;
  }
  if (about == About::self && visit.viewer.actor.has_account) subject.relations = {access::Relation::self};
  if (about == About::pathway && (visit.installation == nullptr || visit.installation->shows_pathway_to_visitors())) {
    subject.conditions = {access::Condition::open_to_visitors};
  }
  return subject;
}

/// With what is switched off where the person is; looked up only for features that can be.
access::Subject subject_of(const Visit& visit, Action action, About about) {
  access::Subject subject = stands_to(visit, about);
  if (visit.installation == nullptr || access::feature_of(action) == access::Feature::always_on) return subject;
  if (about == About::self && visit.viewer.actor.has_account) {
    const Standpoint& standpoint = standpoint_of(visit);
    if (standpoint.me) subject.place = org::place_of(*standpoint.today, *standpoint.me);
  }
  const auto switches = visit.installation->database.read_once([](db::Reader& reader) { return access::feature_switches(reader); });
  subject.switched_off = access::switched_off_at(subject.place, switches);
  return subject;
}

/// Browsers say where a request began (Fetch Metadata; before that, Origin), and a page elsewhere cannot change what they say.
bool comes_from_elsewhere(const Visit& visit) {
  const std::string_view site = visit.request.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  const std::string_view origin = visit.request.header("origin");
  if (origin.empty() || origin == visit.installation->options.address) return false;
  const auto host = origin.find("://");
  return host == std::string_view::npos || origin.substr(host + 3) != visit.request.header("host");
}

/// Only what is needed to get one, and out.
bool allowed_without_second_factor(Action action) {
  return action == Action::sign_in || action == Action::read_assets || action == Action::check_health || action == Action::change_own_sign_in;
}

Response to_sign_in(const Visit& visit) {
  const std::string target = target_of(visit.request);
  Response response =
      Response::see_other(target == "/" ? std::string("/sign-in") : fmt::format("/sign-in?to={}", access::percent_encoded(target)));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response wrong_token(std::string reason) {
  Response response = Response::text(401, std::move(reason));
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Response refused(const Visit& visit, const Route& route, const access::Decision& decision) {
  if (route.action == Action::provision_people) return handlers::no_directory(visit);
  const bool by_token = !visit.request.header("authorization").empty();
  if (by_token && !visit.viewer.actor.has_account && !visit.viewer.actor.is_directory) return wrong_token("This token does not work: it is unknown, has ended or was withdrawn.\n");
  if (by_token) return Response::text(403, fmt::format("{}\n", decision.reason));
  if (visit.viewer.actor.has_account) return handlers::not_allowed(visit);
  if (visit.request.method == http::Method::post) return handlers::send_again(visit, 401);
  return to_sign_in(visit);
}

}  // namespace

std::optional<Response> refusal_of(const Visit& visit, const Route& route) {
  const access::Decision decision = access::may(visit.viewer.actor, route.action, subject_of(visit, route.action, route.about));
  if (!decision) return refused(visit, route, decision);
  if (visit.installation == nullptr) return std::nullopt;
  if (visit.viewer.session && visit.viewer.session->second_factor_due && !allowed_without_second_factor(route.action)) {
    return Response::see_other("/account/second-factor");
  }
  if (route.method != http::Method::post || visit.viewer.token || visit.viewer.directory) return std::nullopt;
  const bool ours = !visit.viewer.session || access::is_form_token(visit.viewer.session_token, visit.form.value("form_token"));
  if (comes_from_elsewhere(visit)) return handlers::from_elsewhere(visit);
  if (!ours) return handlers::send_again(visit, 403);
  return std::nullopt;
}

bool may_open(const Visit& visit, Action action, About about) { return access::may(visit.viewer.actor, action, subject_of(visit, action, about)).allowed; }

std::string target_of(const http::Request& request) {
  std::string target;
  for (const std::string_view segment : split(request.path, '/')) target += (target.empty() && segment.empty() ? "" : "/") + access::percent_encoded(segment);
  if (!target.starts_with('/')) target.insert(target.begin(), '/');
  char before = '?';
  for (const auto& [name, value] : request.query) {
    target += fmt::format("{}{}={}", before, access::percent_encoded(name), access::percent_encoded(value));
    before = '&';
  }
  return target;
}

}  // namespace waymark::web
