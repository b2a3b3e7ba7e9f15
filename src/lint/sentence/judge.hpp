/// Judges one sentence of a career document: could two managers who watched somebody for half a year point at the same things, and answer yes or no alike?
///
/// The rules are for English. How it judges and how well is in doc/vagueness.md.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::lint {

enum class Verdict {
  specific,         ///< an act or outcome that leaves a trace, on something that is named
  vague,            ///< a trait, state, capability or reputation, or an act that fits anybody
  tenure,           ///< elapsed time, a degree or a certificate is the test
  not_a_criterion,  ///< heading, explanation or fragment; also what is not English
};

/// How sure a finding would be. Only vague and tenure are ever above none.
enum class Weight { none, info, warning };

struct Judgement {
  Verdict verdict = Verdict::not_a_criterion;
  Weight weight = Weight::none;
  double score = 0;                  ///< probability, 0 to 1, that a person would call it vague; 0 where it is tenure or no criterion
  std::vector<std::string> reasons;  ///< plain English for a manager, the two strongest; at least one unless the text is empty
};

/// One criterion, in any bytes; bullets, labels and white space around it do not matter. Words past the 400th are not looked at. Thread-safe, needs no locale.
/// O(length).
[[nodiscard]] Judgement judge_sentence(std::string_view sentence);

/// What a finding asks the author, instead of offering an adjective. REQUIRES vague or tenure.
[[nodiscard]] std::string_view question_for(Verdict verdict);

enum class TenureKind {
  elapsed_time,  ///< "two years of", "5+ yrs"
  time_in_role,  ///< "time in role", "years of service"
  credential,    ///< a degree or certificate
};

/// A stretch of a text, in bytes, half-open.
struct Occurrence {
  std::size_t begin = 0;
  std::size_t end = 0;
  TenureKind kind = TenureKind::elapsed_time;
};

/// Where a text makes elapsed time or a credential the test, in order, without overlap. "Two years of data retention", "a two-year roadmap" and "degree of
/// freedom" are none. Takes any bytes. Thread-safe. O(length).
[[nodiscard]] std::vector<Occurrence> tenure_phrases(std::string_view text);

/// Whether a whole document is English; text of fewer than twelve words counts as English unless it is written in another alphabet. Thread-safe. Reads at most
/// the first 64 KiB.
[[nodiscard]] bool is_english(std::string_view document);

}  // namespace waymark::lint
