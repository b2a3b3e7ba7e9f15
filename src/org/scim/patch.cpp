#include "org/scim/patch.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "org/scim/body.hpp"
#include "org/scim/filter.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;
using Type = Attribute::Type;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }
json::string_view key(std::string_view text) { return {text.data(), text.size()}; }

enum class Operation { add, replace, remove };

/// Two values of several are the same when they are about the same thing.
std::string identity_of(const json::value& value) {
  const json::value* about = value.is_object() ? value.get_object().if_contains("value") : nullptr;
  return about != nullptr && about->is_string() ? std::string(view(about->get_string())) : json::serialize(value);
}

void merge(json::object& into, const json::object& from) {
  for (const auto& [name, value] : from) into.insert_or_assign(name, value);
}

/// One of several may be the primary one.
void let_go_of_primary(json::array& values, const json::value& added) {
  if (!added.is_object() || added.get_object().if_contains("primary") == nullptr || added.get_object().at("primary") != json::value(true)) return;
  for (json::value& each : values) {
    if (each.is_object() && each.get_object().contains("primary")) each.get_object()["primary"] = false;
  }
}

class Patching {
 public:
  Patching(const ResourceType& type, json::object& resource) : m_type(type), m_resource(resource) {}

  Answer<void> apply(Operation operation, std::string_view text, const json::value* value, bool is_named_in_a_value) {
    const auto path = parse_patch_path(text, m_type);
    if (!path) return tl::unexpected<Refusal>(path.error());
    const Place& place = path->place;
    if (!place.is_known()) return {};
    if (place.is_whole_extension) return apply_to_extension(operation, value);
    const bool is_read_only = place.attribute->is(Attribute::read_only) || (place.part != nullptr && place.part->is(Attribute::read_only));
    if (is_read_only) {
      if (is_named_in_a_value) return {};
      return refuse(400, "mutability", "`" + std::string(text) + "` is Waymark's to say.");
    }
    json::object& holder = holder_of(place);
    Answer<void> done = path->filter                          ? apply_to_matching(operation, *path, holder, value)
                        : place.part != nullptr               ? apply_to_part(operation, place, holder, value)
                        : place.attribute->is(Attribute::multi) ? apply_to_list(operation, *place.attribute, holder, value)
                                                              : apply_to_one(operation, *place.attribute, holder, value);
    return done;
  }

  Answer<void> apply_each(Operation operation, const json::value* value) {
    if (operation == Operation::remove) return refuse(400, "noTarget", "A `remove` needs a path.");
    if (value == nullptr || !value->is_object()) return refuse(400, "invalidValue", "An operation without a path needs an object as its value.");
    for (const auto& [name, each] : value->get_object()) {
      if (auto done = apply(operation, view(name), &each, true); !done) return done;
    }
    return {};
  }

 private:
  json::object& holder_of(const Place& place) {
    if (!place.in_extension) return m_resource;
    json::value& extension = m_resource[key(m_type.extension->urn)];
    if (!extension.is_object()) extension = json::object();
    return extension.get_object();
  }

  Answer<void> apply_to_extension(Operation operation, const json::value* value) {
    if (operation == Operation::remove) {
      json::object& holder = holder_of({.in_extension = true});
      for (const Attribute& attribute : m_type.extension->attributes) holder[key(attribute.name)] = nullptr;
      return {};
    }
    if (value == nullptr || !value->is_object()) return refuse(400, "invalidValue", "The extension must be an object.");
    for (const auto& [name, each] : value->get_object()) {
      if (auto done = apply(operation, std::string(m_type.extension->urn) + ":" + std::string(view(name)), &each, true); !done) return done;
    }
    return {};
  }

  static Answer<json::value> value_for(const Attribute& attribute, const json::value* sent) {
    if (sent == nullptr) return refuse(400, "invalidValue", "A value for `" + std::string(attribute.name) + "` is missing.");
    return kept_value(attribute, *sent);
  }

  static Answer<void> apply_to_one(Operation operation, const Attribute& attribute, json::object& holder, const json::value* sent) {
    json::value& target = holder[key(attribute.name)];
    if (operation == Operation::remove) {
      target = nullptr;
      return {};
    }
    auto value = value_for(attribute, sent);
    if (!value) return tl::unexpected<Refusal>(value.error());
    if (attribute.type == Type::complex && target.is_object() && value->is_object()) {
      merge(target.get_object(), value->get_object());
    } else {
      target = std::move(*value);
    }
    return {};
  }

  static Answer<void> apply_to_list(Operation operation, const Attribute& attribute, json::object& holder, const json::value* sent) {
    json::value& target = holder[key(attribute.name)];
    if (!target.is_array()) target = json::array();
    json::array& values = target.get_array();
    if (operation == Operation::remove && (sent == nullptr || sent->is_null())) {
      values.clear();
      return {};
    }
    auto value = value_for(attribute, sent);
    if (!value) return tl::unexpected<Refusal>(value.error());
    json::array& brought = value->get_array();
    if (operation == Operation::replace) values.clear();
    if (operation == Operation::remove) {
      std::unordered_set<std::string> going;
      for (const json::value& each : brought) going.insert(identity_of(each));
      values.erase(std::remove_if(values.begin(), values.end(), [&](const json::value& each) { return going.contains(identity_of(each)); }), values.end());
      return {};
    }
    std::unordered_map<std::string, std::size_t> present;
    for (std::size_t i = 0; i < values.size(); ++i) present.emplace(identity_of(values[i]), i);
    for (json::value& each : brought) {
      const auto [found, is_new] = present.emplace(identity_of(each), values.size());
      let_go_of_primary(values, each);
      if (is_new) {
        values.push_back(std::move(each));
      } else if (values[found->second].is_object() && each.is_object()) {
        merge(values[found->second].get_object(), each.get_object());
      }
    }
    if (values.size() > most_values) return refuse(413, "", "`" + std::string(attribute.name) + "` would hold more than 20,000 values.");
    return {};
  }

