#include "markup/yaml_builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "markup/yaml_scalar.hpp"

namespace waymark::markup {

std::optional<std::size_t> YamlBuilder::open_offset() const {
  if (m_open.empty()) return std::nullopt;
  return m_open.back().offset;
}

bool YamlBuilder::expects_key() const {
  return m_passed_over == 0 && !m_open.empty() && m_open.back().node.kind == YamlNode::Kind::map && !m_open.back().has_key;
}

std::string_view YamlBuilder::first_word(std::size_t offset) const {
  const std::string_view rest = m_text.substr(std::min(offset, m_text.size()));
  return rest.substr(0, rest.find_first_of(" \t\n,:[]{}#"));
}

void YamlBuilder::check_properties(const Head& head) {
  if (!head.is_tagged) return;
  m_findings.add("yaml-tag", Severity::error, m_positions.span(head.offset, head.offset + first_word(head.offset).size()),
                 "A value that begins with ! is a tag, which is not supported here.",
                 "Put the value in quotes if the ! belongs to it, or take the tag out.");
}

void YamlBuilder::anchor(std::size_t offset) {
  m_findings.add("yaml-alias", Severity::error, m_positions.span(offset, offset + first_word(offset).size()),
                 "A value that begins with & is an anchor, which is not supported here.",
                 "Put the value in quotes if the & belongs to it; else take the anchor out and write the value where it is needed.");
}

void YamlBuilder::alias(std::size_t offset) {
  m_findings.add("yaml-alias", Severity::error, m_positions.span(offset, offset + first_word(offset).size()),
                 "A value that begins with * is an alias, which is not supported here.",
                 "Put the value in quotes if the * belongs to it; else write the value out in full.");
  if (m_passed_over > 0) return;
  if (expects_key()) {
    m_open.back().has_key = true;
  } else {
    add({});
  }
}

void YamlBuilder::refuse_key(std::size_t offset) {
  m_findings.add("yaml-key", Severity::error, m_positions.span(offset, offset + 1), "A key must be a word or a text in quotes.",
                 "Put the key in quotes.");
}

void YamlBuilder::take_key(std::string key, std::size_t begin, std::size_t end) {
  Open& open = m_open.back();
  open.has_key = true;
  open.key_end = end;
  open.entry = {};
  open.entry.key_span = m_positions.span(begin, end);
  const std::size_t line = open.entry.key_span.begin.line;
  if (const auto [known, is_new] = open.lines_of_keys.emplace(key, line); !is_new) {
    m_findings.add("yaml-duplicate-key", Severity::error, open.entry.key_span,
                   fmt::format("The key \"{}\" is here a second time; it stands on line {} already.", key, known->second), "Keep one of the two.");
  }
  open.entry.key = std::move(key);
}

void YamlBuilder::null(std::size_t offset) {
  if (m_passed_over > 0) return;
  const std::string_view word = first_word(offset);
  const bool is_written = word == "~" || word == "null" || word == "Null" || word == "NULL";
  if (expects_key()) {
    refuse_key(offset);
    m_open.back().has_key = true;
    return;
  }
  // A value that is not there stands behind its key; yaml-cpp gives the place of what follows.
  const bool has_key = !m_open.empty() && m_open.back().node.kind == YamlNode::Kind::map;
  const std::size_t least = has_key ? m_open.back().key_end : 0;
  const std::size_t begin = !is_written && has_key ? least : std::max(offset, least);
  const std::size_t end = is_written ? begin + word.size() : begin;
  YamlNode node;
  node.span = m_positions.span(begin, end);
  m_reached = std::max(m_reached, end);
  add(std::move(node));
}

void YamlBuilder::scalar(const Head& head, const std::string& value) {
  check_properties(head);
  if (m_passed_over > 0) return;
  const int column = m_open.empty() ? -1 : m_open.back().column;
  const auto known_end = end_of_scalar(m_text, head.offset, value, column);
  if (!known_end) {
    // yaml-cpp takes the end of the file for the missing quote.
    m_findings.add("yaml-syntax", Severity::error, m_positions.span(head.offset, head.offset + 1), "This quote is never closed.",
                   "Close it, or double it if it belongs to the text.");
  }
  const std::size_t end = known_end.value_or(m_text.size());
  m_reached = std::max(m_reached, end);
  const char first = head.offset < m_text.size() ? m_text[head.offset] : ' ';
  // yaml-cpp writes the escapes \N and \_ as Latin-1, and \0 as it is; only double quotes have escapes.
  if (first == '"' && (!is_valid_utf8(value) || value.find('\0') != std::string::npos)) {
    m_findings.add("yaml-syntax", Severity::error, m_positions.span(head.offset, end), "The escapes \\0, \\N and \\_ cannot be used.",
                   "Write the character itself.");
  }
  if (expects_key()) {
    take_key(value, head.offset, end);
    return;
  }
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.scalar = value;
  node.quoted = first == '"' || first == '\'' || first == '|' || first == '>';
  node.span = m_positions.span(head.offset, end);
  add(std::move(node));
}

void YamlBuilder::begin_container(YamlNode::Kind kind, const Head& head) {
  check_properties(head);
  m_reached = std::max(m_reached, head.offset);
  if (m_passed_over > 0) {
    ++m_passed_over;
    return;
  }
  if (expects_key()) {
    refuse_key(head.offset);
    m_open.back().has_key = true;
    m_passes_key = true;
    ++m_passed_over;
    return;
  }
  if (m_open.size() == most_yaml_nesting) {
    m_findings.add("yaml-nesting", Severity::error, m_positions.span(head.offset, head.offset + 1),
                   "Lists and maps are nested more than 32 deep here.", "Make the nesting shallower.");
    ++m_passed_over;
    return;
  }
  Open open;
  open.node.kind = kind;
  open.offset = head.offset;
  open.node.span = m_positions.span(head.offset, std::min(m_text.size(), head.offset + 1));
  const std::size_t line_start = m_source.line_start(open.node.span.begin.line);
  open.column = static_cast<int>(head.offset - std::min(head.offset, line_start));
  m_open.push_back(std::move(open));
}

void YamlBuilder::end_container() {
  if (m_passed_over > 0) {
    if (--m_passed_over > 0) return;
    if (!std::exchange(m_passes_key, false)) add({});
    return;
  }
  YamlNode node = std::move(m_open.back().node);
  m_open.pop_back();
  add(std::move(node));
}

void YamlBuilder::add(YamlNode value) {
  if (m_open.empty()) {
    m_root = std::move(value);
    return;
  }
  Open& open = m_open.back();
  if (open.node.kind == YamlNode::Kind::sequence) {
    open.node.items.push_back(std::move(value));
    return;
  }
  open.has_key = false;
  open.entry.value = std::move(value);
  open.node.entries.push_back(std::move(open.entry));
  open.entry = {};
  open.key_end = 0;
}

}  // namespace waymark::markup
