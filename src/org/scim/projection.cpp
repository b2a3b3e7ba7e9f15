#include "org/scim/projection.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;

json::string_view key(std::string_view text) { return {text.data(), text.size()}; }

void copy_part(const json::value& from, json::value& to, const Attribute& part) {
  if (from.is_object()) {
    if (!to.is_object()) to = json::object();
    if (const json::value* value = from.get_object().if_contains(key(part.name))) to.get_object().insert_or_assign(key(part.name), *value);
  } else if (from.is_array()) {
    if (!to.is_array()) to = json::array(from.get_array().size(), json::object());
    for (std::size_t i = 0; i < from.get_array().size(); ++i) copy_part(from.get_array()[i], to.get_array()[i], part);
  }
}

void erase_part(json::value& from, const Attribute& part) {
  if (from.is_object()) from.get_object().erase(key(part.name));
  if (from.is_array()) {
    for (json::value& each : from.get_array()) erase_part(each, part);
  }
}

const json::object* inside(const json::object& resource, const Place& place) {
  if (!place.in_extension) return &resource;
  const json::value* extension = resource.if_contains(key(enterprise_urn));
  return extension != nullptr && extension->is_object() ? &extension->get_object() : nullptr;
}

json::object& inside(json::object& resource, const Place& place) {
  if (!place.in_extension) return resource;
  json::value& extension = resource[key(enterprise_urn)];
  if (!extension.is_object()) extension = json::object();
  return extension.get_object();
}

}  // namespace

Answer<Projection> Projection::make(std::string_view only, std::string_view without, const ResourceType& type) {
  Projection projection;
  const std::string_view names = only.empty() ? without : only;
  projection.m_is_only = !only.empty();
  if (names.size() > 4'000) return refuse(400, "invalidValue", "The list of attributes is longer than 4,000 bytes.");
  if (names.empty()) return projection;
  for (const std::string_view each : split(names, ',')) {
    const std::string_view name = trim(each);
    if (name.empty()) continue;
    const auto place = read_place(name, type);
    if (!place) return refuse(400, "invalidValue", "`" + std::string(name.substr(0, 100)) + "` is no name of an attribute.");
    if (place->is_known()) projection.m_places.push_back(*place);
  }
  return projection;
}

json::object Projection::of(const json::object& resource) const {
  if (is_everything()) return resource;
  if (!m_is_only) {
    json::object rest = resource;
    for (const Place& place : m_places) {
      if (place.is_whole_extension) {
        rest.erase(key(enterprise_urn));
        continue;
      }
      if (place.attribute->is(Attribute::always)) continue;
      json::object& holder = inside(rest, place);
      if (place.part == nullptr) {
        holder.erase(key(place.attribute->name));
      } else if (json::value* value = holder.if_contains(key(place.attribute->name))) {
        erase_part(*value, *place.part);
      }
    }
    return rest;
  }
  json::object chosen;
  for (const char* always : {"schemas", "id"}) {
    if (const json::value* value = resource.if_contains(always)) chosen[always] = *value;
  }
  for (const Place& place : m_places) {
    const json::object* from = inside(resource, place);
    if (from == nullptr) continue;
    if (place.is_whole_extension) {
      chosen[key(enterprise_urn)] = *from;
      continue;
    }
    const json::value* value = from->if_contains(key(place.attribute->name));
    if (value == nullptr) continue;
    json::value& to = inside(chosen, place)[key(place.attribute->name)];
    if (place.part == nullptr) {
      to = *value;
    } else {
      copy_part(*value, to, *place.part);
    }
  }
  return chosen;
}

}  // namespace waymark::org::scim
