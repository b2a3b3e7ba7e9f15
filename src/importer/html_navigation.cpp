#include "importer/html_navigation.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include <gumbo.h>

#include "base/text.hpp"
#include "importer/block_reader.hpp"

namespace waymark::importer {
namespace {

GumboTag tag_of(const GumboNode* node) { return static_cast<GumboTag>(html_tag_number(node)); }

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (!white && !in_word) ++count;
    in_word = !white;
  }
  return count;
}

struct Shares {
  std::size_t words = 0;
  std::size_t in_links = 0;  ///< that lead inside the site
  std::size_t links = 0;
  bool has_heading = false;
};

void count(const GumboNode* node, bool in_link, Shares& shares) {
  if (is_html_text(node)) {
    const std::size_t words = count_words(node->v.text.text);
    shares.words += words;
    if (in_link) shares.in_links += words;
    return;
  }
  const GumboTag tag = tag_of(node);
  if (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE) return;
  if (tag == GUMBO_TAG_A && is_internal_link(html_attribute(node, "href"))) {
    in_link = true;
    ++shares.links;
  }
  if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6) shares.has_heading = true;
  for (const GumboNode* child : html_children(node)) count(child, in_link, shares);
}

Shares shares_of(const GumboNode* node) {
  Shares shares;
  count(node, false, shares);
  return shares;
}

/// A word of the element's id, classes or role: "left-nav" has "nav".
bool is_called(const GumboNode* node, std::initializer_list<std::string_view> names) {
  for (const char* attribute : {"id", "class", "role"}) {
    std::string word;
    for (const char c : to_lower_ascii(html_attribute(node, attribute)) + " ") {
      if (c >= 'a' && c <= 'z') {
        word += c;
        continue;
      }
      if (std::find(names.begin(), names.end(), word) != names.end()) return true;
      word.clear();
    }
  }
  return false;
}

void find_tag(const GumboNode* node, GumboTag tag, std::vector<const GumboNode*>& found) {
  if (tag_of(node) == tag) found.push_back(node);
  for (const GumboNode* child : html_children(node)) find_tag(child, tag, found);
}

}  // namespace

HtmlChildren html_children(const GumboNode* node) {
  if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return {};
  const GumboVector& children = node->v.element.children;
  const auto* const* first = reinterpret_cast<const GumboNode* const*>(children.data);
  return {first, first + children.length};
}

bool is_html_text(const GumboNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}

int html_tag_number(const GumboNode* node) {
  const bool is_element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
  return static_cast<int>(is_element ? node->v.element.tag : GUMBO_TAG_UNKNOWN);
}

std::string_view html_attribute(const GumboNode* node, const char* name) {
  if (node->type != GUMBO_NODE_ELEMENT) return {};
  const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

std::string html_words(const GumboNode* node) {
  if (is_html_text(node)) return node->v.text.text;
  std::string words;
  for (const GumboNode* child : html_children(node)) words += html_words(child);
  return words;
}

bool html_contains(const GumboNode* above, const GumboNode* below) {
  for (const GumboNode* at = below; at != nullptr; at = at->parent) {
    if (at == above) return true;
  }
  return false;
}

const GumboNode* main_part(const GumboNode* root) {
  std::vector<const GumboNode*> found;
  find_tag(root, GUMBO_TAG_MAIN, found);
  if (found.empty()) find_tag(root, GUMBO_TAG_ARTICLE, found);
  if (found.size() != 1) return nullptr;
  const Shares all = shares_of(root);
  const Shares inside = shares_of(found.front());
  const std::size_t unlinked = all.words - all.in_links;
  return 2 * (inside.words - inside.in_links) >= unlinked ? found.front() : nullptr;
}

std::optional<std::string_view> reason_to_leave_out(const GumboNode* node) {
  const GumboTag tag = tag_of(node);
  if (tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE) return std::nullopt;
  const bool is_box = tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_NAV ||
                      tag == GUMBO_TAG_ASIDE || tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_HEADER || tag == GUMBO_TAG_FORM || tag == GUMBO_TAG_P ||
                      tag == GUMBO_TAG_TABLE;
  if (!is_box) return std::nullopt;
  if (tag == GUMBO_TAG_FOOTER || is_called(node, {"contentinfo"})) return "a footer of the page";
  const Shares shares = shares_of(node);
  if (shares.words == 0) return std::nullopt;
  const bool mostly_links = shares.links >= 2 && 2 * shares.in_links >= shares.words;
  if (tag == GUMBO_TAG_NAV || is_called(node, {"navigation", "breadcrumb", "breadcrumbs"})) return "navigation";
  if (tag == GUMBO_TAG_HEADER && !shares.has_heading) return "a header of the site";
  const bool called_so =
      is_called(node, {"nav", "navbar", "toc", "sidebar", "menu", "pagination", "pager", "topbar", "header", "banner", "contents"});
  if ((called_so || tag == GUMBO_TAG_ASIDE || tag == GUMBO_TAG_HEADER) && mostly_links) return "navigation";
  if (is_called(node, {"footer", "cookie", "cookies", "copyright"}) && !shares.has_heading && shares.words < 200) return "a footer of the page";
  if (shares.links >= 4 && 10 * shares.in_links >= 9 * shares.words) return "navigation";
  return std::nullopt;
}

}  // namespace waymark::importer