  /// The part of the one value, or of every one.
  static Answer<void> apply_to_part(Operation operation, const Place& place, json::object& holder, const json::value* sent) {
    json::value& target = holder[key(place.attribute->name)];
    if (operation == Operation::remove) {
      if (target.is_object()) target.get_object()[key(place.part->name)] = nullptr;
      if (target.is_array()) {
        for (json::value& each : target.get_array()) each.get_object().erase(key(place.part->name));
      }
      return {};
    }
    auto value = value_for(*place.part, sent);
    if (!value) return tl::unexpected<Refusal>(value.error());
    if (!place.attribute->is(Attribute::multi)) {
      if (!target.is_object()) target = json::object();
      target.get_object()[key(place.part->name)] = std::move(*value);
      return {};
    }
    if (!target.is_array() || target.get_array().empty()) target = json::array{json::object()};
    for (json::value& each : target.get_array()) each.get_object()[key(place.part->name)] = *value;
    return {};
  }

  static Answer<void> apply_to_matching(Operation operation, const PatchPath& path, json::object& holder, const json::value* sent) {
    const Attribute& attribute = *path.place.attribute;
    const Attribute* part = path.place.part;
    json::value& target = holder[key(attribute.name)];
    if (attribute.is(Attribute::multi) && !target.is_array()) target = json::array();
    if (!target.is_array()) return refuse(400, "invalidPath", "`" + std::string(attribute.name) + "` holds one value; it has no filter.");
    json::array& values = target.get_array();
    const auto matches = [&](const json::value& each) { return each.is_object() && path.filter->matches(each.get_object()); };
    if (operation == Operation::remove) {
      if (part == nullptr) {
        values.erase(std::remove_if(values.begin(), values.end(), matches), values.end());
      } else {
        for (json::value& each : values) {
          if (matches(each)) each.get_object().erase(key(part->name));
        }
      }
      return {};
    }
    json::value value;
    if (part != nullptr) {
      auto kept = value_for(*part, sent);
      if (!kept) return tl::unexpected<Refusal>(kept.error());
      value = std::move(*kept);
    } else {
      auto kept = value_for(attribute, sent);
      if (!kept) return tl::unexpected<Refusal>(kept.error());
      if (kept->get_array().size() != 1) return refuse(400, "invalidValue", "The path is about one value of `" + std::string(attribute.name) + "`.");
      value = kept->get_array().front();
    }
    bool found = false;
    for (json::value& each : values) {
      if (!matches(each)) continue;
      found = true;
      put(each.get_object(), part, value);
    }
    if (found) return {};
    const Filter::Terms terms = path.filter->terms();
    if (terms.empty() || std::any_of(terms.begin(), terms.end(), [](const auto& term) { return term.first->name == "value"; })) {
      return refuse(400, "noTarget", "No value of `" + std::string(attribute.name) + "` is as the path says.");
    }
    json::object made;
    for (const auto& [of, says] : terms) made.insert_or_assign(key(of->name), says);
    put(made, part, value);
    values.push_back(std::move(made));
    return {};
  }

  static void put(json::object& into, const Attribute* part, const json::value& value) {
    if (part != nullptr) {
      into.insert_or_assign(key(part->name), value);
    } else if (value.is_object()) {
      merge(into, value.get_object());
    }
  }

  const ResourceType& m_type;
  json::object& m_resource;
};

std::optional<Operation> operation_of(const json::value* name) {
  if (name == nullptr || !name->is_string()) return std::nullopt;
  const std::string_view word = view(name->get_string());
  if (same_word(word, "add")) return Operation::add;
  if (same_word(word, "replace")) return Operation::replace;
  if (same_word(word, "remove")) return Operation::remove;
  return std::nullopt;
}

}  // namespace

Answer<void> apply_patch(const json::object& request, const ResourceType& type, json::object& resource) {
  const json::value* operations = find_member(request, "Operations");
  if (operations == nullptr || !operations->is_array() || operations->get_array().empty()) {
    return refuse(400, "invalidSyntax", "A patch needs a list of `Operations`.");
  }
  if (operations->get_array().size() > most_operations) return refuse(413, "", "A patch may hold at most 1,000 operations. Send several.");
  Patching patching(type, resource);
  for (const json::value& each : operations->get_array()) {
    if (!each.is_object()) return refuse(400, "invalidSyntax", "An operation must be an object.");
    const auto operation = operation_of(find_member(each.get_object(), "op"));
    if (!operation) return refuse(400, "invalidSyntax", "An operation's `op` must be add, replace or remove.");
    const json::value* path = find_member(each.get_object(), "path");
    const json::value* value = find_member(each.get_object(), "value");
    const bool has_path = path != nullptr && !path->is_null() && !(path->is_string() && path->get_string().empty());
    if (has_path && !path->is_string()) return refuse(400, "invalidPath", "A path must be a text.");
    if (*operation != Operation::remove && value == nullptr) return refuse(400, "invalidValue", "An operation has no `value`.");
    auto done = has_path ? patching.apply(*operation, view(path->get_string()), value, false) : patching.apply_each(*operation, value);
    if (!done) return done;
  }
  return {};
}

}  // namespace waymark::org::scim
