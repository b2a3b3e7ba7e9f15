#include "importer/subjects.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t most_words_beside_a_figure = 4;

struct Known {
  std::string_view key;
  Subject subject;
};

constexpr std::array<Known, 48> known_headings{{
    {"what changes here", Subject::criteria},
    {"summary", Subject::about},
    {"overview", Subject::about},
    {"about", Subject::about},
    {"about the role", Subject::about},
    {"about this level", Subject::about},
    {"about this role", Subject::about},
    {"description", Subject::about},
    {"role summary", Subject::about},
    {"role description", Subject::about},
    {"in short", Subject::about},
    {"in a nutshell", Subject::about},
    {"introduction", Subject::about},
    {"scope", Subject::scope_of_impact},
    {"scope of impact", Subject::scope_of_impact},
    {"scope of influence", Subject::scope_of_impact},
    {"scope and impact", Subject::scope_of_impact},
    {"impact and scope", Subject::scope_of_impact},
    {"sphere of influence", Subject::scope_of_impact},
    {"size of problem", Subject::scope_of_impact},
    {"autonomy", Subject::autonomy},
    {"independence", Subject::autonomy},
    {"level of autonomy", Subject::autonomy},
    {"autonomy and independence", Subject::autonomy},
    {"direction needed", Subject::autonomy},
    {"supervision", Subject::autonomy},
    {"not expected yet", Subject::not_expected_yet},
    {"not yet expected", Subject::not_expected_yet},
    {"not expected", Subject::not_expected_yet},
    {"what is not expected", Subject::not_expected_yet},
    {"what we dont expect", Subject::not_expected_yet},
    {"what we do not expect", Subject::not_expected_yet},
    {"out of scope", Subject::not_expected_yet},
    {"limits", Subject::not_expected_yet},
    {"example", Subject::what_it_looks_like},
    {"examples", Subject::what_it_looks_like},
    {"for example", Subject::what_it_looks_like},
    {"in practice", Subject::what_it_looks_like},
    {"what it looks like", Subject::what_it_looks_like},
    {"what this looks like", Subject::what_it_looks_like},
    {"example behaviours", Subject::what_it_looks_like},
    {"example behaviors", Subject::what_it_looks_like},
    {"watch for", Subject::watch_for},
    {"watch out for", Subject::watch_for},
    {"pitfalls", Subject::watch_for},
    {"anti patterns", Subject::watch_for},
    {"warning signs", Subject::watch_for},
    {"failure modes", Subject::watch_for},
}};

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// "1:1" is a talk, not a figure.
bool has_digit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos && !word.starts_with("1:1") && !word.starts_with("1-1");
}

bool has_letter(std::string_view word) {
  return std::any_of(word.begin(), word.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; });
}

bool is_time_unit(std::string_view word) {
  while (!word.empty() && !has_letter(word.substr(word.size() - 1))) word.remove_suffix(1);
  return word == "year" || word == "years" || word == "yrs" || word == "yr" || word == "month" || word == "months" || word == "quarters" ||
         word == "weeks";
}

/// More than stand beside a figure, and none of them close to a number.
bool has_many_words(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size() && words <= 2 * most_words_beside_a_figure;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (has_letter(word) && !has_digit(word)) ++words;
    at = end + 1;
  }
  return words > 2 * most_words_beside_a_figure;
}

struct Kinds {
  std::size_t figures = 0;
  std::size_t others = 0;
};

void count(const std::vector<Statement>& statements, std::string_view under, Kinds& kinds) {
  for (const Statement& statement : statements) {
    ++(reason_it_is_a_figure(statement.text, under) ? kinds.figures : kinds.others);
    count(statement.children, under, kinds);
  }
}

void count(const Part& part, Kinds& kinds) {
  count(part.statements, part.title, kinds);
  for (const Part& child : part.parts) count(child, kinds);
}

}  // namespace

Subject subject_of(std::string_view heading) {
  const std::string key = title_key(heading);
  const auto at = std::find_if(known_headings.begin(), known_headings.end(), [&](const Known& known) { return known.key == key; });
  return at == known_headings.end() ? Subject::unknown : at->subject;
}

std::optional<std::string> reason_it_is_a_figure(std::string_view text, std::string_view under) {
  if (!has_digit(text)) return std::nullopt;
  // Most statements with a number are sentences, and known as such by their first words.
  const bool may_be_money = text.find_first_of("$\xC2\xE2") != std::string_view::npos || contains_any(text, {"usd", "eur", "gbp", "inr"}) ||
                            contains_any(text, {"USD", "EUR", "GBP", "INR"});
  if (!may_be_money && has_many_words(text)) return std::nullopt;
  const std::string lower = to_lower_ascii(text);
  const std::string context = to_lower_ascii(under);
  std::size_t words = 0;
  bool time = false;
  for (const std::string_view word : split(lower, ' ')) {
    if (is_time_unit(word)) {
      time = true;
    } else if (!has_digit(word) && (has_letter(word) || word.starts_with("1:1") || word.starts_with("1-1"))) {
      ++words;
    }
  }
  const bool money = contains_any(lower, {"$", "\xC2\xA3", "\xE2\x82\xAC", "\xE2\x82\xB9", " usd", " eur", " gbp", " inr"});
  const bool pay = contains_any(context, {"salary", "salaries", "compensation", "remuneration", "pay band", "pay range"});
  if (money && (pay || words <= most_words_beside_a_figure)) return "an amount of money";
  if (words > most_words_beside_a_figure) return std::nullopt;
  if (lower.find('%') != std::string::npos) return "a percentage or weight";
  if (contains_any(lower, {"weight", "points", "score"})) return "a weight or score";
  if (time && words == 0) return "a length of service";
  if (words == 0) return "a number without words";
  return std::nullopt;
}

bool holds_figures(const Part& part) {
  Kinds kinds;
  count(part, kinds);
  // In a table, each criterion has its weight beside it.
  return part.from_table ? kinds.figures > kinds.others : kinds.figures > 0 && kinds.figures >= kinds.others;
}

}  // namespace waymark::importer
