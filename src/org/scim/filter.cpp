#include "org/scim/filter.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "access/password.hpp"
#include "base/clock.hpp"
#include "org/scim/filter_node.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;
using Kind = FilterNode::Kind;
using Type = Attribute::Type;
using Values = std::vector<const json::value*>;

const json::value* member(const json::object& object, std::string_view name) { return object.if_contains(json::string_view(name.data(), name.size())); }

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

/// Each value of the attribute; one that is not a list is its only one.
Values values_of(const json::object& object, const Place& place) {
  const json::object* from = &object;
  if (place.in_extension) {
    const json::value* extension = member(object, enterprise_urn);
    if (extension == nullptr || !extension->is_object()) return {};
    from = &extension->get_object();
  }
  if (place.attribute == nullptr) return {};
  const json::value* value = member(*from, place.attribute->name);
  if (value == nullptr || value->is_null()) return {};
  Values values;
  if (value->is_array()) {
    for (const json::value& each : value->get_array()) values.push_back(&each);
  } else {
    values.push_back(value);
  }
  return values;
}

/// What a comparison compares: the part, or of a value with parts its `value`.
Values compared(const json::object& object, const Place& place) {
  if (place.is_unknown_part) return {};
  Values values = values_of(object, place);
  if (place.part == nullptr && place.attribute != nullptr && place.attribute->type != Type::complex) return values;
  Values parts;
  for (const json::value* value : values) {
    if (!value->is_object()) continue;
    const json::value* part = member(value->get_object(), place.part != nullptr ? place.part->name : "value");
    if (part != nullptr && !part->is_null()) parts.push_back(part);
  }
  return parts;
}

const Attribute* kind_of(const Place& place) {
  if (place.part != nullptr) return place.part;
  return place.attribute != nullptr && place.attribute->type == Type::complex ? place.attribute->part("value") : place.attribute;
}

template <class T>
bool in_order(Operator op, const T& left, const T& right) {
  switch (op) {
    case Operator::eq: return left == right;
    case Operator::ne: return left != right;
    case Operator::gt: return left > right;
    case Operator::ge: return left >= right;
    case Operator::lt: return left < right;
    case Operator::le: return left <= right;
    default: return false;
  }
}

bool compares(Operator op, std::string_view left, std::string_view right) {
  switch (op) {
    case Operator::co: return left.find(right) != std::string_view::npos;
    case Operator::sw: return left.starts_with(right);
    case Operator::ew: return left.ends_with(right);
    default: return in_order(op, left, right);
  }
}

bool fits(const FilterNode& node, const Attribute* attribute, const json::value& value) {
  if (const bool* yes = std::get_if<bool>(&node.literal)) return value.is_bool() ? in_order(node.comparison, value.get_bool(), *yes) : node.comparison == Operator::ne;
  if (std::holds_alternative<double>(node.literal)) return node.comparison == Operator::ne;  // nothing here is a number
  const auto* text = std::get_if<std::string>(&node.literal);
  if (text == nullptr || !value.is_string()) return node.comparison == Operator::ne;
  const std::string_view have = view(value.get_string());
  if (attribute != nullptr && attribute->type == Type::date_time) {
    const auto left = parse_instant(have);
    const auto right = parse_instant(*text);
    if (left && right) return in_order(node.comparison, *left, *right);
  }
  if (attribute != nullptr && attribute->is(Attribute::case_exact)) return compares(node.comparison, have, *text);
  return compares(node.comparison, access::folded(have), node.folded);
}

bool is_present(const json::value& value) {
  if (value.is_string()) return !value.get_string().empty();
  if (value.is_object()) return !value.get_object().empty();
  return !value.is_null();
}

bool holds(const FilterNode& node, const json::object& object) {
  switch (node.kind) {
    case Kind::all: return std::all_of(node.parts.begin(), node.parts.end(), [&](const FilterNode& part) { return holds(part, object); });
    case Kind::any: return std::any_of(node.parts.begin(), node.parts.end(), [&](const FilterNode& part) { return holds(part, object); });
    case Kind::negated: return !holds(node.parts.front(), object);
    case Kind::within: {
      const Values values = values_of(object, node.place);
      return std::any_of(values.begin(), values.end(), [&](const json::value* value) {
        return value->is_object() &&
               std::all_of(node.parts.begin(), node.parts.end(), [&](const FilterNode& part) { return holds(part, value->get_object()); });
      });
    }
    case Kind::compare: break;
  }
  if (node.comparison == Operator::pr) {
    const Values values = node.place.part != nullptr ? compared(object, node.place) : node.place.is_unknown_part ? Values{} : values_of(object, node.place);
    return std::any_of(values.begin(), values.end(), [](const json::value* value) { return is_present(*value); });
  }
  const Values values = compared(object, node.place);
  if (std::holds_alternative<std::monostate>(node.literal)) return values.empty() == (node.comparison == Operator::eq);
  if (values.empty()) return node.comparison == Operator::ne;
  const Attribute* attribute = kind_of(node.place);
  return std::any_of(values.begin(), values.end(), [&](const json::value* value) { return fits(node, attribute, *value); });
}

bool says(const FilterNode& node, std::string_view attribute) {
  if (node.place.attribute != nullptr && node.place.attribute->name == attribute) return true;
  return std::any_of(node.parts.begin(), node.parts.end(), [&](const FilterNode& part) { return says(part, attribute); });
}

bool add_terms(const FilterNode& node, Filter::Terms& terms) {
  if (node.kind == Kind::all) return std::all_of(node.parts.begin(), node.parts.end(), [&](const FilterNode& part) { return add_terms(part, terms); });
  if (node.kind != Kind::compare || node.comparison != Operator::eq || node.place.attribute == nullptr) return false;
  if (const auto* text = std::get_if<std::string>(&node.literal)) {
    terms.emplace_back(node.place.attribute, json::value(*text));
  } else if (const bool* yes = std::get_if<bool>(&node.literal)) {
    terms.emplace_back(node.place.attribute, json::value(*yes));
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool Filter::matches(const json::object& resource) const { return holds(*m_root, resource); }

bool Filter::mentions(std::string_view attribute) const { return says(*m_root, attribute); }

std::optional<std::pair<std::string, std::string>> Filter::only_equals() const {
  const FilterNode& node = *m_root;
  if (node.kind != Kind::compare || node.comparison != Operator::eq || node.place.attribute == nullptr || node.place.is_unknown_part) return std::nullopt;
  const auto* text = std::get_if<std::string>(&node.literal);
  if (text == nullptr) return std::nullopt;
  std::string name(node.place.attribute->name);
  if (node.place.attribute->type == Type::complex) name += "." + std::string(node.place.part != nullptr ? node.place.part->name : "value");
  return std::pair(std::move(name), *text);
}

Filter::Terms Filter::terms() const {
  Terms terms;
  return add_terms(*m_root, terms) ? terms : Terms{};
}

}  // namespace waymark::org::scim
