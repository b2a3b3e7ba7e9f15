/// The id an author gives a heading, as MkDocs, Hugo and Docusaurus read it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace waymark::markup {

struct HeadingId {
  std::string_view id;    ///< a view into the heading
  std::size_t begin = 0;  ///< where the heading's text ends that is shown: before the brace and the space before it
};

/// `{#id}` at the end, also `{: #id }` and among other attributes (`{.class #id key="value"}`, the last id counts). An id is a letter, then
/// letters, digits, `_`, `.`, `:` or `-`. Anything else is none, and stays text.
[[nodiscard]] std::optional<HeadingId> heading_id(std::string_view heading);

}  // namespace waymark::markup
