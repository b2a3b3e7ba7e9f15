// How well the sentence judge does on sources it has not seen. Runs where the labelled sentences are; they are other people's and not part of this repository.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "lint/sentence/judge.hpp"
#include "sentence_training.hpp"

using namespace waymark;
using namespace waymark::training;

namespace {

std::string labelled_file() {
  const char* const named = std::getenv("WAYMARK_LABELLED_SENTENCES");
  return named != nullptr ? named : WAYMARK_SOURCE_DIR "/../shared/data/criteria.jsonl";
}

bool is_here() {
  const bool here = std::filesystem::exists(labelled_file());
  if (!here) MESSAGE("The labelled sentences are not here; WAYMARK_LABELLED_SENTENCES can name them.");
  return here;
}

}  // namespace

TEST_CASE("groups left out, with everything chosen without them, are judged within the bounds") {
  if (!is_here()) return;
  const std::vector<Labelled> sentences = vague_or_specific(read_labelled(labelled_file()));
  const std::vector<Outcome> outcomes = nested_validation(sentences, allowed_false_alarms);
  CHECK(outcomes.size() == sentences.size());
  CHECK(verdict_counts(outcomes).matthews() >= 0.60);
  CHECK(bootstrap_matthews(outcomes, 500).low >= 0.50);
  const Counts warnings = warning_counts(outcomes);
  CHECK(warnings.precision() >= 0.95);
  CHECK(warnings.recall() >= 0.5);
  CHECK(warnings.false_alarm_rate() <= 0.05);
}

TEST_CASE("the scores of groups left out are probabilities") {
  if (!is_here()) return;
  const std::vector<Labelled> sentences = vague_or_specific(read_labelled(labelled_file()));
  double said = 0, true_vague = 0;
  for (const Outcome& each : nested_validation(sentences, allowed_false_alarms)) {
    said += each.score;
    true_vague += each.sentence->label == Label::vague ? 1 : 0;
  }
  CHECK(said / static_cast<double>(sentences.size()) == doctest::Approx(true_vague / static_cast<double>(sentences.size())).epsilon(0.08));
}

TEST_CASE("the weights that are shipped are those the tool makes") {
  if (!is_here()) return;
  const auto made = train(vague_or_specific(read_labelled(labelled_file())), allowed_false_alarms);
  const auto& shipped = lint::sentence::weights();
  for (std::size_t i = 0; i < lint::sentence::feature_count; ++i) {
    CAPTURE(lint::sentence::features_told()[i].name);
    CHECK(shipped.of[i] == doctest::Approx(made.of[i]).epsilon(0.01));
  }
  CHECK(shipped.warning_from == doctest::Approx(made.warning_from).epsilon(0.01));
}

TEST_CASE("tenure is told from the rest, and few criteria are taken for none") {
  if (!is_here()) return;
  int tenure = 0, tenure_found = 0, false_tenure = 0, lost = 0;
  for (const Labelled& each : read_labelled(labelled_file())) {
    const lint::Verdict verdict = lint::judge_sentence(each.text).verdict;
    if (each.label == Label::tenure) ++tenure;
    if (each.label == Label::tenure && verdict == lint::Verdict::tenure) ++tenure_found;
    if (each.label != Label::tenure && verdict == lint::Verdict::tenure) ++false_tenure;
    if ((each.label == Label::vague || each.label == Label::specific) && verdict == lint::Verdict::not_a_criterion) ++lost;
  }
  CHECK(tenure_found == tenure);
  CHECK(false_tenure == 0);
  CHECK(lost <= 3);
}
