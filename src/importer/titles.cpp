#include "importer/titles.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

using Words = std::vector<std::string>;

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

bool is_digits(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Length of a symbol or emoji at the front: U+2000 to U+2BFF, U+FE00 to U+FEFF, U+1F000 and above.
std::size_t symbol_length(std::string_view text) {
  const std::size_t length = utf8_sequence_length(text);
  if (length == 4) return static_cast<unsigned char>(text[0]) == 0xF0 && static_cast<unsigned char>(text[1]) == 0x9F ? 4 : 0;
  if (length != 3) return 0;
  const auto first = static_cast<unsigned char>(text[0]);
  const auto second = static_cast<unsigned char>(text[1]);
  return (first == 0xE2 && second < 0xB0) || (first == 0xEF && (second == 0xB8 || second == 0xBB)) ? 3 : 0;
}

/// Takes what is no word off the front, and a number with a point or bracket, which it returns.
std::optional<int> strip_front(std::string_view& text) {
  std::optional<int> numbering;
  for (bool changed = true; changed && !text.empty();) {
    changed = false;
    if (const std::size_t length = symbol_length(text); length > 0) {
      text.remove_prefix(length);
      changed = true;
    } else if (!is_word_byte(text.front()) && text.front() != '(') {
      text.remove_prefix(1);
      changed = true;
    } else if (!numbering) {
      const std::size_t end = text.find_first_not_of("0123456789");
      if (end == 0 || end == std::string_view::npos || end > 3 || (text[end] != '.' && text[end] != ')')) continue;
      if (end + 1 < text.size() && text[end + 1] != ' ') continue;
      numbering = std::stoi(std::string(text.substr(0, end)));
      text.remove_prefix(end + 1);
      changed = true;
    }
  }
  return numbering;
}

std::string_view strip_back(std::string_view text) {
  text = trim(text);
  while (!text.empty() && std::string_view(":;,.#*-_ ").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

Words words_of(std::string_view text) {
  Words words;
  std::string word;
  // The department, not the pronoun.
  const bool is_department = text.starts_with("IT ") || text.find(" IT ") != std::string_view::npos || text.ends_with(" IT");
  for (const char c : to_lower_ascii(text)) {
    if (is_word_byte(c)) {
      word += c;
    } else if (c != '\'') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
      // What ends a name: "Director, Platform" is a director.
      if (c == '&') words.emplace_back("and");
      if (std::string_view(",:/(|").find(c) != std::string_view::npos) words.emplace_back(",");
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  if (is_department) std::replace(words.begin(), words.end(), std::string("it"), std::string("information-technology"));
  return words;
}

std::optional<int> roman(std::string_view word) {
  constexpr std::array<std::string_view, 10> numerals{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"};
  const auto at = std::find(numerals.begin(), numerals.end(), word);
  return at == numerals.end() ? std::nullopt : std::optional(static_cast<int>(at - numerals.begin()) + 1);
}

std::optional<int> number_of(std::string_view word) {
  if (is_digits(word) && word.size() <= 2) return std::stoi(std::string(word));
  return roman(word);
}

/// "ic4" → 4.
std::optional<int> code_number(std::string_view word) {
  const std::size_t digits = word.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits == 0 || digits > 4 || !is_digits(word.substr(digits)) || word.size() - digits > 2)
    return std::nullopt;
  const bool known = is_one_of(word.substr(0, digits), {"l", "ic", "m", "e", "t", "p", "d", "g", "em", "se", "sde", "swe", "sre", "lvl", "tl"});
  return known ? std::optional(std::stoi(std::string(word.substr(digits)))) : std::nullopt;
}

bool is_level_word(std::string_view word) { return is_one_of(word, {"level", "grade", "band", "tier", "stage"}); }

bool is_seniority(std::string_view word) {
  return is_one_of(word, {"junior",   "jr",        "mid",           "middle",     "midlevel", "intermediate", "senior",  "sr",
                          "staff",    "principal", "distinguished", "associate",  "entry",    "expert",       "novice",  "beginner",
                          "advanced", "lead",      "fellow",        "apprentice", "intern",   "trainee",      "graduate"});
}

bool is_role(std::string_view word) {
  return is_one_of(
      word, {"engineer",      "developer",  "programmer", "manager", "director", "designer", "architect",  "analyst", "scientist",  "tester",
             "administrator", "consultant", "specialist", "officer", "lead",     "leader",   "head",       "intern",  "apprentice", "trainee",
             "graduate",      "fellow",     "researcher", "writer",  "sre",      "dba",      "vp",         "svp",     "evp",        "president",
             "cto",           "cio",        "cpo",        "ceo",     "sdet",     "coach",    "technician", "operator"});
}

/// "Staff SE", "Senior EM": a role only beside a rank.
bool is_short_role(std::string_view word) { return is_one_of(word, {"se", "swe", "sde", "em", "eng", "dev", "engr", "mgr", "pm", "qa", "ds"}); }

bool is_plural_role(std::string_view word) { return word.ends_with('s') && is_role(word.substr(0, word.size() - 1)); }

/// A title with one of these is about something else, whatever else it names.
bool is_other_subject(std::string_view word) {
  return is_one_of(word, {"faq",       "introduction", "framework", "frameworks", "ladder",   "ladders", "matrix",      "competencies", "competences",
                          "overview",  "glossary",     "why",       "how",        "what",     "when",    "who",         "vs",           "versus",
                          "interview", "interviews",   "hiring",    "roles",      "levels",   "titles",  "tracks",      "paths",        "career",
                          "careers",   "principles",   "values",    "handbook",   "rubric",   "rubrics", "progression", "table",        "contents",
                          "salary",    "salaries",     "changelog", "template",   "becoming", "about",   "contributing"});
}

/// A title with one of these is a sentence and no name.
bool belongs_to_a_sentence(std::string_view word) {
  return is_one_of(word, {"by", "to",   "your", "our", "you", "we", "is", "are",   "with", "from", "do",     "does",    "my",
                          "it", "that", "this", "the", "for", "on", "be", "being", "if",   "can",  "should", "between", "not"});
}

bool may_follow_role(std::string_view word) {
  return word == "," || word == "of" || word == "and" || is_level_word(word) || number_of(word) || code_number(word) ||
         is_one_of(word, {"role", "expectations", "responsibilities", "guide", "description", "track", "profile"});
}

bool ends_as_role(const Words& words) {
  bool has_seniority = std::any_of(words.begin(), words.end(), [](const std::string& word) { return is_seniority(word); });
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool plural = has_seniority && is_plural_role(words[i]);
    const bool short_one = has_seniority && is_short_role(words[i]);
    if ((is_role(words[i]) || plural || short_one) && (i + 1 == words.size() || may_follow_role(words[i + 1]))) return true;
  }
  return false;
}

bool contains(const Words& words, std::initializer_list<std::string_view> wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_one_of(word, wanted); });
}

bool has_pair(const Words& words, std::initializer_list<std::string_view> first, std::string_view second) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i + 1] == second && is_one_of(words[i], first)) return true;
  }
  return false;
}

