#include "importer/front_matter.hpp"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/titles.hpp"
#include "markup/yaml.hpp"

namespace waymark::importer {
namespace {

using markup::YamlNode;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_short_title(std::string_view key) {
  return one_of(key, {"linktitle", "sidebar_label", "sidebartitle", "nav_title", "short_title", "shorttitle", "menu_title"});
}
bool is_description(std::string_view key) { return one_of(key, {"description", "summary", "subtitle", "excerpt", "abstract"}); }
bool is_order(std::string_view key) {
  return one_of(key, {"weight", "order", "position", "sidebar_position", "nav_order", "menu_order", "rank", "level", "index", "sort", "sort_order"});
}

/// Words that a person wrote, not a setting.
bool reads_as_text(std::string_view scalar) { return std::count(scalar.begin(), scalar.end(), ' ') >= 2; }

class FrontMatterReader {
 public:
  FrontMatterReader(const SourceText& source, Document& document, OutlineBuilder& builder)
      : m_source(source), m_document(document), m_builder(builder) {}

  void read(const YamlNode& root) {
    for (const YamlNode::Entry& entry : root.entries) {
      if (entry.value.kind == YamlNode::Kind::scalar) {
        read_value(entry.key, entry.value.scalar, entry.value.span.begin.line);
      } else {
        set_aside_texts(entry.key, entry.value);
      }
    }
    finish();
  }

  /// Broken YAML: `key: value` lines are understood, the others are named.
  void read_lines(std::size_t first, std::size_t end) {
    for (std::size_t line = first; line < end; ++line) {
      const std::string_view text = m_source.line(line);
      const std::string_view words = trim(text);
      if (words.empty() || words == "---" || words == "..." || words.starts_with('#')) continue;
      const std::size_t colon = text.find(": ");
      if (colon != std::string_view::npos && text.front() != ' ' && text.front() != '\t' && text.front() != '-') {
        std::string_view value = trim(text.substr(colon + 1));
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
          value = value.substr(1, value.size() - 2);
        read_value(std::string(trim(text.substr(0, colon))), std::string(value), line);
      } else if (reads_as_text(words)) {
        m_builder.set_aside(place(line), std::string(words), "front matter that is not YAML");
      }
    }
    finish();
  }

 private:
  [[nodiscard]] SourcePlace place(std::size_t line) const { return m_builder.place(line); }

  void read_value(const std::string& key, const std::string& value, std::size_t line) {
    const std::string lower = to_lower_ascii(key);
    if (trim(value).empty()) return;
    if (lower == "title" || (lower == "name" && !m_has_title)) {
      m_has_title = true;
      m_title = value;
      m_builder.page_title(value, place(line));
    } else if (is_short_title(lower)) {
      m_short_titles.emplace_back(value, line);
    } else if (is_description(lower)) {
      m_builder.page_description(value, place(line));
    } else if (is_order(lower) && YamlNode{YamlNode::Kind::scalar, value, false, {}, {}, {}}.number()) {
      m_document.order = YamlNode{YamlNode::Kind::scalar, value, false, {}, {}, {}}.number();
    } else if ((lower == "draft" && value == "true") || (lower == "status" && value == "draft") || (lower == "published" && value == "false")) {
      m_document.is_draft = true;
    } else if (reads_as_text(value)) {
      m_builder.set_aside(place(line), value, fmt::format("“{}:” of the front matter", key));
    }
  }

  void set_aside_texts(const std::string& key, const YamlNode& node) {
    if (node.kind == YamlNode::Kind::scalar && reads_as_text(node.scalar)) {
      m_builder.set_aside(place(node.span.begin.line), collapse_white_space(node.scalar),
                          fmt::format("“{}:” of the front matter, which is data and not headings and lists", key));
    }
    for (const YamlNode& item : node.items) set_aside_texts(key, item);
    for (const YamlNode::Entry& entry : node.entries) set_aside_texts(key, entry.value);
  }

  void finish() {
    for (const auto& [title, line] : m_short_titles) {
      if (!m_has_title) {
        m_builder.page_title(title, place(line));
        m_has_title = true;
      } else {
        m_builder.set_aside(place(line), title, title_key(title) == title_key(m_title) ? "the title again" : "a shorter title, for menus");
      }
    }
  }

  const SourceText& m_source;
  Document& m_document;
  OutlineBuilder& m_builder;
  bool m_has_title = false;
  std::string m_title;
  std::vector<std::pair<std::string, std::size_t>> m_short_titles;
};

/// The line behind the closing mark, looked for without regard to what stands between; 1 when there is none.
std::size_t line_behind(const SourceText& source) {
  if (trim(source.line(1)) != "---") return 1;
  for (std::size_t line = 2; line <= source.line_count(); ++line) {
    const std::string_view words = trim(source.line(line));
    if (words == "---" || words == "...") return line + 1;
  }
  return 1;
}

}  // namespace

std::size_t read_front_matter(const SourceText& source, Document& document, OutlineBuilder& builder) {
  const markup::FrontMatter front = markup::parse_front_matter(source);
  FrontMatterReader reader(source, document, builder);
  if (front.root && front.root->kind == YamlNode::Kind::map) {
    reader.read(*front.root);
    return front.body_line;
  }
  if (!has_errors(front.findings)) return front.body_line;
  const std::size_t body_line = line_behind(source);
  for (const Finding& finding : front.findings) {
    builder.ask(fmt::format("{}:{}: {} The lines of the front matter were read one by one; is the title right?", finding.file,
                            finding.span.begin.line, finding.message));
  }
  if (body_line > 1) reader.read_lines(2, body_line - 1);
  return body_line;
}

}  // namespace waymark::importer
