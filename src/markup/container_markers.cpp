#include "markup/container_markers.hpp"

#include <algorithm>

namespace waymark::markup {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the run of one of `-`, `_`, `*` begins that ends the line, with at least three of them: from there on it is a thematic break.
std::size_t thematic_break_begin(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t");
  if (last == std::string_view::npos) return line.size();
  const char mark = line[last];
  if (mark != '-' && mark != '_' && mark != '*') return line.size();
  std::size_t begin = last + 1;
  int count = 0;
  while (begin > 0 && (line[begin - 1] == mark || is_blank(line[begin - 1]))) count += line[--begin] == mark ? 1 : 0;
  return count >= 3 ? begin : line.size();
}

/// Length of a list marker at the start of `rest`, 0 when there is none.
std::size_t list_marker_length(std::string_view rest) {
  std::size_t length = 0;
  if (rest.front() == '-' || rest.front() == '*' || rest.front() == '+') {
    length = 1;
  } else {
    while (length < rest.size() && length < 9 && is_digit(rest[length])) ++length;
    if (length == 0 || length == rest.size() || (rest[length] != '.' && rest[length] != ')')) return 0;
    ++length;
  }
  return length == rest.size() || is_blank(rest[length]) ? length : 0;
}

}  // namespace

std::optional<std::size_t> marker_past(std::string_view line, int most) {
  // Every marker takes a character: short lines need no look.
  if (line.size() <= static_cast<std::size_t>(most)) return std::nullopt;
  std::size_t break_begin = line.size();
  int count = 0;
  for (std::size_t at = 0; at < line.size();) {
    if (is_blank(line[at])) {
      ++at;
      continue;
    }
    const std::size_t length = line[at] == '>' ? 1 : list_marker_length(line.substr(at));
    if (length == 0) return std::nullopt;
    if (count == 0) break_begin = thematic_break_begin(line);
    if (at >= break_begin) return std::nullopt;
    if (++count > most) return at;
    at += length;
  }
  return std::nullopt;
}

}  // namespace waymark::markup
