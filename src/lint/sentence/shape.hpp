/// Inside the sentence judge: what a criterion says is done, and to what. Not for other rooms.
///
/// Criteria begin with a verb, behind labels, pronouns, adverbs and frames ("is able to", "helps to"). Those are taken off one by one; no tagger is needed.
#pragma once

#include <array>
#include <optional>

#include "lint/sentence/tokens.hpp"

namespace waymark::lint::sentence {

enum class HeadKind : std::uint8_t {
  verb,         ///< "writes the plan"
  being,        ///< "is a strong leader", "known for …": what somebody is
  noun_phrase,  ///< "Strong SQL skills": no verb to be found
};

/// What was taken off in front of a head.
struct Frames {
  std::optional<std::size_t> capability;   ///< token where "able to", "can", "ability to" begins
  std::optional<std::size_t> attempt;      ///< "tries to"
  std::optional<std::size_t> helping;      ///< "helps to"
  std::optional<std::size_t> willing;      ///< "happy to"
  std::optional<std::size_t> in_charge;    ///< "responsible for"
  std::optional<std::size_t> taking_part;  ///< "contributes to writing"
  bool negated = false;
  bool with_subject = false;
};

/// Half-open range of tokens.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Clause {
  HeadKind kind = HeadKind::noun_phrase;
  std::size_t head = 0;            ///< token; the first of the phrase for being and noun_phrase
  std::optional<WordClass> verb;   ///< the class of the head when it is a verb
  VerbForm form = VerbForm::base;  ///< in which it was met
  Frames frames;
  Stretch object;  ///< the words right behind the head, up to the next preposition, clause or stop
};

struct Shape {
  std::size_t begin = 0;  ///< where the sentence proper begins, behind label and lead-in
  bool led_in = false;    ///< something stood in front: "When tasks are large, …"
  std::size_t count = 0;
  std::array<Clause, 12> clauses{};  ///< `count` of them, the first is the head of the sentence; further ones are not looked at
};

/// REQUIRES at least one token. O(tokens).
[[nodiscard]] Shape shape_of(const Tokens& tokens);

}  // namespace waymark::lint::sentence
