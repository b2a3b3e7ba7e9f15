#include "importer/ids.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/entities.hpp"
#include "importer/levels.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t heading_words = 9;
constexpr std::size_t id_words = 6;
constexpr std::size_t longest_id = 56;

using Words = std::vector<std::string_view>;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_filler(std::string_view word) {
  static const std::unordered_set<std::string_view> fillers{
      "a",   "an",   "the",   "of",   "to",   "in",    "on",    "at",  "for", "and",     "or",   "but", "with", "by",   "as",    "is", "are",
      "be",  "that", "which", "from", "into", "your",  "their", "our", "its", "you",     "they", "we",  "it",   "when", "while", "if", "so",
      "e.g", "eg",   "such",  "not",  "this", "these", "any",   "all", "who", "whether", "due",  "via", "up",   "etc",  "some"};
  return fillers.contains(word);
}

bool joins_clauses(std::string_view word) {
  static const std::unordered_set<std::string_view> joining{"and", "or", "but", "while", "which", "that",  "because", "so",   "by", "with",   "when",
                                                            "in",  "to", "for", "as",    "if",    "where", "until",   "from", "on", "without"};
  return joining.contains(word);
}

/// The first of them: nothing is named by the end of a long text.
Words words_of(std::string_view text) {
  constexpr std::size_t most_words = 60;
  Words words;
  for (std::size_t at = 0; at < text.size() && words.size() < most_words;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string_view without_marks(std::string_view word) {
  constexpr std::string_view marks = ",;:.!?()[]\"'*_`-";
  while (!word.empty() && marks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && marks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

/// "You are able to", "We would expect you to", "As a principal engineer, you can": openings that say nothing about the act.
std::string_view without_opening(std::string_view text) {
  static constexpr std::array<std::string_view, 34> openings{"we would expect you to ",
                                                             "we expect you to ",
                                                             "you are expected to ",
                                                             "you are able to ",
                                                             "you're able to ",
                                                             "you should be able to ",
                                                             "you will be able to ",
                                                             "you have the ability to ",
                                                             "you have demonstrated ",
                                                             "you have ",
                                                             "you are ",
                                                             "you're ",
                                                             "you’re ",
                                                             "you can ",
                                                             "you will ",
                                                             "you should ",
                                                             "you may ",
                                                             "you must ",
                                                             "you also ",
                                                             "you ",
                                                             "is expected to ",
                                                             "is able to ",
                                                             "are able to ",
                                                             "able to ",
                                                             "ability to ",
                                                             "the ability to ",
                                                             "can ",
                                                             "also ",
                                                             "they ",
                                                             "he or she ",
                                                             "conversely, ",
                                                             "additionally, ",
                                                             "has the ability to ",
                                                             "must "};
  for (bool changed = true; changed;) {
    changed = false;
    const std::string lower = to_lower_ascii(text.substr(0, 80));
    if (lower.starts_with("as a ") || lower.starts_with("as an ") || lower.starts_with("as the ")) {
      const std::size_t comma = text.find(", ");
      if (comma != std::string_view::npos && comma < 50) {
        text.remove_prefix(comma + 2);
        changed = true;
        continue;
      }
    }
    for (const std::string_view opening : openings) {
      if (!lower.starts_with(opening) || text.size() < opening.size() + 8) continue;
      text.remove_prefix(opening.size());
      changed = true;
      break;
    }
  }
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

/// As many words as make a heading: up to a mark, or to a word that joins clauses when there are enough before it.
std::string shorten(std::string_view sentence) {
  const Words words = words_of(sentence);
  std::size_t end = std::min(words.size(), heading_words);
  bool cut = end < words.size();
  for (std::size_t i = 2; i < std::min(words.size(), heading_words + 1); ++i) {
    const std::string_view before = words[i - 1];
    const bool at_mark = one_of(before.substr(before.size() - 1), {",", ";", ":"}) || one_of(words[i], {"-", "–", "—", "--"}) ||
                         words[i].starts_with('(') || words[i].starts_with("i.e") || words[i].starts_with("e.g") || words[i].starts_with("etc") ||
                         before == "etc.";
    const std::string word = to_lower_ascii(words[i]);
    if ((at_mark && i >= 3) || (i >= 5 && joins_clauses(word))) {
      end = i;
      cut = true;
      break;
    }
  }
  while (end > 2 && end < words.size() && is_filler(to_lower_ascii(without_marks(words[end - 1])))) --end;
  std::string result;
  for (std::size_t i = 0; i < end; ++i) result += (i > 0 ? " " : "") + std::string(words[i]);
  while (!result.empty() && std::string_view(",;:. -").find(result.back()) != std::string_view::npos) result.pop_back();
  if (std::count(result.begin(), result.end(), '(') > std::count(result.begin(), result.end(), ')')) result.resize(result.find_last_of('('));
  result = capitalised(std::string(trim(result)));
  return result.empty() ? "Criterion" : result + (cut ? "…" : "");
}

/// From the first `wanted` words, or more of them where that is taken.
std::string take_free(const Words& words, std::size_t wanted, TakenIds& taken) {
  std::string id = "criterion";
  for (std::size_t count = std::min(words.size(), wanted); count <= words.size() && count <= wanted + 2 * id_words; ++count) {
    std::size_t last = count;
    while (last > 1 && is_filler(to_lower_ascii(without_marks(words[last - 1])))) --last;
    std::string text;
    for (std::size_t i = 0; i < last; ++i) text += std::string(words[i]) + ' ';
    id = id_from(text, "criterion");
    if (taken.take(id)) return id;
  }
  return taken.take_with_letters(id);
}

std::string initials(std::string_view title) {
  std::string result;
  const Words words = words_of(title);
  for (const std::string_view word : words) {
    const std::string_view bare = without_marks(word);
    if (bare.empty() || one_of(bare, {"of", "and", "the", "&"})) continue;
    const bool number = bare.find_first_not_of("0123456789IVX") == std::string_view::npos;
    if (number) {
      result += bare;
    } else if ((bare[0] >= 'a' && bare[0] <= 'z') || (bare[0] >= 'A' && bare[0] <= 'Z')) {
      result += static_cast<char>(bare[0] >= 'a' ? bare[0] - 32 : bare[0]);
    }
  }
  return result;
}

bool are_ids(const std::vector<std::string>& ids) {
  std::set<std::string> seen;
  return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return id.size() >= 2 && id.size() <= 8 && id[0] >= 'A' && id[0] <= 'Z' && seen.insert(to_lower_ascii(id)).second;
  });
}

std::string level_slug(std::string_view title, std::size_t number) {
  std::string id;
  for (const char c : slug(title)) {
    if (static_cast<unsigned char>(c) < 0x80 && (c != '-' || !id.empty())) id += c;
  }
  if (id.empty() || id == "section") return fmt::format("level-{}", number);
  return (id[0] >= 'a' && id[0] <= 'z' ? id : "level-" + id).substr(0, longest_id);
}

}  // namespace

std::string id_from(std::string_view words, std::string_view fallback) {
  std::string ascii;
  for (const char c : words) ascii += static_cast<unsigned char>(c) < 0x80 ? c : (c == '\xE2' ? '\'' : ' ');
  // A curly apostrophe is three bytes; what is left of it would part the word.
  ascii = replace_all(std::move(ascii), "'  ", "'");
  std::string id = slug(ascii);
  if (id == "section") id.clear();
  if (!id.empty() && !(id[0] >= 'a' && id[0] <= 'z')) id = fmt::format("{}-{}", fallback, id);
  if (id.size() > longest_id) id.resize(std::min(id.find_last_of('-', longest_id), longest_id));
  const auto ends_in_number = [&] {
    const std::size_t last = id.find_last_not_of("0123456789");
    return last != std::string::npos && id[last] == '-' && last + 1 < id.size();
  };
  while (!id.empty() && (id.back() == '-' || ends_in_number())) id.resize(id.back() == '-' ? id.size() - 1 : id.find_last_of('-'));
  return id.empty() ? std::string(fallback) : id;
}

std::string TakenIds::take_with_letters(const std::string& id) {
  if (take(id)) return id;
  for (std::size_t& round = m_rounds[id];;) {
    std::string suffix;
    for (std::size_t rest = ++round;; rest /= 26) {
      suffix.insert(suffix.begin(), static_cast<char>('a' + rest % 26));
      if (rest < 26) break;
    }
    if (std::string candidate = fmt::format("{}-{}", id.substr(0, longest_id), suffix); take(candidate)) return candidate;
  }
}

std::string lead_in(const Statement& statement) {
  std::string_view html = trim(statement.html);
  if (html.starts_with("<p>")) html.remove_prefix(3);
  std::string lead;
  if (html.starts_with("<strong>")) {
    const std::string_view inside = html.substr(8, html.substr(8).find("</strong>"));
    if (inside.find('<') == std::string_view::npos) lead = collapse_white_space(decode_entities(inside));
  } else if (const std::size_t colon = statement.text.find(": "); colon != std::string::npos) {
    const std::string_view before = std::string_view(statement.text).substr(0, colon);
    if (words_of(before).size() <= 4 && before.find_first_of(".,;(") == std::string_view::npos) lead = before;
  }
  while (!lead.empty() && std::string_view(":.,; -").find(lead.back()) != std::string_view::npos) lead.pop_back();
  return words_of(lead).size() <= 8 && lead.size() < statement.text.size() ? lead : std::string();
}

CriterionName name_criterion(const Statement& statement, TakenIds& taken) {
  const std::string lead = lead_in(statement);
  if (!lead.empty()) return {capitalised(lead), take_free(words_of(statement.text), words_of(lead).size(), taken)};
  const std::vector<std::string_view> all = sentences(statement.text);
  if (all.empty()) return {"Criterion", take_free({}, id_words, taken)};
  const std::string_view first = without_opening(all.front());
  // The rest of the statement lies behind the first sentence in one text, for ids that need more words.
  const std::string_view rest(first.data(), static_cast<std::size_t>(statement.text.data() + statement.text.size() - first.data()));
  const std::string heading = shorten(first);
  return {heading, take_free(words_of(rest), std::min(id_words, words_of(heading).size()), taken)};
}

std::string criterion_id(std::string_view heading, TakenIds& taken) { return take_free(words_of(heading), id_words, taken); }

void give_ids(FoundLevels& found) {
  std::vector<std::string> codes;
  std::vector<std::string> short_ones;
  for (const FoundLevel& level : found.levels) {
    codes.push_back(level.meaning.code);
    short_ones.push_back(initials(level.title));
  }
  const bool use_codes = are_ids(codes);
  const bool use_initials = !use_codes && are_ids(short_ones);
  TakenIds taken;
  for (std::size_t i = 0; i < found.levels.size(); ++i) {
    FoundLevel& level = found.levels[i];
    level.id = use_codes ? codes[i] : use_initials ? short_ones[i] : taken.take_with_letters(level_slug(level.title, i + 1));
  }
}

}  // namespace waymark::importer
