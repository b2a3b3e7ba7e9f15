/// Bodies as directories send them → resources that say what is kept, in the schema's own spelling.
///
/// Names are found whatever the case of their letters. What is not kept is dropped. Null and the empty text mean that there is no value. "True" and "False"
/// stand for true and false; one value stands for a list of one; a text stands for a value with parts ("manager": "…").
#pragma once

#include <string_view>

#include "org/scim/json.hpp"
#include "org/scim/path.hpp"
#include "org/scim/refusal.hpp"

namespace waymark::org::scim {

inline constexpr std::size_t longest_body = 1u << 20;
inline constexpr std::size_t longest_text = 1'000;  ///< bytes of one value
inline constexpr std::size_t most_values = 20'000;  ///< of one attribute

/// An object. invalidSyntax for what is none, is too deep (32) or too long (413).
[[nodiscard]] Answer<boost::json::object> read_body(std::string_view body);

/// What is kept of a resource, without what only Waymark may say. invalidValue for a value that cannot be one.
[[nodiscard]] Answer<boost::json::object> kept_of(const boost::json::object& sent, const ResourceType& type);

/// One attribute, or with `place.part` one part: as it stands in a resource, of several a list. Null where there is none.
[[nodiscard]] Answer<boost::json::value> kept_value(const Attribute& attribute, const boost::json::value& sent);

/// Whatever the case of its letters.
[[nodiscard]] const boost::json::value* find_member(const boost::json::object& object, std::string_view name);

}  // namespace waymark::org::scim
