/// Inside the sentence judge: the word lists (words/*.txt) as one table. Not for other rooms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::lint::sentence {

/// A list of words, in the order of `class_names()`; the file of a class is words/NAME.txt.
enum class WordClass : std::uint8_t {
  verbs_trace,
  verbs_plan,
  verbs_notice,
  verbs_deliver,
  verbs_lead,
  verbs_improve,
  verbs_take_part,
  verbs_support,
  verbs_communicate,
  verbs_influence,
  verbs_show,
  verbs_state,
  verbs_learn,
  verbs_generic,
  nouns_artefact,
  nouns_event,
  nouns_soft,
  nouns_abstract,
  nouns_knowledge,
  nouns_people,
  nouns_role,
  words_evaluative,
  words_puff,
  words_trait,
  words_adverb,
  words_subject,
  words_modal,
  words_boundary,
  words_leading,
  words_determiner,
  words_rhythm,
  words_anaphor,
  words_number,
  words_time_unit,
  words_horizon,
  words_experience,
  words_credential,
  words_role_title,
  words_foreign,
  words_english,
  words_by_name,
  verbs_with_people,
  phrases_reputation,
  phrases_capability,
  phrases_attempt,
  phrases_willing,
  phrases_vague_act,
  phrases_example,
  phrases_at_least,
};
inline constexpr std::size_t word_class_count = 49;
inline constexpr std::size_t verb_class_count = 14;

/// A set of word classes.
class Classes {
 public:
  constexpr Classes() = default;
  constexpr Classes(std::initializer_list<WordClass> classes) {
    for (const WordClass each : classes) add(each);
  }
  constexpr void add(WordClass which) { m_bits |= std::uint64_t{1} << static_cast<unsigned>(which); }
  constexpr void add(Classes others) { m_bits |= others.m_bits; }
  [[nodiscard]] constexpr bool has(WordClass which) const { return (m_bits >> static_cast<unsigned>(which) & 1) != 0; }
  [[nodiscard]] constexpr bool has_any(Classes others) const { return (m_bits & others.m_bits) != 0; }
  [[nodiscard]] constexpr bool empty() const { return m_bits == 0; }

 private:
  std::uint64_t m_bits = 0;
};

inline constexpr Classes all_verbs{WordClass::verbs_trace,     WordClass::verbs_plan,      WordClass::verbs_deliver, WordClass::verbs_lead,
                                   WordClass::verbs_improve,   WordClass::verbs_take_part, WordClass::verbs_support, WordClass::verbs_communicate,
                                   WordClass::verbs_influence, WordClass::verbs_show,      WordClass::verbs_state,   WordClass::verbs_learn,
                                   WordClass::verbs_generic,   WordClass::verbs_notice};
inline constexpr Classes all_nouns{WordClass::nouns_artefact,  WordClass::nouns_event,  WordClass::nouns_soft, WordClass::nouns_abstract,
                                   WordClass::nouns_knowledge, WordClass::nouns_people, WordClass::nouns_role};

/// The forms in which a verb is met; several may look alike ("set", "lead").
enum class VerbForm : std::uint8_t { base = 1, third_person = 2, gerund = 4, past = 8, participle = 16 };

struct Word {
  std::string_view text;   ///< lower case, as met
  std::string_view lemma;  ///< as it stands in the list; of a verb when it is one
  Classes classes;
  Classes begins;          ///< classes of the phrases that this word begins
  std::uint8_t forms = 0;  ///< of VerbForm

  [[nodiscard]] bool is(WordClass which) const { return classes.has(which); }
  [[nodiscard]] bool is_verb() const { return forms != 0; }
  [[nodiscard]] bool has_form(VerbForm form) const { return (forms & static_cast<std::uint8_t>(form)) != 0; }
};

struct Phrase {
  std::string_view text;
  std::vector<std::string_view> words;  ///< lower case
  WordClass which;
};

/// Made once from the embedded lists, immutable, safe from all threads. Lookup is one hash and, nearly always, one comparison.
class Vocabulary {
 public:
  [[nodiscard]] static const Vocabulary& get();

  /// Exactly as spelt, lower case; none for a word that stands in no list.
  [[nodiscard]] const Word* find(std::string_view lower) const;
  /// The phrases that begin with a word, longest first.
  [[nodiscard]] const std::vector<Phrase>& phrases_of(const Word& first) const;

 private:
  Vocabulary();
  struct Building;

  std::vector<std::string> m_texts;  ///< what the views below look at; never grows after the table is made
  std::vector<Word> m_words;
  std::vector<std::vector<Phrase>> m_phrases;  ///< beside m_words
  std::vector<std::uint32_t> m_slots;          ///< index of a word + 1, 0 for empty; a power of two of them
};

/// Every form of a verb as the lists write it ("write/wrote/written", "ship+"), with what form it is. British and American spellings of -ise.
struct Inflected {
  std::string text;
  VerbForm form;
};
[[nodiscard]] std::vector<Inflected> inflect_verb(std::string_view listed);
[[nodiscard]] std::string plural_of(std::string_view noun);

}  // namespace waymark::lint::sentence
