#include "base/text.hpp"
#include "lint/sentence/words.hpp"

namespace waymark::lint::sentence {
namespace {

bool is_vowel(char letter) { return std::string_view("aeiou").find(letter) != std::string_view::npos; }

bool ends_in_consonant_y(std::string_view word) { return word.size() > 1 && word.back() == 'y' && !is_vowel(word[word.size() - 2]); }

bool takes_es(std::string_view word) {
  return word.ends_with("s") || word.ends_with("x") || word.ends_with("z") || word.ends_with("ch") || word.ends_with("sh") || word.ends_with("o");
}

/// One syllable that ends in consonant, vowel, consonant: plan, ship, run.
bool doubles_by_itself(std::string_view word) {
  if (word.size() < 3 || word.size() > 5) return false;
  const char last = word.back();
  if (is_vowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
  std::size_t vowels = 0;
  for (const char letter : word) vowels += is_vowel(letter) ? 1 : 0;
  return vowels == 1 && is_vowel(word[word.size() - 2]);
}

void add_regular(std::vector<Inflected>& forms, const std::string& base, bool doubles, bool irregular) {
  const std::string_view stem = base;
  const std::string without_last = base.substr(0, base.size() - 1);
  forms.push_back({base, VerbForm::base});
  forms.push_back({ends_in_consonant_y(stem) ? without_last + "ies" : base + (takes_es(stem) ? "es" : "s"), VerbForm::third_person});
  std::vector<std::string> stems;
  if (doubles) {
    stems.push_back(base + base.back());
    if (base.size() > 5) stems.push_back(base);
  } else if (base.back() == 'e' && !base.ends_with("ee") && !base.ends_with("oe")) {
    stems.push_back(without_last);
  } else {
    stems.push_back(base);
  }
  for (const std::string& each : stems) {
    forms.push_back({each + "ing", VerbForm::gerund});
    if (irregular) continue;
    const std::string past = ends_in_consonant_y(stem) ? without_last + "ied" : base.ends_with("ee") ? base + "d" : each + "ed";
    forms.push_back({past, VerbForm::past});
    forms.push_back({past, VerbForm::participle});
  }
}

}  // namespace

std::vector<Inflected> inflect_verb(std::string_view listed) {
  const std::vector<std::string_view> parts = split(listed, '/');
  std::string base(parts.front());
  const bool marked = base.ends_with('+');
  if (marked) base.pop_back();
  std::vector<Inflected> forms;
  const bool irregular = parts.size() > 1;
  add_regular(forms, base, marked || doubles_by_itself(base), irregular);
  if (irregular) forms.push_back({std::string(parts[1]), VerbForm::past});
  if (irregular) forms.push_back({std::string(parts.back()), VerbForm::participle});
  if (base.ends_with("ise") && base.size() > 5) add_regular(forms, base.substr(0, base.size() - 3) + "ize", false, false);
  return forms;
}

std::string plural_of(std::string_view noun) {
  if (ends_in_consonant_y(noun)) return std::string(noun.substr(0, noun.size() - 1)) + "ies";
  return std::string(noun) + (takes_es(noun) ? "es" : "s");
}

}  // namespace waymark::lint::sentence
