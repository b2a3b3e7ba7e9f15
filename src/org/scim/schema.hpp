/// What users and groups are made of: the one table that the discovery, the filters, the patches and the resources go by. It lists what is kept;
/// whatever else a directory sends (phone numbers, addresses, photos, departments, cost centres) is accepted and dropped.
#pragma once

#include <span>
#include <string_view>

namespace waymark::org::scim {

inline constexpr std::string_view user_urn = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view group_urn = "urn:ietf:params:scim:schemas:core:2.0:Group";
inline constexpr std::string_view enterprise_urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

struct Attribute {
  enum class Type { text, boolean, date_time, reference, complex };
  enum Trait : unsigned {
    none = 0,
    multi = 1,        ///< holds several
    required = 2,
    case_exact = 4,
    read_only = 8,
    unique = 16,      ///< uniqueness "server"
    always = 32,      ///< returned "always"
    common = 64,      ///< of every resource; not listed in a schema
  };
  std::string_view name;
  Type type = Type::text;
  unsigned traits = none;
  std::string_view description = {};
  std::span<const Attribute> parts = {};
  std::string_view referred = {};  ///< of a reference: the type of what it leads to

  [[nodiscard]] constexpr bool is(Trait trait) const { return (traits & trait) != 0; }
  [[nodiscard]] const Attribute* part(std::string_view called) const;  ///< whatever the case of its letters
};

struct Schema {
  std::string_view urn, name, description;
  std::span<const Attribute> attributes;
};

struct ResourceType {
  std::string_view name;      ///< "User"
  std::string_view endpoint;  ///< "/Users"
  std::string_view description;
  const Schema* core;
  const Schema* extension;  ///< nullptr without one

  /// Of the core schema or common to all; whatever the case of its letters.
  [[nodiscard]] const Attribute* find(std::string_view called) const;
};

[[nodiscard]] const ResourceType& user_type();
[[nodiscard]] const ResourceType& group_type();

[[nodiscard]] const Attribute* find_in(std::span<const Attribute> attributes, std::string_view called);
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);  ///< without regard to the case of ASCII letters

}  // namespace waymark::org::scim
