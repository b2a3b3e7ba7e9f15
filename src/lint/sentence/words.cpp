#include "lint/sentence/words.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <unordered_map>

#include "base/text.hpp"
#include "embedded/sentence_words.hpp"

namespace waymark::lint::sentence {
namespace {

constexpr std::array<std::string_view, word_class_count> class_names{
    "verbs_trace",       "verbs_plan",         "verbs_notice",       "verbs_deliver",    "verbs_lead",      "verbs_improve",     "verbs_take_part",
    "verbs_support",     "verbs_communicate",  "verbs_influence",    "verbs_show",       "verbs_state",     "verbs_learn",       "verbs_generic",
    "verbs_light",       "nouns_artefact",     "nouns_event",        "nouns_soft",       "nouns_abstract",  "nouns_knowledge",   "nouns_people",
    "nouns_role",        "words_evaluative",   "words_puff",         "words_trait",      "words_adverb",    "words_subject",     "words_modal",
    "words_boundary",    "words_leading",      "words_determiner",   "words_rhythm",     "words_anaphor",   "words_number",      "words_time_unit",
    "words_horizon",     "words_experience",   "words_credential",   "words_role_title", "words_foreign",   "words_english",     "words_by_name",
    "verbs_with_people", "phrases_reputation", "phrases_capability", "phrases_attempt",  "phrases_willing", "phrases_vague_act", "phrases_example",
    "phrases_at_least"};

/// FNV-1a; the table is made once and words are short.
std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619u;
  return hash ^ (hash >> 15);
}

std::string_view file_of(std::string_view class_name) {
  for (const embedded::File& file : embedded::sentence_words()) {
    if (file.name.starts_with("words/") && file.name.substr(6) == std::string(class_name) + ".txt") return file.bytes;
  }
  assert(false && "every word class has its file");
  return {};
}

bool is_comment(std::string_view line) { return line.empty() || line.front() == '#'; }

}  // namespace

/// Words by their text while the lists are read; texts get their final home only at the end.
struct Vocabulary::Building {
  struct Entry {
    std::string lemma;
    Classes classes;
    Classes begins;
    std::uint8_t forms = 0;
    std::vector<std::pair<std::string, WordClass>> phrases;
  };
  std::unordered_map<std::string, Entry> entries;

  Building() { entries.reserve(16384); }

  Entry& at(const std::string& text, const std::string& lemma) {
    Entry& entry = entries[text];
    if (entry.lemma.empty()) entry.lemma = lemma;
    return entry;
  }

  void add_verb(std::string_view listed, WordClass which) {
    const std::vector<Inflected> forms = inflect_verb(listed);
    for (const Inflected& each : forms) {
      Entry& entry = at(each.text, forms.front().text);
      if (entry.forms == 0) entry.lemma = forms.front().text;
      entry.classes.add(which);
      entry.forms = static_cast<std::uint8_t>(entry.forms | static_cast<std::uint8_t>(each.form));
    }
  }

  void add_line(std::string_view line, WordClass which) {
    const std::string_view name = class_names[static_cast<std::size_t>(which)];
    if (name.starts_with("phrases_")) {
      const std::string phrase(trim(line));
      const std::string first(phrase.substr(0, phrase.find(' ')));
      Entry& entry = at(first, first);
      entry.begins.add(which);
      entry.phrases.emplace_back(phrase, which);
      // Every word of a phrase must be met as a word, or the phrase would never be seen.
      for (const std::string_view word : split(phrase, ' ')) at(std::string(word), std::string(word));
      return;
    }
    for (const std::string_view piece : split(line, ' ')) {
      if (piece.empty()) continue;
      const std::string word(piece);
      if (name.starts_with("verbs_")) {
        add_verb(piece, which);
        continue;
      }
      at(word, word).classes.add(which);
      if (name.starts_with("nouns_")) at(plural_of(word), word).classes.add(which);
      if (which == WordClass::words_evaluative) {
        for (const std::string& adverb : {word + "ly", word.substr(0, word.size() - 1) + "y", word.substr(0, word.size() - 1) + "ily"}) {
          const bool fits =
              adverb.ends_with("ily") ? word.ends_with("y") : adverb.ends_with("ly") && (!word.ends_with("le") || !adverb.ends_with("lely"));
          if (fits) at(adverb, adverb).classes.add(which);
        }
      }
    }
  }
};

Vocabulary::Vocabulary() {
  Building building;
  for (std::size_t i = 0; i < class_names.size(); ++i) {
    for (const std::string_view line : split(file_of(class_names[i]), '\n')) {
      if (!is_comment(trim(line))) building.add_line(line, static_cast<WordClass>(i));
    }
  }
  std::size_t texts = 0;
  for (const auto& [text, entry] : building.entries) texts += 2 + entry.phrases.size();
  m_texts.reserve(texts);
  const auto kept = [this](const std::string& text) -> std::string_view { return m_texts.emplace_back(text); };
  for (const auto& [text, entry] : building.entries) {
    m_words.push_back({kept(text), kept(entry.lemma), entry.classes, entry.begins, entry.forms});
    std::vector<Phrase>& phrases = m_phrases.emplace_back();
    for (const auto& [phrase, which] : entry.phrases) {
      const std::string_view view = kept(phrase);
      phrases.push_back({view, split(view, ' '), which});
    }
    std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
  }
  std::size_t slots = 1;
  while (slots < 3 * m_words.size()) slots *= 2;
  m_slots.assign(slots, 0);
  for (std::size_t i = 0; i < m_words.size(); ++i) {
    std::size_t slot = hash_of(m_words[i].text) & (slots - 1);
    while (m_slots[slot] != 0) slot = (slot + 1) & (slots - 1);
    m_slots[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

const Vocabulary& Vocabulary::get() {
  static const Vocabulary vocabulary;
  return vocabulary;
}

const Word* Vocabulary::find(std::string_view lower) const {
  for (std::size_t slot = hash_of(lower) & (m_slots.size() - 1); m_slots[slot] != 0; slot = (slot + 1) & (m_slots.size() - 1)) {
    const Word& word = m_words[m_slots[slot] - 1];
    if (word.text == lower) return &word;
  }
  return nullptr;
}

const std::vector<Phrase>& Vocabulary::phrases_of(const Word& first) const { return m_phrases[static_cast<std::size_t>(&first - m_words.data())]; }

}  // namespace waymark::lint::sentence
