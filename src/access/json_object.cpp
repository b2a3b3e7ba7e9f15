#include "access/json_object.hpp"

#include <cmath>

#include <fmt/core.h>
#include <boost/json.hpp>

namespace waymark::access {

namespace json = boost::json;

struct JsonObject::Content {
  json::object object;

  [[nodiscard]] const json::value* find(std::string_view name) const { return object.if_contains(json::string_view(name.data(), name.size())); }
};

namespace {

std::string plain(const json::string& text) { return {text.data(), text.size()}; }

}  // namespace

JsonObject::JsonObject() : m_content(std::make_shared<Content>()) {}
JsonObject::JsonObject(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}

Result<JsonObject> JsonObject::parse(std::string_view text, std::string_view what) {
  json::error_code problem;
  json::value value = json::parse(json::string_view(text.data(), text.size()), problem);
  if (problem || !value.is_object()) return fail(Error::Kind::bad_input, fmt::format("What came as {} is not a JSON object.", what));
  return JsonObject(std::make_shared<Content>(Content{std::move(value.as_object())}));
}

bool JsonObject::has(std::string_view name) const { return m_content->find(name) != nullptr; }

std::optional<std::string> JsonObject::text(std::string_view name) const {
  const json::value* value = m_content->find(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return plain(value->get_string());
}

std::optional<std::int64_t> JsonObject::number(std::string_view name) const {
  const json::value* value = m_content->find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  if (value->is_double() && std::abs(value->get_double()) < 9e15) return static_cast<std::int64_t>(value->get_double());
  return std::nullopt;
}

std::optional<bool> JsonObject::boolean(std::string_view name) const {
  const json::value* value = m_content->find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  if (value->is_string() && value->get_string() == "true") return true;
  if (value->is_string() && value->get_string() == "false") return false;
  return std::nullopt;
}

std::vector<std::string> JsonObject::texts(std::string_view name) const {
  std::vector<std::string> found;
  const json::value* value = m_content->find(name);
  if (value == nullptr) return found;
  if (value->is_string()) found.push_back(plain(value->get_string()));
  if (value->is_array()) {
    for (const json::value& member : value->get_array()) {
      if (member.is_string()) found.push_back(plain(member.get_string()));
    }
  }
  return found;
}

std::vector<JsonObject> JsonObject::objects(std::string_view name) const {
  std::vector<JsonObject> found;
  const json::value* value = m_content->find(name);
  if (value == nullptr || !value->is_array()) return found;
  for (const json::value& member : value->get_array()) {
    if (member.is_object()) found.push_back(JsonObject(std::make_shared<Content>(Content{member.get_object()})));
  }
  return found;
}

std::string JsonObject::serialised() const { return json::serialize(m_content->object); }

std::string json_quoted(std::string_view text) { return json::serialize(json::string_view(text.data(), text.size())); }

}  // namespace waymark::access
