/// Filters of RFC 7644, section 3.4.2.2: all operators, and, or, not, grouping, and filters of the values of an attribute.
///
///     userName eq "ada@example.org" and (emails[type eq "work"].value ew "example.org" or not (title pr))
///
/// Attributes that are not kept have no value. Text is compared as the schema says, with or without regard to case. Of several values one that fits is
/// enough. `ne` also fits where there is no value.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "org/scim/json.hpp"
#include "org/scim/path.hpp"
#include "org/scim/refusal.hpp"

namespace waymark::org::scim {

struct FilterNode;

/// Immutable.
class Filter {
 public:
  static constexpr std::size_t longest = 4'000;  ///< bytes
  static constexpr int deepest = 32;
  static constexpr int most_comparisons = 200;

  /// invalidFilter, with the place where it cannot be read.
  [[nodiscard]] static Answer<Filter> parse(std::string_view text, const ResourceType& type);
  /// What stands between the brackets of `emails[…]`.
  [[nodiscard]] static Answer<Filter> parse_within(std::string_view text, const ResourceType& type, const Attribute& attribute);

  /// A resource, or with parse_within one of the values.
  [[nodiscard]] bool matches(const boost::json::object& resource) const;

  /// Of `userName eq "x"` alone: the attribute (`emails.value`, `userName`) and the text.
  [[nodiscard]] std::optional<std::pair<std::string, std::string>> only_equals() const;
  [[nodiscard]] bool mentions(std::string_view attribute) const;
  /// Of `type eq "work" and primary eq true`: what a value would have to say. Empty where that is not said so.
  using Terms = std::vector<std::pair<const Attribute*, boost::json::value>>;
  [[nodiscard]] Terms terms() const;

 private:
  std::shared_ptr<const FilterNode> m_root;
};

/// A path of a patch: `emails[type eq "work"].value`, `members[value eq "…"]`, `name.givenName`.
struct PatchPath {
  Place place = {};
  std::optional<Filter> filter = {};
};
/// invalidPath, or invalidFilter.
[[nodiscard]] Answer<PatchPath> parse_patch_path(std::string_view text, const ResourceType& type);

}  // namespace waymark::org::scim
