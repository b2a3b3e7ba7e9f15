#include "stats/severity/conditional_rasch.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "stats_reference.hpp"
#include "stats_table.hpp"

using namespace waymark::stats;

namespace {

std::vector<int> matrix(const char* file, const char* prefix, std::size_t items) {
  const Table table(file);
  std::vector<int> result;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t item = 1; item <= items; ++item) result.push_back(std::stoi(table.cell(row, prefix + std::to_string(item))));
  }
  return result;
}

/// Bottles by judges, the ratings from 0.
std::vector<int> wine() {
  const Table table("wine.csv");
  const auto bottle = table.codes("bottle"), judge = table.codes("judge");
  const auto rating = table.numbers("rating");
  std::vector<int> result(72);
  for (std::size_t row = 0; row < 72; ++row) result[bottle[row] * 9 + judge[row]] = static_cast<int>(rating[row]) - 1;
  return result;
}

}  // namespace

TEST_CASE("the Rasch model agrees with the conditional likelihood solved in R") {
  const ConditionalRasch fit = **conditional_rasch(matrix("raschdat1.csv", "I", 30), 30, StepModel::rasch);
  for (const Reference& all : references("10_rasch.json")) {
    const Reference wanted = all["rm_raschdat1"];
    for (std::size_t i = 0; i < 30; ++i) CHECK(agrees(fit.location[i], wanted["difficulty"][i].number(), 1e-8));
    CHECK(agrees(fit.log_likelihood, wanted["loglik"].number(), 1e-10));
  }
}

TEST_CASE("the rating scale model agrees, severities of judges with their errors too") {
  const ConditionalRasch judges = **conditional_rasch(wine(), 9, StepModel::rating_scale);
  const ConditionalRasch items = **conditional_rasch(matrix("rsmdat.csv", "I", 6), 6, StepModel::rating_scale);
  for (const Reference& all : references("10_rasch.json")) {
    const Reference wanted = all["rsm_wine_cml"];
    for (std::size_t i = 0; i < 9; ++i) CHECK(agrees(judges.location[i], wanted["severity"][i].number(), 1e-8));
    for (std::size_t i = 0; i < 8; ++i) CHECK(agrees(judges.location_error[i + 1], wanted["se_free"][i].number(), 1e-8));
    for (std::size_t h = 0; h < 4; ++h) CHECK(agrees(judges.threshold[h], wanted["tau"][h].number(), 1e-8));
    for (std::size_t h = 0; h < 3; ++h) CHECK(agrees(judges.threshold_error[h], wanted["se_free"][h + 8].number(), 1e-8));
    CHECK(agrees(judges.log_likelihood, wanted["loglik"].number(), 1e-8));
    const Reference second = all["rsm_rsmdat"];
    for (std::size_t i = 0; i < 6; ++i) CHECK(agrees(items.location[i], second["location"][i].number(), 1e-8));
    for (std::size_t h = 0; h < 3; ++h) CHECK(agrees(items.threshold[h], second["tau"][h].number(), 1e-8));
    CHECK(agrees(items.log_likelihood, second["loglik"].number(), 1e-8));
  }
}

TEST_CASE("the partial credit model agrees with eRm as far as eRm goes") {
  const ConditionalRasch fit = **conditional_rasch(matrix("pcmdat2.csv", "I", 4), 4, StepModel::partial_credit);
  for (const Reference& all : references("10_rasch.json")) {
    const Reference wanted = all["pcm_pcmdat2"];
    CHECK(agrees(fit.log_likelihood, wanted["loglik"].number(), 1e-10));
    // eRm stops at about 1e-5 of a coefficient, one of which is near 0; the higher likelihood is nearer the top.
    CHECK(fit.log_likelihood >= wanted["loglik"].number());
    std::vector<double> eta;
    for (const auto& item : fit.cumulative) eta.insert(eta.end(), item.begin(), item.end());
    for (std::size_t i = 0; i < 7; ++i) CHECK(agrees(eta[i + 1], wanted["eta"][i].number(), 1e-5, 1));
  }
}

TEST_CASE("with two items the difference of difficulties is the log odds of the discordant pairs") {
  std::vector<int> answers;
  for (int i = 0; i < 12; ++i) answers.insert(answers.end(), {1, 0});
  for (int i = 0; i < 3; ++i) answers.insert(answers.end(), {0, 1});
  answers.insert(answers.end(), {1, 1, 0, 0});
  const ConditionalRasch fit = **conditional_rasch(answers, 2, StepModel::rasch);
  CHECK(fit.persons_used == 15);
  CHECK(fit.location[1] - fit.location[0] == doctest::Approx(std::log(4.0)).epsilon(1e-12));
  CHECK(fit.location_error[1] * 2 == doctest::Approx(std::sqrt(1 / 12.0 + 1 / 3.0)).epsilon(1e-9));
}

TEST_CASE("answers that tell nothing are undefined, those that are none are refused") {
  CHECK_FALSE(conditional_rasch(std::vector<int>{0, 0, 1, 1}, 2, StepModel::rasch)->has_value());
  CHECK_FALSE(conditional_rasch(std::vector<int>{1, 0, 1, 0}, 2, StepModel::rasch)->has_value());
  CHECK_FALSE(conditional_rasch(std::vector<int>{1, 0, 1}, 2, StepModel::rasch).has_value());
  CHECK_FALSE(conditional_rasch(std::vector<int>{1, -1}, 2, StepModel::rasch).has_value());
  CHECK_FALSE(conditional_rasch(std::vector<int>{2, 1}, 2, StepModel::rasch).has_value());
}
