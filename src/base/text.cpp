#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/core.h>

namespace waymark {
namespace {

constexpr std::string_view white_space = " \t\n\r\f\v";

bool is_ascii_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Optimal string alignment: insertion, deletion, substitution and an exchange of neighbours cost one each; ASCII case costs nothing.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = lower(a[i - 1]);
      const char y = lower(b[j - 1]);
      row[j] = std::min({previous[j - 1] + (x == y ? 0 : 1), previous[j] + 1, row[j - 1] + 1});
      const bool exchanged = i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y;
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, row);
  }
  return previous[b.size()];
}

bool ends_with_abbreviation(std::string_view text) {
  constexpr std::array<std::string_view, 16> known{"e.g", "i.e", "etc", "cf", "vs", "mr", "mrs", "ms", "dr", "prof", "no", "approx", "fig", "incl", "resp", "st"};
  const std::size_t from = text.find_last_of(" \t\n(");
  const std::string word = to_lower_ascii(from == std::string_view::npos ? text : text.substr(from + 1));
  return word.size() == 1 ? (word[0] >= 'a' && word[0] <= 'z') : std::find(known.begin(), known.end(), word) != known.end();
}

bool opens_a_sentence(std::string_view text) {
  const auto c = static_cast<unsigned char>(text.front());
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '"' || c == '\'' || c == '(' || c == '*' || c == '[' || c == '`';
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::string to_lower_ascii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0;;) {
    const std::size_t at = text.find(separator, from);
    parts.push_back(text.substr(from, at - from));
    if (at == std::string_view::npos) return parts;
    from = at + 1;
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) result += separator;
    result += part;
  }
  return result;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string collapse_white_space(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : trim(text)) {
    if (white_space.find(c) == std::string_view::npos) {
      result += c;
    } else if (result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

std::string slug(std::string_view heading) {
  std::string result;
  for (const char c : heading) {
    if (is_ascii_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80) {
      result += lower(c);
    } else if (c != '\'' && !result.empty() && result.back() != '-') {
      result += '-';
    }
  }
  while (!result.empty() && result.back() == '-') result.pop_back();
  return result.empty() ? "section" : result;
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  std::size_t best_distance = word.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string in_words(const std::vector<std::string>& things) {
  std::string result;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (i > 0) result += i + 1 == things.size() ? " and " : ", ";
    result += things[i];
  }
  return result;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  if (count == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", count, singular) : fmt::format("{} {}", count, plural);
}

std::vector<std::string_view> sentences(std::string_view text) {
  std::vector<std::string_view> result;
  const auto keep = [&](std::string_view sentence) {
    if (!trim(sentence).empty()) result.push_back(trim(sentence));
  };
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool ellipsis = text.substr(at).starts_with("\xE2\x80\xA6");
    if (text[at] != '.' && text[at] != '!' && text[at] != '?' && !ellipsis) continue;
    std::size_t after = at + (ellipsis ? 3 : 1);
    while (after < text.size() && std::string_view(".!?\"')]*_").find(text[after]) != std::string_view::npos) ++after;
    if (text.substr(after).starts_with("\xE2\x80\x9D") || text.substr(after).starts_with("\xE2\x80\x99")) after += 3;
    const std::size_t next = text.find_first_not_of(white_space, after);
    if (next == std::string_view::npos) break;
    if (next == after || !opens_a_sentence(text.substr(next))) continue;
    if (text[at] == '.' && ends_with_abbreviation(text.substr(from, at - from))) continue;
    keep(text.substr(from, after - from));
    from = next;
    at = next - 1;
  }
  keep(text.substr(from));
  return result;
}

}  // namespace waymark
