#include "web/scim_handlers.hpp"

#include "base/text.hpp"
#include "org/scim/discovery.hpp"
#include "org/scim/service.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
namespace scim = org::scim;

std::string address(const Visit& visit) { return visit.installation->link("/scim/v2"); }

Response json(int status, std::string body) {
  return {status, {{"Content-Type", "application/scim+json; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::move(body), nullptr};
}

Response refused(const scim::Refusal& refusal) { return json(refusal.status, scim::to_json(refusal)); }

scim::Which which_of(const Visit& visit) { return visit.request.path.starts_with("/scim/v2/Groups") ? scim::Which::groups : scim::Which::users; }

scim::Asked asked_of(const Visit& visit) {
  const auto said = [&](std::string_view name) { return std::string(visit.request.parameter(name).value_or("")); };
  return {said("filter"), said("attributes"), said("excludedAttributes"), said("sortBy"), said("sortOrder"), said("startIndex"), said("count")};
}

scim::Conditions conditions_of(const Visit& visit) {
  return {std::string(visit.request.header("if-match")), std::string(visit.request.header("if-none-match"))};
}

bool sends_json(const Visit& visit) {
  const std::string type = to_lower_ascii(trim(split(visit.request.header("content-type"), ';').front()));
  return type == "application/scim+json" || type == "application/json";
}

enum class Body { none, needed };

/// Asks the service, where the directory has what it asks about.
template <class Ask>
Response answer_of(const Visit& visit, Body body, Ask&& ask) {
  const auto& caller = *visit.viewer.directory;
  if (which_of(visit) == scim::Which::groups && caller.directory.groups == scim::GroupsAre::nothing) {
    return scim_error(404, {}, "This directory brings no groups. An administrator of Waymark can change that.");
  }
  if (body == Body::needed && !sends_json(visit)) return scim_error(415, {}, "Send the body as application/scim+json.");
  scim::Service service(visit.installation->organisation, visit.installation->database, visit.installation->clock, caller, address(visit));
  const scim::Answer<scim::Reply> reply = ask(service);
  if (!reply) return refused(reply.error());
  Response response = json(reply->status, reply->body);
  if (!reply->location.empty()) response.headers.emplace_back(reply->status == 201 ? "Location" : "Content-Location", reply->location);
  if (!reply->version.empty()) response.headers.emplace_back("ETag", reply->version);
  return response;
}

scim::GroupsAre groups_of(const Visit& visit) { return visit.viewer.directory->directory.groups; }

}  // namespace

Response scim_error(int status, std::string_view type, std::string_view detail) { return refused({status, std::string(type), std::string(detail)}); }

Response no_directory(const Visit& visit) {
  if (visit.viewer.actor.has_account) return scim_error(403, {}, "People are brought here by a directory with its own token, not by somebody with an account.");
  const bool brings_one = !visit.request.header("authorization").empty();
  Response response = scim_error(401, {}, brings_one ? "This token does not work: it is unknown, or the directory was withdrawn."
                                                     : "Send the directory's token as Authorization: Bearer.");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Response scim_configuration(const Visit& visit) { return json(200, scim::service_provider_config(address(visit))); }
Response scim_resource_types(const Visit& visit) { return json(200, scim::resource_types(address(visit), groups_of(visit))); }
Response scim_schemas(const Visit& visit) { return json(200, scim::schemas(address(visit), groups_of(visit))); }

Response scim_resource_type(const Visit& visit) {
  auto body = scim::resource_type(address(visit), groups_of(visit), visit.ids.at(0));
  return body ? json(200, std::move(*body)) : scim_error(404, {}, "There is no such resource type.");
}
Response scim_schema(const Visit& visit) {
  auto body = scim::schema(address(visit), groups_of(visit), visit.ids.at(0));
  return body ? json(200, std::move(*body)) : scim_error(404, {}, "There is no such schema.");
}

Response scim_list(const Visit& visit) {
  return answer_of(visit, Body::none, [&](scim::Service& service) { return service.list(which_of(visit), asked_of(visit)); });
}
Response scim_search(const Visit& visit) {
  return answer_of(visit, Body::needed, [&](scim::Service& service) { return service.search(which_of(visit), visit.request.body); });
}
Response scim_get(const Visit& visit) {
  return answer_of(visit, Body::none, [&](scim::Service& service) { return service.get(which_of(visit), visit.ids.at(0), asked_of(visit), conditions_of(visit)); });
}
Response scim_create(const Visit& visit) {
  return answer_of(visit, Body::needed, [&](scim::Service& service) { return service.create(which_of(visit), visit.request.body, asked_of(visit)); });
}
Response scim_replace(const Visit& visit) {
  return answer_of(visit, Body::needed, [&](scim::Service& service) {
    return service.replace(which_of(visit), visit.ids.at(0), visit.request.body, asked_of(visit), conditions_of(visit));
  });
}
Response scim_patch(const Visit& visit) {
  return answer_of(visit, Body::needed, [&](scim::Service& service) {
    return service.patch(which_of(visit), visit.ids.at(0), visit.request.body, asked_of(visit), conditions_of(visit));
  });
}
Response scim_remove(const Visit& visit) {
  return answer_of(visit, Body::none, [&](scim::Service& service) { return service.remove(which_of(visit), visit.ids.at(0), conditions_of(visit)); });
}

Response scim_not_allowed(const Visit& visit) {
  const http::Method method = visit.request.method;
  if (method == http::Method::other) return scim_error(501, {}, "Waymark knows no such method.");
  return scim_error(405, {}, "This address does not take " + std::string(http::to_string(method)) + ".");
}

Response scim_elsewhere(const Visit& visit) {
  const std::string& asked = visit.ids.at(0);
  if (asked == "/Bulk") return scim_error(501, {}, "Bulk requests are not supported; ServiceProviderConfig says so. Send the operations one by one.");
  if (asked == "/.search") return scim_error(501, {}, "Only users and groups can be searched, each at its own address: /Users/.search and /Groups/.search.");
  if (asked == "/Me" || asked.starts_with("/Me/")) return scim_error(501, {}, "A directory is nobody's own account, so there is no /Me.");
  return scim_error(404, {}, "There is no such address. Users, Groups, ServiceProviderConfig, ResourceTypes and Schemas are below /scim/v2.");
}

}  // namespace waymark::web::handlers
