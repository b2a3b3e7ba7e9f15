/// Inside the sentence judge: what is counted in a sentence. The names are those of weights.tsv. Not for other rooms, except the tool that makes the weights.
#pragma once

#include <array>
#include <string_view>

#include "lint/sentence/shape.hpp"

namespace waymark::lint::sentence {

enum class Feature : std::uint8_t {
  head_trace,
  head_plan,
  head_notice,
  head_deliver,
  head_lead,
  head_improve,
  head_take_part,
  head_support,
  head_communicate,
  head_influence,
  head_show,
  head_state,
  head_learn,
  head_generic,
  head_light,
  head_unlisted,
  no_verb,
  being,
  past_event,
  capability,
  attempt,
  helping,
  willing,
  in_charge,
  taking_part,
  negated,
  object_artefact,
  object_event,
  object_soft,
  object_abstract,
  object_people,
  object_missing,
  trace_with_artefact,
  trace_without_artefact,
  plan_with_artefact,
  light_with_artefact,
  presence_at_event,
  later_artefact,
  abstract_words,
  evaluative_words,
  puff_words,
  knowledge_words,
  trait_words,
  reputation,
  vague_act,
  acronym,
  named_thing,
  counted,
  rhythm,
  means,
  clauses_trace,
  clauses_vague,
  best_clause,
  acts_elsewhere,
  topic,
  example,
  short_sentence,
  length,
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::length) + 1;

/// What is told about a feature.
struct FeatureTold {
  std::string_view name;      ///< as in weights.tsv
  double expected;            ///< where the weight is drawn to when the labelled sentences say little: above 0 toward vague
  std::string_view meaning;   ///< for weights.tsv
  std::string_view vague;     ///< reason when it speaks for vague; `{}` is the word met; empty when it is no reason by itself
  std::string_view specific;  ///< reason when it speaks for specific
};
[[nodiscard]] const std::array<FeatureTold, feature_count>& features_told();

struct Features {
  std::array<double, feature_count> values{};
  std::array<std::string_view, feature_count>
      words{};  ///< the word that a value comes from, a view into the sentence or the word lists; empty when none

  [[nodiscard]] double operator[](Feature which) const { return values[static_cast<std::size_t>(which)]; }
};

/// REQUIRES at least one token. O(tokens), no allocation.
[[nodiscard]] Features features_of(const Tokens& tokens, const Shape& shape);

}  // namespace waymark::lint::sentence