bool manages_people(const Words& words) {
  const bool of_things =
      has_pair(words, {"product", "project", "program", "programme", "account", "delivery", "release", "community", "office"}, "manager");
  return (contains(words, {"manager", "managers", "em", "mgr"}) && !of_things) ||
         contains(words, {"director", "head", "vp", "svp", "evp", "president", "cto", "cio", "chief"}) ||
         has_pair(words, {"team", "people", "squad", "engineering"}, "lead");
}

double people_rank(const Words& words) {
  double rank = 3;
  if (contains(words, {"manager", "em", "mgr"})) rank = 4;
  if (contains(words, {"head"})) rank = 6;
  if (contains(words, {"director"})) rank = 7;
  if (contains(words, {"vp", "president"})) rank = 9;
  if (contains(words, {"svp"})) rank = 10;
  if (contains(words, {"evp"})) rank = 11;
  if (contains(words, {"cto", "cio", "chief"})) rank = 12;
  if (contains(words, {"principal"})) rank += 2;
  if (contains(words, {"staff"})) rank += 1.5;
  if (contains(words, {"senior", "sr", "group"})) rank += 0.9;
  if (contains(words, {"associate", "assistant", "deputy", "junior"})) rank -= 0.5;
  return rank;
}

double contributor_rank(const Words& words) {
  struct Step {
    std::initializer_list<std::string_view> words;
    double rank;
  };
  static const std::array<Step, 12> steps{{{{"intern"}, 0},
                                           {{"apprentice", "trainee", "novice", "beginner"}, 1},
                                           {{"graduate"}, 1.5},
                                           {{"junior", "jr", "entry", "associate"}, 2},
                                           {{"mid", "middle", "midlevel", "intermediate"}, 4.5},
                                           {{"senior", "sr", "advanced"}, 6},
                                           {{"lead", "expert"}, 7},
                                           {{"staff"}, 8},
                                           {{"principal"}, 10},
                                           {{"distinguished"}, 12},
                                           {{"fellow"}, 13},
                                           {{"chief"}, 13}}};
  std::vector<double> found;
  for (const Step& step : steps) {
    if (contains(words, step.words)) found.push_back(step.rank);
  }
  if (found.empty()) return 4;
  // "Fellow and Associate Developer" is one place for both: it begins with the lower.
  if (contains(words, {"and"}) || found.back() < 6) return found.front();
  return found.back() + (found.back() > 6 && contains(words, {"senior", "sr"}) ? 1 : 0);
}

