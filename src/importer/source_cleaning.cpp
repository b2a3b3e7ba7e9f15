#include "importer/source_cleaning.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t longest_tag = 1000;

struct Delimiters {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Delimiters, 4> tag_forms{{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{{", "}}"}}};

struct Tag {
  std::string words;
  std::string link;
};

bool one_of(std::string_view word, const std::vector<std::string_view>& words) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// name key="value" key='value' "positional" …
Tag read_tag(std::string_view inside) {
  Tag tag;
  const std::size_t name_end = inside.find_first_of(" \t\n");
  const std::string_view name = inside.substr(0, name_end);
  const bool is_reference = one_of(name, {"ref", "relref", "link", "url", "doc"});
  for (std::size_t at = 0; (at = inside.find_first_of("\"'`", at)) != std::string_view::npos;) {
    const std::size_t end = inside.find(inside[at], at + 1);
    if (end == std::string_view::npos) break;
    const std::string_view value = trim(inside.substr(at + 1, end - at - 1));
    std::string_view key;
    if (at > 0 && inside[at - 1] == '=') {
      const std::size_t from = inside.find_last_of(" \t\n", at - 1);
      key = inside.substr(from + 1, at - 2 - from);
    }
    if (one_of(key, {"link", "href", "url", "to"}) || (key.empty() && is_reference)) {
      tag.link = value;
    } else if (one_of(key, {"title", "subtitle", "text", "label", "caption", "summary", "content", "header", "heading"}) ||
               (key.empty() && value.find(' ') != std::string_view::npos)) {
      tag.words += (tag.words.empty() ? "" : " ") + collapse_white_space(value);
    }
    at = end + 1;
  }
  return tag;
}

class Cleaner {
 public:
  explicit Cleaner(const SourceText& source) : m_source(source) {}

  CleanedSource clean() {
    take_out_tags();
    take_out_line_markers();
    return std::move(m_cleaned);
  }

 private:
  void take_out_tags() {
    const std::string_view text = m_source.text();
    std::size_t from = 0;
    for (std::size_t at = 0; (at = text.find('{', at)) != std::string_view::npos;) {
      const std::optional<std::pair<std::string_view, std::size_t>> found = tag_at(at);
      if (!found) {
        ++at;
        continue;
      }
      m_cleaned.text += text.substr(from, at - from);
      replace_tag(found->first, at);
      at = from = found->second;
    }
    m_cleaned.text += text.substr(from);
  }

  /// What stands inside the tag that opens here, and where it ends.
  [[nodiscard]] std::optional<std::pair<std::string_view, std::size_t>> tag_at(std::size_t at) const {
    const std::string_view text = m_source.text().substr(at, longest_tag);
    for (const Delimiters& form : tag_forms) {
      if (!text.starts_with(form.open)) continue;
      const std::size_t close = text.find(form.close, form.open.size());
      const std::string_view before_close = text.substr(form.open.size(), close == std::string_view::npos ? 0 : close - form.open.size());
      const bool is_open_only = close == std::string_view::npos || before_close.find("\n\n") != std::string_view::npos ||
                                before_close.find("{{") != std::string_view::npos || before_close.find("{%") != std::string_view::npos;
      if (is_open_only) return std::nullopt;
      return std::pair(trim(text.substr(form.open.size(), close - form.open.size())), at + close + form.close.size());
    }
    return std::nullopt;
  }

  void replace_tag(std::string_view inside, std::size_t at) {
    const Tag tag = inside.starts_with('/') ? Tag{} : read_tag(inside);
    if (!tag.link.empty()) {
      m_cleaned.removed.push_back({m_source.position(at).line, tag.words, tag.link});
    } else if (m_source.text().substr(at, 2) == "{{" && std::string_view("<%").find(m_source.text()[at + 2]) == std::string_view::npos) {
      m_cleaned.removed.push_back({m_source.position(at).line, fmt::format("{{{{ {} }}}}", collapse_white_space(inside)), {}});
    } else if (!tag.words.empty()) {
      m_cleaned.text += "**" + tag.words + "**";
    }
    m_cleaned.text.append(static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '\n')), '\n');
  }

  void take_out_line_markers() {
    std::string result;
    bool in_admonition = false;
    bool in_code = false;
    const std::string text = std::move(m_cleaned.text);
    const std::vector<std::string_view> lines = split(text, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string_view line = lines[i];
      const std::string_view words = trim(line);
      if (words.starts_with("```") || words.starts_with("~~~")) in_code = !in_code;
      if (in_admonition && !words.empty() && !line.starts_with("    ")) in_admonition = false;
      if (in_code) {
        result += line;
      } else if (words.starts_with(":::")) {
        result += after_kind(words.substr(3));
      } else if (words.starts_with("!!! ") || words.starts_with("??? ") || words.starts_with("???+ ")) {
        in_admonition = true;
        result += replace_all(std::string(after_kind(words.substr(words.find(' ')))), "\"", "");
      } else if (!(words.starts_with("{:") && words.find('}') + 1 == words.size()) && words != "[[toc]]" && words != "[TOC]" &&
                 words != "[[_TOC_]]") {
        result += in_admonition && line.size() >= 4 ? line.substr(4) : line;
      }
      if (i + 1 < lines.size()) result += '\n';
    }
    m_cleaned.text = std::move(result);
  }

  /// "note Title of it" → "Title of it".
  static std::string_view after_kind(std::string_view words) {
    words = trim(words);
    const std::size_t space = words.find(' ');
    std::string_view rest = space == std::string_view::npos ? std::string_view() : trim(words.substr(space));
    if (rest.starts_with('[') && rest.ends_with(']')) rest = rest.substr(1, rest.size() - 2);
    return rest;
  }

  const SourceText& m_source;
  CleanedSource m_cleaned;
};

}  // namespace

CleanedSource clean_source(const SourceText& source) { return Cleaner(source).clean(); }

}  // namespace waymark::importer
