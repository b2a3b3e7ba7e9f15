/// Names of attributes as filters, patches and the parameters of a request write them: `userName`, `name.givenName`,
/// `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value`.
#pragma once

#include <optional>
#include <string_view>

#include "org/scim/schema.hpp"

namespace waymark::org::scim {

struct Place {
  bool in_extension = false;
  const Attribute* attribute = nullptr;  ///< nullptr: one that is not kept, or the whole extension
  const Attribute* part = nullptr;
  bool is_whole_extension = false;
  bool is_unknown_part = false;          ///< the attribute is kept, this part of it is not

  [[nodiscard]] bool is_known() const { return (attribute != nullptr && !is_unknown_part) || is_whole_extension; }
};

/// Nothing where it is no name of an attribute. A well-formed name of something that is not kept gives a Place that is not known.
[[nodiscard]] std::optional<Place> read_place(std::string_view text, const ResourceType& type);

/// Whether `c` may stand in such a name.
[[nodiscard]] bool is_of_name(char c);

}  // namespace waymark::org::scim
