#include "cli/excerpt.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/page.hpp"

namespace waymark::cli {
namespace {

/// The characters of a line; what a tab would do to the caret is avoided by showing it as a space.
std::vector<std::string> characters_of(std::string_view line) {
  std::vector<std::string> characters;
  while (!line.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_sequence_length(line), 1);
    const std::string_view character = line.substr(0, length);
    characters.push_back(character == "\t" ? std::string(" ") : printable(character));
    line.remove_prefix(length);
  }
  return characters;
}

}  // namespace

std::string excerpt(const SourceText& source, const Span& span, int columns, bool colour) {
  if (span.begin.line < 1 || span.begin.line > source.line_count() || source.line(span.begin.line).empty()) return {};
  const std::vector<std::string> characters = characters_of(source.line(span.begin.line));
  const std::size_t begin = std::min(span.begin.column - 1, characters.size());
  const bool one_line = span.end.line == span.begin.line;
  const std::size_t end = std::clamp(one_line ? span.end.column - 1 : characters.size(), std::min(begin + 1, characters.size()), characters.size());

  const std::string number = fmt::format("{:>4}", span.begin.line);
  const auto room = static_cast<std::size_t>(std::max(columns - display_width(number) - 5, 20));
  // A window that holds the place, with some of what stands before it.
  const std::size_t from = characters.size() <= room || begin < room / 2 ? 0 : begin - room / 4;
  std::string text = from > 0 ? "…" : "";
  std::string below = from > 0 ? " " : "";
  int used = display_width(text);
  for (std::size_t i = from; i < characters.size(); ++i) {
    const int width = display_width(characters[i]);
    if (static_cast<std::size_t>(used + width) >= room && i + 1 < characters.size()) {
      text += "…";
      break;
    }
    text += characters[i];
    below.append(static_cast<std::size_t>(width), i >= begin && i < end ? '^' : ' ');
    used += width;
  }
  if (begin >= characters.size()) below += '^';
  below.erase(below.find_last_not_of(' ') + 1);
  const std::string bar = inked("|", Ink::faint, colour);
  return fmt::format("{} {} {}\n{} {} {}\n", inked(number, Ink::faint, colour), bar, text, std::string(number.size(), ' '), bar,
                     inked(below, Ink::error, colour));
}

}  // namespace waymark::cli
