#include "markup/yaml_scalar.hpp"

#include <algorithm>

namespace waymark::markup {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

std::size_t end_of_line(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

std::optional<std::size_t> end_of_quoted(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 == text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return std::nullopt;
}

std::size_t end_of_block(std::string_view text, std::size_t begin, int parent_column) {
  std::size_t end = end_of_line(text, begin);
  std::size_t indentation = 0;
  for (std::size_t at = end + 1; at < text.size();) {
    const std::size_t line_end = end_of_line(text, at);
    const std::size_t first = text.find_first_not_of(' ', at);
    const bool is_blank = first == std::string_view::npos || first >= line_end;
    if (!is_blank) {
      const std::size_t column = first - at;
      if (indentation == 0) indentation = std::max(column, static_cast<std::size_t>(parent_column + 1));
      if (column < indentation) break;
      end = line_end;
      // At the root there may be no indentation: then everything belongs to it.
      if (indentation == 0) return text.size();
    }
    at = line_end + 1;
  }
  return end;
}

std::size_t end_of_plain(std::string_view text, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  std::size_t read = 0;
  while (read < value.size() && at < text.size()) {
    if (is_space(text[at])) {
      std::size_t after = at;
      while (after < text.size() && is_space(text[after])) ++after;
      if (text.substr(at, after - at).find('\n') != std::string_view::npos) {
        // A line break is a space in the value, empty lines are line breaks.
        while (read < value.size() && is_space(value[read])) ++read;
        at = after;
        continue;
      }
    }
    if (text[at] != value[read]) break;
    ++at;
    ++read;
  }
  return at;
}

}  // namespace

std::optional<std::size_t> end_of_scalar(std::string_view text, std::size_t begin, std::string_view value, int parent_column) {
  if (begin >= text.size()) return text.size();
  switch (text[begin]) {
    case '"':
    case '\'': return end_of_quoted(text, begin);
    case '|':
    case '>': return end_of_block(text, begin, parent_column);
    default: return end_of_plain(text, begin, value);
  }
}

}  // namespace waymark::markup
