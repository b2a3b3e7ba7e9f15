#include "importer/form.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/spreadsheet_reader.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t looked_at = 64 << 10;

/// Whole lines from the beginning.
std::string_view beginning(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.size() <= looked_at) return bytes;
  const std::size_t end = bytes.rfind('\n', looked_at);
  return bytes.substr(0, end == std::string_view::npos ? looked_at : end);
}

bool is_binary(std::string_view text) {
  static constexpr std::array<std::string_view, 9> marks{"%PDF",
                                                         "PK\x03\x04",
                                                         "\x89PNG",
                                                         "\xFF\xD8\xFF",
                                                         "GIF8",
                                                         "\x1F\x8B",
                                                         "\x7F"
                                                         "ELF",
                                                         "wOF2",
                                                         "{\\rtf"};
  return text.find('\0') != std::string_view::npos ||
         std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return text.starts_with(mark); });
}

struct Lines {
  std::size_t filled = 0;
  std::size_t keys = 0;
  std::size_t items = 0;
  std::size_t indented = 0;
  std::size_t headings = 0;  ///< of Markdown, or comments of YAML
  std::size_t deep_headings = 0;
  std::size_t pipes = 0;
  std::size_t tags = 0;
  bool nested = false;  ///< a key with nothing behind it, and something below it
};

bool is_key(std::string_view words) {
  if (words.starts_with("- ")) words = trim(words.substr(2));
  const bool quoted = words.starts_with('"') || words.starts_with('\'');
  const std::size_t colon = words.find(':', quoted ? words.find(words.front(), 1) : 0);
  if (colon == std::string_view::npos || colon == 0 || (colon + 1 < words.size() && words[colon + 1] != ' ')) return false;
  return std::count(words.begin(), words.begin() + static_cast<long>(colon), ' ') <= 3 && words.find_first_of("*#[|<`") > colon;
}

Lines look_at_lines(std::string_view text) {
  Lines lines;
  bool open_key = false;
  bool in_block_text = false;
  std::size_t block_indent = 0;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view words = trim(line);
    if (words.empty() || words == "---") continue;
    const std::size_t indent = line.find_first_not_of(" \t");
    if (in_block_text && indent > block_indent) continue;
    in_block_text = words.ends_with(": |") || words.ends_with(": >") || words.ends_with(": |-") || words.ends_with(": >-");
    block_indent = indent;
    ++lines.filled;
    if (indent > 0) ++lines.indented;
    const std::size_t marks = words.find_first_not_of('#');
    if (marks != 0 && marks != std::string_view::npos && words[marks] == ' ') {
      ++lines.headings;
      lines.deep_headings += marks > 1 ? 1 : 0;
      continue;
    }
    if (words.starts_with('|')) ++lines.pipes;
    if (words.starts_with('<')) ++lines.tags;
    if (open_key && (words.starts_with("- ") || words.starts_with("-\t") || indent > 0)) lines.nested = true;
    open_key = is_key(words) && words.ends_with(':');
    if (is_key(words)) {
      ++lines.keys;
    } else if (words.starts_with("- ") || words.starts_with("-\t")) {
      ++lines.items;
    }
  }
  return lines;
}

bool looks_like_html(std::string_view text) {
  const std::string lower = to_lower_ascii(trim(text).substr(0, 4096));
  if (!lower.starts_with('<')) return false;
  if (lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.starts_with("<?xml") || lower.find("<body") != std::string::npos ||
      lower.find("<head") != std::string::npos)
    return true;
  if (lower.starts_with("<!--") || lower.starts_with("<img") || lower.starts_with("<http")) return false;
  const Lines lines = look_at_lines(text);
  return 3 * lines.tags >= 2 * (lines.filled + lines.headings) && lines.headings == 0;
}

bool looks_like_json(std::string_view text) {
  text = trim(text);
  if (text.size() < 2 || (text[0] != '{' && text[0] != '[')) return false;
  const std::string_view next = trim(text.substr(1));
  if (next.empty()) return false;
  if (text[0] == '{') return next[0] == '"' || next[0] == '}' || next.starts_with("//") || next.starts_with("/*");
  return next[0] == '{' || next[0] == '"' || next[0] == '[' || next.starts_with("//");
}

bool looks_like_yaml(std::string_view text, const Lines& lines) {
  // Front matter with a page behind it is Markdown.
  const std::string_view begin = trim(text);
  if (begin.starts_with("---\n") || begin.starts_with("---\r")) {
    const std::size_t close = begin.find("\n---", 3);
    const std::string_view behind = close == std::string_view::npos ? std::string_view() : trim(begin.substr(std::min(begin.size(), close + 4)));
    if (close != std::string_view::npos && (behind.empty() || look_at_lines(behind).keys * 2 < look_at_lines(behind).filled)) return false;
  }
  // What begins like a title of Markdown can be a comment, where everything else is nested data.
  const bool only_comments = lines.headings == 0 || (lines.deep_headings == 0 && 2 * lines.indented >= lines.filled);
  return only_comments && lines.pipes == 0 && lines.keys >= 2 && lines.nested && 10 * (lines.keys + lines.items) >= 6 * lines.filled &&
         4 * lines.keys >= lines.filled;
}

}  // namespace

Form form_of(std::string_view bytes) {
  const std::string text = replace_all(std::string(beginning(bytes)), "\r", "");
  if (is_binary(text)) return Form::binary;
  if (looks_like_json(text)) return Form::json;
  if (looks_like_html(text)) return Form::html;
  const Lines lines = look_at_lines(text);
  if (looks_like_yaml(text, lines)) return Form::yaml;
  const bool is_prose = lines.headings > 0 || lines.pipes >= 2 || 4 * lines.items >= lines.filled;
  if (!is_prose && separator_of(text)) return Form::spreadsheet;
  return Form::markdown;
}

std::string_view name_of(Form form) {
  switch (form) {
    case Form::markdown: return "Markdown";
    case Form::html: return "HTML";
    case Form::yaml: return "YAML";
    case Form::json: return "JSON";
    case Form::spreadsheet: return "a spreadsheet";
    case Form::binary: return "no text";
  }
  return {};
}

}  // namespace waymark::importer
