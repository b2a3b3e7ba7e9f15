#include "lint/sentence/weights.hpp"

#include <fmt/core.h>

#include <cassert>
#include <charconv>
#include <cmath>
#include <map>
#include <string>

#include "base/text.hpp"
#include "embedded/sentence_words.hpp"

namespace waymark::lint::sentence {
namespace {

constexpr std::string_view intercept_name = "intercept", vague_name = "vague_from", warning_name = "warning_from";

double number_of(std::string_view text) {
  double number = 0;
  [[maybe_unused]] const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  assert(result.ec == std::errc() && "weights.tsv holds numbers");
  return number;
}

}  // namespace

Weights parse_weights(std::string_view table) {
  std::map<std::string_view, double> numbers;
  for (const std::string_view line : split(table, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> columns = split(line, '\t');
    assert(columns.size() == 3 && "weights.tsv has three columns");
    numbers[columns[0]] = number_of(columns[1]);
  }
  Weights weights;
  weights.intercept = numbers.at(intercept_name);
  weights.vague_from = numbers.at(vague_name);
  weights.warning_from = numbers.at(warning_name);
  for (std::size_t i = 0; i < feature_count; ++i) weights.of[i] = numbers.at(features_told()[i].name);
  return weights;
}

std::string weights_table(const Weights& weights, std::string_view comment) {
  std::string table(comment);
  const auto row = [&](std::string_view name, double number, std::string_view meaning) {
    table += fmt::format("{}\t{:.3f}\t{}\n", name, number, meaning);
  };
  row(vague_name, weights.vague_from, "probability from which the verdict is vague");
  row(warning_name, weights.warning_from, "probability from which a vague sentence is a warning, not only information");
  row(intercept_name, weights.intercept, "log-odds of vague before anything is counted");
  for (std::size_t i = 0; i < feature_count; ++i) row(features_told()[i].name, weights.of[i], features_told()[i].meaning);
  return table;
}

const Weights& weights() {
  static const Weights read = [] {
    for (const embedded::File& file : embedded::sentence_words()) {
      if (file.name == "weights.tsv") return parse_weights(file.bytes);
    }
    assert(false && "weights.tsv is embedded");
    return Weights();
  }();
  return read;
}

double probability_of_vague(const Features& features, const Weights& weights) {
  double log_odds = weights.intercept;
  for (std::size_t i = 0; i < feature_count; ++i) log_odds += features.values[i] * weights.of[i];
  return 1 / (1 + std::exp(-log_odds));
}

}  // namespace waymark::lint::sentence
