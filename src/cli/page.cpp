#include "cli/page.hpp"

#include <clocale>
#include <cwchar>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::cli {
namespace {

/// REQUIRES a valid sequence of `length` bytes at the start of `text`.
char32_t code_point(std::string_view text, std::size_t length) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  if (length == 1) return byte(0);
  char32_t value = byte(0) & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) value = value << 6 | (byte(i) & 0x3Fu);
  return value;
}

/// wcwidth() knows wide and combining characters in a UTF-8 locale only; that locale is opened when the first such character comes.
int columns_of(char32_t character) {
  if (character < 0x300) return 1;
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (utf8 == nullptr) return 1;
  const locale_t before = uselocale(utf8);
  const int width = wcwidth(static_cast<wchar_t>(character));
  uselocale(before);
  return width < 0 ? 1 : width;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

struct Word {
  Runs pieces;
  int width = 0;
};

void extend(Word& word, std::string_view text, Ink ink) {
  if (!word.pieces.empty() && word.pieces.back().ink == ink) {
    word.pieces.back().text += text;
  } else {
    word.pieces.push_back({std::string(text), ink});
  }
  word.width += display_width(text);
}

std::vector<Word> words_of(const Runs& runs) {
  std::vector<Word> words;
  bool open = false;
  for (const Run& run : runs) {
    const std::string text = printable(run.text);
    for (std::size_t at = 0; at < text.size();) {
      if (is_space(text[at])) {
        open = false;
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text.size() && !is_space(text[end])) ++end;
      if (!open) words.emplace_back();
      extend(words.back(), std::string_view(text).substr(at, end - at), run.ink);
      open = true;
      at = end;
    }
  }
  return words;
}

/// A word wider than a line is cut where the line ends: scripts without spaces, long addresses.
std::vector<Word> cut(const Word& word, int columns) {
  std::vector<Word> parts(1);
  for (const Run& piece : word.pieces) {
    for (std::string_view rest = piece.text; !rest.empty();) {
      const std::size_t length = std::max<std::size_t>(utf8_sequence_length(rest), 1);
      const std::string_view character = rest.substr(0, length);
      if (parts.back().width > 0 && parts.back().width + display_width(character) > columns) parts.emplace_back();
      extend(parts.back(), character, piece.ink);
      rest.remove_prefix(length);
    }
  }
  return parts;
}

std::string_view sequence(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::strong: return "\x1b[1m";
    case Ink::faint: return "\x1b[2m";
    case Ink::match: return "\x1b[1;4m";
    case Ink::removed: return "\x1b[31;9m";
    case Ink::added: return "\x1b[32m";
    case Ink::error: return "\x1b[1;31m";
    case Ink::warning: return "\x1b[1;33m";
    case Ink::note: return "\x1b[1;36m";
  }
  return "";
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    width += length == 0 ? 1 : columns_of(code_point(text, length));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    const char32_t character = length == 0 ? 0 : code_point(text, length);
    // A mark that turns the direction of writing would turn what stands around it too.
    const bool turns = (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    const bool control = length == 0 || turns || (character < 0x20 && !is_space(text[0])) || (character >= 0x7F && character < 0xA0);
    const std::size_t taken = std::max<std::size_t>(length, 1);
    result += control ? std::string_view("\xEF\xBF\xBD") : text.substr(0, taken);
    text.remove_prefix(taken);
  }
  return result;
}

std::string inked(std::string_view text, Ink ink, bool colour) {
  if (!colour || ink == Ink::plain || text.empty()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", sequence(ink), text);
}

Margin Margin::of(int columns) {
  const std::string spaces(static_cast<std::size_t>(columns), ' ');
  return {spaces, spaces};
}

Margin Margin::with(std::string_view marker) const {
  return {first + std::string(marker), rest + std::string(static_cast<std::size_t>(display_width(marker)), ' ')};
}

void Page::add(Line line) {
  if (m_gap && !m_lines.empty()) m_lines.emplace_back();
  m_gap = false;
  while (!line.bytes.empty() && line.bytes.back() == ' ') {
    line.bytes.pop_back();
    --line.width;
  }
  m_lines.push_back(std::move(line));
}

void Page::say(const Runs& runs, const Margin& margin) {
  const int room = std::max(m_columns - std::max(display_width(margin.first), display_width(margin.rest)), 8);
  const std::string* before = &margin.first;
  Word line;
  const auto end_line = [&] {
    Line made{*before, display_width(*before) + line.width};
    for (const Run& piece : line.pieces) made.bytes += inked(piece.text, piece.ink, m_colour);
    add(std::move(made));
    before = &margin.rest;
    line = {};
  };
  const auto place = [&](const Word& word) {
    if (line.width > 0 && line.width + 1 + word.width > room) end_line();
    // A space between two words of one ink has it too.
    if (line.width > 0) extend(line, " ", line.pieces.back().ink == word.pieces.front().ink ? word.pieces.front().ink : Ink::plain);
    for (const Run& piece : word.pieces) extend(line, piece.text, piece.ink);
  };
  for (const Word& word : words_of(runs)) {
    if (word.width <= room) {
      place(word);
    } else {
      for (const Word& part : cut(word, room)) place(part);
    }
  }
  end_line();
}

void Page::heading(std::string_view text, const Margin& margin) { say(Runs{{std::string(text), Ink::strong}}, margin); }

void Page::verbatim(std::string_view text, const Margin& margin) {
  bool first = true;
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  for (const std::string_view line : split(text, '\n')) {
    const std::string bytes = (first ? margin.first : margin.rest) + printable(line);
    add({bytes, display_width(bytes)});
    first = false;
  }
}

void Page::append(const Page& other) {
  for (const Line& line : other.m_lines) add(line);
}

void Page::side_by_side(const Page& left, const Page& right) {
  const std::size_t lines = std::max(left.m_lines.size(), right.m_lines.size());
  for (std::size_t i = 0; i < lines; ++i) {
    Line line = i < left.m_lines.size() ? left.m_lines[i] : Line{};
    if (i < right.m_lines.size() && !right.m_lines[i].bytes.empty()) {
      const int gap = m_columns - right.columns() - line.width;
      line.bytes.append(static_cast<std::size_t>(std::max(gap, 1)), ' ');
      line.bytes += right.m_lines[i].bytes;
      line.width += std::max(gap, 1) + right.m_lines[i].width;
    }
    add(std::move(line));
  }
}

std::string Page::text() const {
  std::string result;
  for (const Line& line : m_lines) result += line.bytes + '\n';
  return result;
}

}  // namespace waymark::cli