void read_numbers(const Words& words, TitleMeaning& meaning) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 1 >= words.size() || !is_level_word(words[i]) || !number_of(words[i + 1])) continue;
    meaning.number = number_of(words[i + 1]);
    if (i == 0) meaning.code = static_cast<char>(words[0][0] - 32) + std::to_string(*meaning.number);
  }
  for (const std::string* word : {&words.front(), &words.back()}) {
    if (const std::optional<int> number = code_number(*word)) {
      meaning.number = number;
      if (meaning.code.empty())
        std::transform(word->begin(), word->end(), std::back_inserter(meaning.code), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    }
  }
  if (!meaning.number && words.size() > 1) meaning.number = number_of(words.back());
}

bool reads_as_name(const Words& words) {
  return !words.empty() && words.size() <= 10 &&
         std::none_of(words.begin(), words.end(), [](const std::string& word) { return belongs_to_a_sentence(word); });
}

std::string_view before_mark(std::string_view title) {
  std::size_t end = title.size();
  for (const std::string_view mark : {": ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " ("}) end = std::min(end, title.find(mark));
  return title.substr(0, end);
}

}  // namespace

std::string title_key(std::string_view title) {
  (void)strip_front(title);
  Words words = words_of(title);
  std::erase(words, ",");
  return join(words, " ");
}

TitleMeaning read_title(std::string_view title) {
  TitleMeaning meaning;
  title = trim(title);
  const bool is_question = title.ends_with('?') || title.ends_with('!');
  meaning.numbering = strip_front(title);
  meaning.plain = collapse_white_space(strip_back(title));
  const Words all_words = words_of(meaning.plain);
  meaning.is_about_else =
      is_question || std::any_of(all_words.begin(), all_words.end(), [](const std::string& word) { return is_other_subject(word); });
  // "Senior Engineer: the one who is asked" is named before the mark.
  const Words words = reads_as_name(all_words) ? all_words : words_of(before_mark(meaning.plain));
  if (meaning.is_about_else || !reads_as_name(words)) return meaning;
  read_numbers(words, meaning);
  if (!meaning.number && words.size() > 1) {
    // "Senior Engineer 2 (People Manager)"
    const Words name = words_of(before_mark(meaning.plain));
    if (!name.empty() && name.size() < words.size()) read_numbers(name, meaning);
  }
  const bool has_marker = meaning.number && (!meaning.code.empty() || (words.size() > 1 && is_level_word(words[words.size() - 2])));
  const bool only_ranks = std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return is_seniority(word) || is_level_word(word) || number_of(word) || word == "," || word == "and";
  });
  const bool has_rank =
      only_ranks && contains(words, {"junior", "jr", "mid", "middle", "midlevel", "intermediate", "senior", "sr", "staff", "principal",
                                     "distinguished", "associate", "entry", "expert", "novice", "beginner", "advanced", "lead"});
  const bool is_role_name = ends_as_role(words);
  meaning.names_level = is_role_name || has_marker || has_rank;
  if (!meaning.names_level) return meaning;
  meaning.is_rank_only = !is_role_name || only_ranks;
  const bool says_contributor = contains(all_words, {"contributor", "ic"}) && !contains(all_words, {"manager"});
  meaning.leads_people = !says_contributor && manages_people(all_words.size() <= 12 ? all_words : words);
  meaning.unsure_whom = contains(words, {"lead", "leader"}) && !contains(words, {"manager", "director", "head", "people"});
  const double fraction = meaning.number ? 0.01 * *meaning.number : 0;
  if (is_role_name || has_rank) meaning.rank = (meaning.leads_people ? people_rank(words) : contributor_rank(words)) + fraction;
  return meaning;
}

std::string profession_of(std::string_view title) {
  Words words = words_of(before_mark(title));
  std::erase_if(words,
                [](const std::string& word) { return word == "," || word == "level" || is_seniority(word) || number_of(word) || code_number(word); });
  return join(words, " ");
}

bool speaks_of_management(std::string_view title) {
  const Words words = words_of(title);
  for (const std::string_view who : {"management", "manager", "managers"}) {
    if (has_pair(words, {"product", "project", "program", "programme", "account", "delivery", "release", "community", "office", "incident", "time"},
                 who))
      return false;
  }
  return contains(words_of(title), {"management", "manager", "managers", "leadership"}) &&
         !contains(words_of(title), {"individual", "contributor", "contributors"});
}

}  // namespace waymark::importer
