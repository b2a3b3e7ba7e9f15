#include "importer/html_left_out.hpp"

#include <algorithm>

#include <gumbo.h>

#include "base/text.hpp"
#include "importer/html_navigation.hpp"
#include "importer/text_marks.hpp"

namespace waymark::importer {

void collect_left_out(const GumboNode* node, std::string_view reason, std::size_t first_line, std::vector<HtmlBlocks::LeftOut>& left_out) {
  if (is_html_text(node)) {
    const std::string words = collapse_white_space(node->v.text.text);
    if (!has_letters(words)) return;
    const std::size_t at = first_line + std::max(1U, node->v.text.start_pos.line) - 1;
    // Words of one line are one thing: "Software <span>Engineer</span>".
    if (!left_out.empty() && left_out.back().last_line == at && left_out.back().reason == reason) {
      left_out.back().text += " " + words;
    } else {
      left_out.push_back({words, reason, at, at});
    }
    return;
  }
  const auto tag = html_tag_number(node);
  if (tag == static_cast<int>(GUMBO_TAG_SCRIPT) || tag == static_cast<int>(GUMBO_TAG_STYLE)) return;
  for (const GumboNode* child : html_children(node)) collect_left_out(child, reason, first_line, left_out);
}

void collect_links(const GumboNode* node, std::vector<std::string>& links) {
  if (html_tag_number(node) == static_cast<int>(GUMBO_TAG_A)) {
    if (const std::string_view href = html_attribute(node, "href"); !href.empty()) links.emplace_back(href);
  }
  for (const GumboNode* child : html_children(node)) collect_links(child, links);
}

}  // namespace waymark::importer
