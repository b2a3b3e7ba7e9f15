// Makes src/lint/sentence/weights.tsv from labelled sentences, and says how well it does on sources it has not seen.
//   train_sentence_judge LABELLED.jsonl                    the quality table, groups left out
//   train_sentence_judge LABELLED.jsonl --write FILE.tsv   and the weights, from all sentences
//   train_sentence_judge LABELLED.jsonl --errors           and every sentence that came out wrong
//   train_sentence_judge --shape SENTENCE                  what is seen in a sentence
//   train_sentence_judge LABELLED.jsonl --apply            how the weights that are shipped do on these sentences
//   train_sentence_judge LABELLED.jsonl --on OTHER.jsonl   how weights made from the first file do on the second
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include "lint/sentence/judge.hpp"
#include "sentence_training.hpp"

namespace {

using namespace waymark;
using namespace waymark::training;

void print_row(const std::string& name, const std::vector<Outcome>& outcomes) {
  const Counts verdicts = verdict_counts(outcomes), warnings = warning_counts(outcomes);
  fmt::print("{:<12}{:>7}{:>10}{:>9.2f}{:>11.2f}{:>8.2f}{:>8.2f}{:>12.2f}{:>8.2f}{:>8.2f}   {}/{}\n", name,
             verdicts.true_vague + verdicts.false_specific, verdicts.false_vague + verdicts.true_specific, verdicts.matthews(), verdicts.precision(),
             verdicts.recall(), verdicts.false_alarm_rate(), warnings.precision(), warnings.recall(), warnings.false_alarm_rate(),
             warnings.true_vague, warnings.false_vague);
}

void print_table(const std::vector<Outcome>& outcomes, const std::vector<Labelled>& sentences) {
  fmt::print("{:<12}{:>7}{:>10}{:>9}{:>11}{:>8}{:>8}{:>12}{:>8}{:>8}   {}\n", "group", "vague", "specific", "Matthews", "precision", "recall",
             "alarms", "warn. prec.", "recall", "alarms", "true/false");
  for (const std::string& group : groups_of(sentences)) {
    std::vector<Outcome> part;
    std::copy_if(outcomes.begin(), outcomes.end(), std::back_inserter(part), [&](const Outcome& each) { return each.sentence->group == group; });
    print_row(group, part);
  }
  print_row("all", outcomes);
  const Interval interval = bootstrap_matthews(outcomes);
  fmt::print("Matthews correlation {:.3f}, 95 % of {} bootstrap samples between {:.2f} and {:.2f}\n", verdict_counts(outcomes).matthews(), 2000,
             interval.low, interval.high);
  fmt::print("area under the curve {:.3f}\n", area_under_curve(outcomes));
}

std::vector<Outcome> as_shipped(const std::vector<Labelled>& sentences) {
  std::vector<Outcome> outcomes;
  for (const Labelled& each : sentences) {
    const lint::Judgement judgement = lint::judge_sentence(each.text);
    outcomes.push_back({&each, judgement.score, judgement.verdict == lint::Verdict::vague,
                        judgement.verdict == lint::Verdict::vague && judgement.weight == lint::Weight::warning});
  }
  return outcomes;
}

std::vector<Outcome> as_trained(const std::vector<Labelled>& sentences, const std::vector<Labelled>& others) {
  const lint::sentence::Weights weights = train(sentences, allowed_false_alarms);
  std::vector<Outcome> outcomes;
  for (const Labelled& each : others) {
    const double score = lint::sentence::probability_of_vague(each.features, weights);
    outcomes.push_back({&each, score, score >= weights.vague_from, score >= weights.warning_from});
  }
  return outcomes;
}

/// For choosing what is tried at all: how ridge and threshold bear on sentences of left-out groups.
void print_ridges(const std::vector<Labelled>& sentences) {
  for (const double ridge : ridges()) {
    const std::vector<Judged> judged = leave_groups_out(sentences, ridge);
    double loss = 0;
    std::vector<Outcome> outcomes;
    for (const Judged& each : judged) {
      loss -= std::log(each.sentence->label == Label::vague ? each.score : 1 - each.score);
      outcomes.push_back({each.sentence, each.score, false, false});
    }
    fmt::print("ridge {:>5}: area {:.3f}, log loss {:.3f}, Matthews", ridge, area_under_curve(outcomes), loss / static_cast<double>(judged.size()));
    for (int step = 10; step <= 18; ++step) {
      for (Outcome& each : outcomes) each.vague = each.score >= step / 20.0;
      fmt::print(" {:.2f}@{:.2f}", verdict_counts(outcomes).matthews(), step / 20.0);
    }
    fmt::print("\n");
  }
}

void print_errors(std::vector<Outcome> outcomes) {
  std::sort(outcomes.begin(), outcomes.end(), [](const Outcome& a, const Outcome& b) { return a.score > b.score; });
  for (const Outcome& each : outcomes) {
    const bool truly = each.sentence->label == Label::vague;
    if (truly == each.vague) continue;
    fmt::print("{} {:.2f} {:<11} {}\n",
               truly          ? "missed     "
               : each.warning ? "false WARN "
                              : "false alarm",
               each.score, each.sentence->group, each.sentence->text);
    fmt::print("                             ");
    for (std::size_t i = 0; i < lint::sentence::feature_count; ++i) {
      const double share = each.sentence->features.values[i] * lint::sentence::weights().of[i];
      if (std::abs(share) > 0.05) fmt::print(" {} {:+.1f}", lint::sentence::features_told()[i].name, share);
    }
    fmt::print("\n");
  }
}

/// What the judge sees in one sentence.
void print_shape(const std::string& sentence) {
  lint::sentence::Tokens tokens;
  lint::sentence::tokenize(sentence, tokens);
  if (tokens.empty()) return;
  const lint::sentence::Shape shape = lint::sentence::shape_of(tokens);
  for (std::size_t i = 0; i < shape.count; ++i) {
    const lint::sentence::Clause& clause = shape.clauses[i];
    const char* const kinds[] = {"verb", "being", "noun phrase"};
    std::string object;
    for (std::size_t j = clause.object.begin; j < clause.object.end; ++j) object += " " + std::string(tokens[j].text);
    fmt::print("{} '{}' class {} object{}\n", kinds[static_cast<int>(clause.kind)], tokens[clause.head].text,
               clause.verb ? static_cast<int>(*clause.verb) : -1, object);
  }
  const lint::sentence::Features features = lint::sentence::features_of(tokens, shape);
  for (std::size_t i = 0; i < lint::sentence::feature_count; ++i) {
    const double value = features.values[i];
    if (value != 0)
      fmt::print("  {} {:.2f} * {:.2f} {}\n", lint::sentence::features_told()[i].name, value, lint::sentence::weights().of[i], features.words[i]);
  }
}

void print_others(const std::vector<Labelled>& sentences) {
  int counts[4][4] = {};
  for (const Labelled& each : sentences) ++counts[static_cast<int>(each.label)][static_cast<int>(lint::judge_sentence(each.text).verdict)];
  fmt::print("\nas shipped{:>12}{:>12}{:>8}{:>17}\n", "specific", "vague", "tenure", "no criterion");
  for (const Label label : {Label::vague, Label::specific, Label::tenure, Label::other}) {
    const char* const names[] = {"vague", "specific", "tenure", "other"};
    const int* const row = counts[static_cast<int>(label)];
    fmt::print("{:<10}{:>12}{:>12}{:>8}{:>17}\n", names[static_cast<int>(label)], row[0], row[1], row[2], row[3]);
  }
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.empty()) {
    fmt::print(stderr, "usage: train_sentence_judge LABELLED.jsonl [--write FILE.tsv | --errors | --apply | --on OTHER.jsonl]\n");
    return 2;
  }
  const auto asked = [&](const char* option) { return std::find(words.begin(), words.end(), option) != words.end(); };
  if (words[0] == "--shape" && words.size() > 1) {
    print_shape(words[1]);
    return 0;
  }
  const std::vector<Labelled> all = read_labelled(words[0]), sentences = vague_or_specific(all);
  if (const auto at = std::find(words.begin(), words.end(), "--on"); at != words.end() && at + 1 != words.end()) {
    const std::vector<Labelled> others = vague_or_specific(read_labelled(*(at + 1)));
    const std::vector<Outcome> outcomes = as_trained(sentences, others);
    print_table(outcomes, others);
    if (asked("--errors")) print_errors(outcomes);
    return 0;
  }
  const std::vector<Outcome> outcomes = asked("--apply") ? as_shipped(sentences) : nested_validation(sentences, allowed_false_alarms);
  print_table(outcomes, sentences);
  if (asked("--ridges")) print_ridges(sentences);
  if (asked("--errors")) print_errors(outcomes);
  if (const auto at = std::find(words.begin(), words.end(), "--write"); at != words.end() && at + 1 != words.end()) {
    const std::string table = lint::sentence::weights_table(
        train(sentences, allowed_false_alarms),
        fmt::format("# What each thing in a sentence weighs: above 0 toward vague, below 0 toward specific (doc/vagueness.md).\n"
                    "# Made by tools/train_sentence_judge from {} labelled sentences of {} groups. Do not edit by hand.\n",
                    sentences.size(), groups_of(sentences).size()));
    std::ofstream(*(at + 1)) << table;
  }
  print_others(all);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "train_sentence_judge: {}\n", error.what());
  return 1;
}
