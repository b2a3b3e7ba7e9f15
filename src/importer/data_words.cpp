#include "importer/data_words.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

struct Known {
  std::string_view key;  ///< letters only, lower case
  KeyMeaning meaning;
};

constexpr std::array<Known, 110> known_keys{{
    {"title", KeyMeaning::title},
    {"name", KeyMeaning::title},
    {"label", KeyMeaning::title},
    {"heading", KeyMeaning::title},
    {"displayname", KeyMeaning::title},
    {"jobtitle", KeyMeaning::title},
    {"leveltitle", KeyMeaning::title},
    {"levelname", KeyMeaning::title},
    {"level", KeyMeaning::level},
    {"grade", KeyMeaning::level},
    {"band", KeyMeaning::level},
    {"tier", KeyMeaning::level},
    {"stage", KeyMeaning::level},
    {"seniority", KeyMeaning::level},
    {"levelid", KeyMeaning::level},
    {"levels", KeyMeaning::levels},
    {"grades", KeyMeaning::levels},
    {"bands", KeyMeaning::levels},
    {"tiers", KeyMeaning::levels},
    {"stages", KeyMeaning::levels},
    {"ladder", KeyMeaning::levels},
    {"positions", KeyMeaning::levels},
    {"bylevel", KeyMeaning::levels},
    {"id", KeyMeaning::identifier},
    {"ids", KeyMeaning::identifier},
    {"path", KeyMeaning::identifier},
    {"slug", KeyMeaning::identifier},
    {"key", KeyMeaning::identifier},
    {"code", KeyMeaning::identifier},
    {"ref", KeyMeaning::identifier},
    {"uuid", KeyMeaning::identifier},
    {"guid", KeyMeaning::identifier},
    {"url", KeyMeaning::identifier},
    {"urls", KeyMeaning::identifier},
    {"uri", KeyMeaning::identifier},
    {"link", KeyMeaning::identifier},
    {"links", KeyMeaning::identifier},
    {"href", KeyMeaning::identifier},
    {"image", KeyMeaning::identifier},
    {"icon", KeyMeaning::identifier},
    {"emoji", KeyMeaning::identifier},
    {"color", KeyMeaning::identifier},
    {"colour", KeyMeaning::identifier},
    {"layout", KeyMeaning::identifier},
    {"permalink", KeyMeaning::identifier},
    {"schema", KeyMeaning::identifier},
    {"sidebartitle", KeyMeaning::identifier},
    {"sidebarlabel", KeyMeaning::identifier},
    {"sidebargroup", KeyMeaning::identifier},
    {"linktitle", KeyMeaning::identifier},
    {"shorttitle", KeyMeaning::identifier},
    {"summary", KeyMeaning::summary},
    {"description", KeyMeaning::summary},
    {"about", KeyMeaning::summary},
    {"overview", KeyMeaning::summary},
    {"introduction", KeyMeaning::summary},
    {"intro", KeyMeaning::summary},
    {"purpose", KeyMeaning::summary},
    {"body", KeyMeaning::summary},
    {"definition", KeyMeaning::summary},
    {"details", KeyMeaning::summary},
    {"abstract", KeyMeaning::summary},
    {"criterion", KeyMeaning::statement},
    {"text", KeyMeaning::statement},
    {"statement", KeyMeaning::statement},
    {"behaviour", KeyMeaning::statement},
    {"behavior", KeyMeaning::statement},
    {"expectation", KeyMeaning::statement},
    {"requirement", KeyMeaning::statement},
    {"value", KeyMeaning::statement},
    {"point", KeyMeaning::statement},
    {"criteria", KeyMeaning::statements},
    {"items", KeyMeaning::statements},
    {"points", KeyMeaning::statements},
    {"bullets", KeyMeaning::statements},
    {"list", KeyMeaning::statements},
    {"content", KeyMeaning::statements},
    {"contents", KeyMeaning::statements},
    {"statements", KeyMeaning::statements},
    {"expectations", KeyMeaning::statements},
    {"behaviours", KeyMeaning::statements},
    {"behaviors", KeyMeaning::statements},
    {"requirements", KeyMeaning::statements},
    {"entries", KeyMeaning::statements},
    {"examplecriteria", KeyMeaning::statements},
    {"signals", KeyMeaning::statements},
    {"example", KeyMeaning::examples},
    {"examples", KeyMeaning::examples},
    {"exampletasks", KeyMeaning::examples},
    {"theme", KeyMeaning::group},
    {"category", KeyMeaning::group},
    {"area", KeyMeaning::group},
    {"topic", KeyMeaning::group},
    {"capability", KeyMeaning::group},
    {"competency", KeyMeaning::group},
    {"competence", KeyMeaning::group},
    {"pillar", KeyMeaning::group},
    {"dimension", KeyMeaning::group},
    {"group", KeyMeaning::group},
    {"attribute", KeyMeaning::group},
    {"weight", KeyMeaning::figure},
    {"weighting", KeyMeaning::figure},
    {"score", KeyMeaning::figure},
    {"salary", KeyMeaning::figure},
    {"compensation", KeyMeaning::figure},
    {"pay", KeyMeaning::figure},
    {"extends", KeyMeaning::follows},
    {"inherits", KeyMeaning::follows},
    {"inheritsfrom", KeyMeaning::follows},
    {"buildson", KeyMeaning::follows},
}};

}  // namespace

KeyMeaning meaning_of(std::string_view key) {
  std::string letters;
  for (const char c : to_lower_ascii(key)) {
    if (c >= 'a' && c <= 'z') letters += c;
  }
  const auto at = std::find_if(known_keys.begin(), known_keys.end(), [&](const Known& known) { return known.key == letters; });
  return at == known_keys.end() ? KeyMeaning::other : at->meaning;
}

std::string words_of_key(std::string_view key) {
  std::string words;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool after_lower = i > 0 && key[i - 1] >= 'a' && key[i - 1] <= 'z';
    const bool before_lower = i + 1 < key.size() && key[i + 1] >= 'a' && key[i + 1] <= 'z';
    if (is_upper && after_lower) words += ' ';
    if (c == '_' || c == '-') {
      words += ' ';
    } else if (is_upper && after_lower && before_lower) {
      words += static_cast<char>(c - 'A' + 'a');
    } else {
      words += c;
    }
  }
  words = collapse_white_space(words);
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::size_t count_words(std::string_view text) {
  text = trim(text);
  return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

bool is_small_number(std::string_view text) {
  return !text.empty() && text.size() <= 3 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace waymark::importer
