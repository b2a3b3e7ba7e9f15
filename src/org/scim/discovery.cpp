#include "org/scim/discovery.hpp"

#include <boost/json.hpp>

#include <vector>

#include "org/scim/body.hpp"
#include "org/scim/patch.hpp"
#include "org/scim/schema.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;
using A = Attribute;

json::value text_value(std::string_view text) { return json::value(json::string_view(text.data(), text.size())); }

std::string_view type_word(A::Type type) {
  switch (type) {
    case A::Type::text: return "string";
    case A::Type::boolean: return "boolean";
    case A::Type::date_time: return "dateTime";
    case A::Type::reference: return "reference";
    case A::Type::complex: return "complex";
  }
  return {};
}

json::object described(const Attribute& attribute) {
  json::object said{{"name", text_value(attribute.name)},
                    {"type", text_value(type_word(attribute.type))},
                    {"multiValued", attribute.is(A::multi)},
                    {"description", text_value(attribute.description)},
                    {"required", attribute.is(A::required)},
                    {"mutability", attribute.is(A::read_only) ? "readOnly" : "readWrite"},
                    {"returned", attribute.is(A::always) ? "always" : "default"}};
  if (attribute.type == A::Type::text || attribute.type == A::Type::reference) {
    said["caseExact"] = attribute.is(A::case_exact);
    said["uniqueness"] = attribute.is(A::unique) ? "server" : "none";
  }
  if (attribute.type == A::Type::reference) said["referenceTypes"] = json::array{text_value(attribute.referred)};
  if (!attribute.parts.empty()) {
    json::array parts;
    for (const Attribute& part : attribute.parts) parts.push_back(described(part));
    said["subAttributes"] = std::move(parts);
  }
  return said;
}

json::object described(const Schema& schema, const std::string& address) {
  json::array attributes;
  for (const Attribute& attribute : schema.attributes) attributes.push_back(described(attribute));
  return {{"schemas", {"urn:ietf:params:scim:schemas:core:2.0:Schema"}},
          {"id", text_value(schema.urn)},
          {"name", text_value(schema.name)},
          {"description", text_value(schema.description)},
          {"attributes", std::move(attributes)},
          {"meta", {{"resourceType", "Schema"}, {"location", address + "/Schemas/" + std::string(schema.urn)}}}};
}

json::object described(const ResourceType& type, const std::string& address) {
  json::object said{{"schemas", {"urn:ietf:params:scim:schemas:core:2.0:ResourceType"}},
                    {"id", text_value(type.name)},
                    {"name", text_value(type.name)},
                    {"endpoint", text_value(type.endpoint)},
                    {"description", text_value(type.description)},
                    {"schema", text_value(type.core->urn)},
                    {"meta", {{"resourceType", "ResourceType"}, {"location", address + "/ResourceTypes/" + std::string(type.name)}}}};
  if (type.extension != nullptr) said["schemaExtensions"] = json::array{json::object{{"schema", text_value(type.extension->urn)}, {"required", false}}};
  return said;
}

std::vector<const ResourceType*> types(GroupsAre groups) {
  std::vector<const ResourceType*> all{&user_type()};
  if (groups == GroupsAre::teams) all.push_back(&group_type());
  return all;
}

std::vector<const Schema*> schemas_of(GroupsAre groups) {
  std::vector<const Schema*> all;
  for (const ResourceType* type : types(groups)) {
    all.push_back(type->core);
    if (type->extension != nullptr) all.push_back(type->extension);
  }
  return all;
}

std::string list_of(json::array resources) {
  const std::size_t count = resources.size();
  return json::serialize(json::object{{"schemas", {"urn:ietf:params:scim:api:messages:2.0:ListResponse"}},
                                      {"totalResults", count},
                                      {"itemsPerPage", count},
                                      {"startIndex", 1},
                                      {"Resources", std::move(resources)}});
}

}  // namespace

std::string service_provider_config(const std::string& address) {
  return json::serialize(json::object{
      {"schemas", {"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"}},
      {"patch", {{"supported", true}}},
      {"bulk", {{"supported", false}, {"maxOperations", 0}, {"maxPayloadSize", longest_body}}},
      {"filter", {{"supported", true}, {"maxResults", largest_count}}},
      {"changePassword", {{"supported", false}}},
      {"sort", {{"supported", true}}},
      {"etag", {{"supported", true}}},
      {"authenticationSchemes",
       {{{"type", "oauthbearertoken"},
         {"name", "Bearer token"},
         {"description", "The token that Waymark showed when the directory was connected, as Authorization: Bearer."},
         {"specUri", "https://www.rfc-editor.org/info/rfc6750"},
         {"primary", true}}}},
      {"meta", {{"resourceType", "ServiceProviderConfig"}, {"location", address + "/ServiceProviderConfig"}}}});
}

std::string resource_types(const std::string& address, GroupsAre groups) {
  json::array all;
  for (const ResourceType* type : types(groups)) all.push_back(described(*type, address));
  return list_of(std::move(all));
}

std::optional<std::string> resource_type(const std::string& address, GroupsAre groups, std::string_view name) {
  for (const ResourceType* type : types(groups)) {
    if (same_word(type->name, name)) return json::serialize(described(*type, address));
  }
  return std::nullopt;
}

std::string schemas(const std::string& address, GroupsAre groups) {
  json::array all;
  for (const Schema* schema : schemas_of(groups)) all.push_back(described(*schema, address));
  return list_of(std::move(all));
}

std::optional<std::string> schema(const std::string& address, GroupsAre groups, std::string_view urn) {
  for (const Schema* each : schemas_of(groups)) {
    if (same_word(each->urn, urn)) return json::serialize(described(*each, address));
  }
  return std::nullopt;
}

}  // namespace waymark::org::scim
