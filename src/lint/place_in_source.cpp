#include "lint/place_in_source.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace waymark::lint {
namespace {

constexpr std::string_view white_space = " \t\n";

bool is_space(char c) { return white_space.find(c) != std::string_view::npos; }

std::size_t offset_of(const SourceText& source, const Position& position) {
  if (position.line > source.line_count()) return source.text().size();
  const std::string_view line = source.line(position.line);
  std::size_t at = 0;
  for (std::size_t column = 1; column < position.column && at < line.size(); ++column)
    at += std::max<std::size_t>(utf8_sequence_length(line.substr(at)), 1);
  return source.line_start(position.line) + at;
}

/// Walks source and plain text together. What the source has and the plain text has not is markup: markers, link targets, escapes.
class SideBySide {
 public:
  SideBySide(std::string_view source, std::string_view plain) : m_source(source), m_plain(plain) {}

  /// Offset in the source of the plain text's byte `wanted`, which must not decrease from call to call.
  std::optional<std::size_t> reach(std::size_t wanted) {
    while (m_at_plain < wanted || !stands_on_match()) {
      if (m_at_plain >= m_plain.size()) return m_at_source;
      if (stands_on_match()) {
        step_together();
      } else if (!skip()) {
        return std::nullopt;
      }
    }
    return m_at_source;
  }
  /// Offset behind the plain text's byte before `wanted`.
  std::optional<std::size_t> reach_behind(std::size_t wanted) {
    while (m_at_plain < wanted) {
      if (stands_on_match()) {
        step_together();
      } else if (!skip()) {
        return std::nullopt;
      }
    }
    return m_at_source;
  }

 private:
  [[nodiscard]] bool stands_on_match() const {
    if (m_at_plain >= m_plain.size() || m_at_source >= m_source.size()) return false;
    if (m_source.substr(m_at_source).starts_with("](")) return false;
    if (is_entity(m_source.substr(m_at_source, 12))) return false;
    const char plain = m_plain[m_at_plain];
    const char source = m_source[m_at_source];
    if (source == '\\' && m_at_source + 1 < m_source.size() && m_source[m_at_source + 1] == plain) return false;
    return is_space(plain) ? is_space(source) : plain == source;
  }

  void step_together() {
    if (is_space(m_plain[m_at_plain])) {
      while (m_at_plain < m_plain.size() && is_space(m_plain[m_at_plain])) ++m_at_plain;
      const bool line_ended = skip_spaces();
      if (line_ended) skip_line_markers();
    } else {
      ++m_at_plain;
      ++m_at_source;
    }
  }

  bool skip_spaces() {
    bool line_ended = false;
    while (m_at_source < m_source.size() && is_space(m_source[m_at_source])) line_ended |= m_source[m_at_source++] == '\n';
    return line_ended;
  }

  /// `>` of a quote that goes on.
  void skip_line_markers() {
    while (m_at_source < m_source.size() && (m_source[m_at_source] == '>' || m_source[m_at_source] == ' ')) {
      if (m_at_plain < m_plain.size() && m_plain[m_at_plain] == m_source[m_at_source]) return;
      ++m_at_source;
    }
  }

  bool skip() {
    if (m_at_source >= m_source.size()) return false;
    const std::string_view rest = m_source.substr(m_at_source);
    if (rest.starts_with("](")) {
      const std::size_t close = rest.find(')');
      if (close == std::string_view::npos) return false;
      m_at_source += close + 1;
      return true;
    }
    if (rest.front() == '<' && rest.size() > 1) {
      const std::string_view closing = rest.starts_with("<!--") ? "-->" : ">";
      const std::size_t close = rest.find(closing);
      // An address between angle brackets is text; tags and comments are not.
      const bool is_tag =
          close != std::string_view::npos && (rest.starts_with("<!--") || rest.substr(0, close).find_first_of(":@") == std::string_view::npos ||
                                              rest.substr(0, close).find('=') != std::string_view::npos);
      m_at_source += is_tag ? close + closing.size() : 1;
      return true;
    }
    if (rest.front() == '&') {
      const std::size_t semicolon = rest.find(';');
      if (semicolon == std::string_view::npos || semicolon > 10) return false;
      m_at_source += semicolon + 1;
      if (m_at_plain < m_plain.size()) m_at_plain += std::max<std::size_t>(utf8_sequence_length(m_plain.substr(m_at_plain)), 1);
      return true;
    }
    if (std::string_view("*_`[]!~<>#|\\-+:. \t\n").find(rest.front()) == std::string_view::npos && !is_digit(rest.front())) return false;
    ++m_at_source;
    return true;
  }

  /// `&amp;`, `&#8211;`.
  static bool is_entity(std::string_view text) {
    const std::size_t semicolon = text.find(';');
    return text.starts_with('&') && semicolon != std::string_view::npos && semicolon > 1 &&
           text.substr(0, semicolon).find(' ') == std::string_view::npos;
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  std::string_view m_source;
  std::string_view m_plain;
  std::size_t m_at_source = 0;
  std::size_t m_at_plain = 0;
};

}  // namespace

Span place_in_source(const SourceText& source, const Span& block, std::string_view plain, std::size_t begin, std::size_t end) {
  if (begin == 0 && end >= plain.size()) return block;
  const std::size_t from = offset_of(source, block.begin);
  const std::size_t to = std::max(from, offset_of(source, block.end));
  SideBySide walk(source.text().substr(from, to - from), plain);
  const std::optional<std::size_t> first = walk.reach(begin);
  const std::optional<std::size_t> last = first ? walk.reach_behind(end) : std::nullopt;
  return first && last && *first < *last ? source.span(from + *first, from + *last) : block;
}

}  // namespace waymark::lint
