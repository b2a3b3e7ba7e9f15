#include "lint/sentence/judge.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "lint/sentence/features.hpp"
#include "lint/sentence/other.hpp"
#include "lint/sentence/sentence_rules.hpp"
#include "lint/sentence/weights.hpp"

namespace waymark::lint {
namespace {

using namespace sentence;

std::string reason_of(std::size_t feature, const Features& features, Verdict verdict) {
  const FeatureTold& told = features_told()[feature];
  const std::string_view words = verdict == Verdict::vague ? told.vague : told.specific;
  return words.empty() ? std::string() : replace_all(std::string(words), "{}", collapse_white_space(features.words[feature]));
}

/// The two features that weigh most toward the verdict and can be told, each about a word of its own.
std::vector<std::string> strongest_reasons(const Features& features, const Shape& shape, Verdict verdict) {
  const Weights& table = weights();
  const double sign = verdict == Verdict::vague ? 1 : -1;
  std::array<std::size_t, feature_count> order{};
  for (std::size_t i = 0; i < feature_count; ++i) order[i] = i;
  const auto strength = [&](std::size_t i) { return sign * features.values[i] * table.of[i]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });
  const auto is_about_clauses = [](std::size_t i) {
    return i == static_cast<std::size_t>(Feature::clauses_trace) || i == static_cast<std::size_t>(Feature::clauses_vague);
  };
  std::vector<std::string> reasons;
  std::string_view word;
  for (const std::size_t i : order) {
    if (reasons.size() == 2 || strength(i) <= 0.05) break;
    if (is_about_clauses(i) && shape.count == 1) continue;
    if (!reasons.empty() && !word.empty() && features.words[i] == word) continue;
    std::string reason = reason_of(i, features, verdict);
    if (reason.empty()) continue;
    word = features.words[i];
    reasons.push_back(std::move(reason));
  }
  if (reasons.empty())
    reasons.emplace_back(verdict == Verdict::vague ? "names nothing that was made, decided or run" : "nothing in it is vague by itself");
  return reasons;
}

std::string_view told(TenureKind kind) {
  switch (kind) {
    case TenureKind::elapsed_time: return "counts time that went by, not what was done in it";
    case TenureKind::time_in_role: return "counts time in a place, not what was done there";
    case TenureKind::credential: return "asks for a paper, not for what it should show";
  }
  return {};
}

}  // namespace

Judgement judge_sentence(std::string_view text) {
  thread_local Tokens tokens;
  tokenize(text, tokens);
  Judgement judgement;
  if (tokens.empty()) {
    if (!trim(text).empty()) judgement.reasons.emplace_back("has no words");
    return judgement;
  }
  if (!sentence::is_english(text, tokens)) {
    judgement.reasons.emplace_back("is not English, and these rules are for English only");
    return judgement;
  }
  std::vector<Occurrence> tenure;
  find_tenure(text, 0, tokens, tenure);
  if (!tenure.empty()) {
    judgement.verdict = Verdict::tenure;
    judgement.weight = Weight::warning;
    const Occurrence& first = tenure.front();
    judgement.reasons.push_back("says '" + collapse_white_space(text.substr(first.begin, first.end - first.begin)) + "'");
    judgement.reasons.emplace_back(told(first.kind));
    return judgement;
  }
  const Shape shape = shape_of(tokens);
  if (const std::string_view why = why_no_criterion(text, tokens, shape); !why.empty()) {
    judgement.reasons.emplace_back(why);
    return judgement;
  }
  const Features features = features_of(tokens, shape);
  judgement.score = probability_of_vague(features, weights());
  judgement.verdict = judgement.score >= weights().vague_from ? Verdict::vague : Verdict::specific;
  if (judgement.verdict == Verdict::vague) judgement.weight = judgement.score >= weights().warning_from ? Weight::warning : Weight::info;
  judgement.reasons = strongest_reasons(features, shape, judgement.verdict);
  return judgement;
}

std::string_view question_for(Verdict verdict) {
  if (verdict == Verdict::tenure) return "What did they do in that time that they could not do before, and who has seen it?";
  return "What did they produce, decide or run; for which system or people; who reviewed it?";
}

}  // namespace waymark::lint
