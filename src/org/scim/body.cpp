#include "org/scim/body.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;
using Type = Attribute::Type;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

tl::unexpected<Refusal> wrong(const Attribute& attribute, std::string_view what) {
  return refuse(400, "invalidValue", "`" + std::string(attribute.name) + "` " + std::string(what));
}

Answer<json::value> kept_text(const Attribute& attribute, const json::value& sent) {
  if (sent.is_int64()) return json::value(std::to_string(sent.get_int64()));
  if (!sent.is_string()) return wrong(attribute, "must be a text.");
  const std::string_view text = trim(view(sent.get_string()));
  if (text.size() > longest_text) return wrong(attribute, "is longer than 1,000 bytes.");
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r') return wrong(attribute, "holds a control character.");
  }
  if (text.empty()) return json::value(nullptr);
  return json::value(json::string_view(text.data(), text.size()));
}

Answer<json::value> kept_boolean(const Attribute& attribute, const json::value& sent) {
  if (sent.is_bool()) return sent;
  if (sent.is_string()) {
    if (same_word(view(sent.get_string()), "true")) return json::value(true);
    if (same_word(view(sent.get_string()), "false")) return json::value(false);
  }
  return wrong(attribute, "must be true or false.");
}

Answer<json::value> kept_one(const Attribute& attribute, const json::value& sent) {
  if (sent.is_null()) return json::value(nullptr);
  if (attribute.type == Type::boolean) return kept_boolean(attribute, sent);
  if (attribute.type != Type::complex) return kept_text(attribute, sent);
  json::object kept;
  if (sent.is_string()) {
    const Attribute* part = attribute.part("value");
    if (part == nullptr) return wrong(attribute, "must be an object.");
    auto value = kept_text(*part, sent);
    if (!value || value->is_null()) return value;
    kept.emplace("value", std::move(*value));
    return json::value(std::move(kept));
  }
  if (!sent.is_object()) return wrong(attribute, "must be an object.");
  for (const auto& [name, value] : sent.get_object()) {
    const Attribute* part = attribute.part(view(name));
    if (part == nullptr || part->is(Attribute::read_only)) continue;
    auto each = kept_value(*part, value);
    if (!each) return each;
    if (!each->is_null()) kept.insert_or_assign(json::string_view(part->name.data(), part->name.size()), std::move(*each));
  }
  if (kept.empty()) return json::value(nullptr);
  return json::value(std::move(kept));
}

std::optional<Refusal> keep(json::object& kept, const Attribute& attribute, const json::value& sent) {
  if (attribute.is(Attribute::read_only)) return std::nullopt;
  auto value = kept_value(attribute, sent);
  if (!value) return value.error();
  // Null is kept: a PUT that says so takes the value away, one that is silent may not.
  kept.insert_or_assign(json::string_view(attribute.name.data(), attribute.name.size()), std::move(*value));
  return std::nullopt;
}

}  // namespace

const json::value* find_member(const json::object& object, std::string_view name) {
  if (const json::value* exact = object.if_contains(json::string_view(name.data(), name.size()))) return exact;
  for (const auto& [key, value] : object) {
    if (same_word(view(key), name)) return &value;
  }
  return nullptr;
}

Answer<json::object> read_body(std::string_view body) {
  if (body.size() > longest_body) return refuse(413, "", "The body is longer than a megabyte. Send less at once.");
  json::error_code error;
  json::parse_options options;
  options.max_depth = 32;
  json::value value = json::parse(json::string_view(body.data(), body.size()), error, {}, options);
  if (error) return refuse(400, "invalidSyntax", "The body is not JSON, or nested too deeply.");
  if (!value.is_object()) return refuse(400, "invalidSyntax", "The body must be a JSON object.");
  return std::move(value.get_object());
}

Answer<json::value> kept_value(const Attribute& attribute, const json::value& sent) {
  if (!attribute.is(Attribute::multi)) return kept_one(attribute, sent);
  json::array values;
  const auto add = [&](const json::value& one) -> std::optional<Refusal> {
    auto value = kept_one(attribute, one);
    if (!value) return value.error();
    if (!value->is_null()) values.push_back(std::move(*value));
    return std::nullopt;
  };
  if (!sent.is_array()) {
    if (auto refused = add(sent)) return tl::unexpected<Refusal>(std::move(*refused));
  } else {
    if (sent.get_array().size() > most_values) return refuse(413, "", "`" + std::string(attribute.name) + "` holds more than 20,000 values. Send them in several requests.");
    for (const json::value& each : sent.get_array()) {
      if (auto refused = add(each)) return tl::unexpected<Refusal>(std::move(*refused));
    }
  }
  return json::value(std::move(values));
}

Answer<json::object> kept_of(const json::object& sent, const ResourceType& type) {
  json::object kept;
  for (const auto& [name, value] : sent) {
    const auto place = read_place(view(name), type);
    if (!place) continue;
    if (place->is_whole_extension) {
      if (!value.is_object()) {
        if (value.is_null()) continue;
        return refuse(400, "invalidValue", "The extension must be an object.");
      }
      json::object extension;
      for (const auto& [inner, inner_value] : value.get_object()) {
        const Attribute* attribute = find_in(type.extension->attributes, view(inner));
        if (attribute == nullptr) continue;
        if (auto refused = keep(extension, *attribute, inner_value)) return tl::unexpected<Refusal>(std::move(*refused));
      }
      kept.insert_or_assign(json::string_view(type.extension->urn.data(), type.extension->urn.size()), std::move(extension));
      continue;
    }
    if (place->attribute == nullptr || place->part != nullptr || place->is_unknown_part || place->in_extension) continue;
    if (auto refused = keep(kept, *place->attribute, value)) return tl::unexpected<Refusal>(std::move(*refused));
  }
  return kept;
}

}  // namespace waymark::org::scim
