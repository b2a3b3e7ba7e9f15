/// Which parts of an HTML page are no text of it: navigation, headers and footers of the site, what stands beside the main part. For html_blocks alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

struct GumboInternalNode;

namespace waymark::importer {

/// The children of an element as a range; of anything else, none.
struct HtmlChildren {
  const GumboInternalNode* const* first = nullptr;
  const GumboInternalNode* const* last = nullptr;
  [[nodiscard]] const GumboInternalNode* const* begin() const { return first; }
  [[nodiscard]] const GumboInternalNode* const* end() const { return last; }
};
[[nodiscard]] HtmlChildren html_children(const GumboInternalNode* node);
[[nodiscard]] bool is_html_text(const GumboInternalNode* node);
/// The number of gumbo's tag, or that of an unknown one.
[[nodiscard]] int html_tag_number(const GumboInternalNode* node);
[[nodiscard]] std::string_view html_attribute(const GumboInternalNode* node, const char* name);
/// All text below.
[[nodiscard]] std::string html_words(const GumboInternalNode* node);
[[nodiscard]] bool html_contains(const GumboInternalNode* above, const GumboInternalNode* below);

/// `<main>`, or the only `<article>`, when most words of the page stand in it; nullptr otherwise.
[[nodiscard]] const GumboInternalNode* main_part(const GumboInternalNode* root);

/// Why this element with all in it is no text of the page; absent when it is.
[[nodiscard]] std::optional<std::string_view> reason_to_leave_out(const GumboInternalNode* node);

}  // namespace waymark::importer
