#include "stats/shrinkage/paule_mandel.hpp"

#include <cmath>
#include <vector>

#include "stats/roots.hpp"

namespace waymark::stats {
namespace {

struct LogOdds {
  double value = 0;
  double variance = 0;
};

struct Weighted {
  double mean = 0;
  double weight = 0;
  double squared_weight = 0;
  double squares = 0;  // Q
};

Weighted weighted(std::span<const LogOdds> groups, double between) {
  Weighted result;
  double sum = 0;
  for (const LogOdds& group : groups) {
    const double weight = 1 / (group.variance + between);
    result.weight += weight;
    result.squared_weight += weight * weight;
    sum += weight * group.value;
  }
  result.mean = sum / result.weight;
  for (const LogOdds& group : groups) result.squares += (group.value - result.mean) * (group.value - result.mean) / (group.variance + between);
  return result;
}

}  // namespace

Answer<PauleMandel> paule_mandel(std::span<const Group> groups) {
  std::vector<LogOdds> log_odds;
  PauleMandel result;
  for (const Group& group : groups) {
    if (group.empty()) continue;
    double events = group.events().real(), others = group.others().real();
    if (events == 0 || others == 0) {
      events += 0.5;
      others += 0.5;
      ++result.corrected;
    }
    log_odds.push_back({std::log(events / others), 1 / events + 1 / others});
  }
  if (log_odds.size() < 2) return undefined("there are fewer than two groups with anybody in them");
  const double expected = static_cast<double>(log_odds.size()) - 1;
  const Weighted plain = weighted(log_odds, 0);
  result.heterogeneity = plain.squares;
  if (plain.squares > expected) {
    // Q(τ²) < Σ (y − ȳ)²/τ², so it is below k − 1 here.
    double highest = 0;
    for (const LogOdds& group : log_odds) highest += (group.value - plain.mean) * (group.value - plain.mean) / expected;
    const auto root = find_root([&](double between) { return weighted(log_odds, between).squares - expected; }, 0, highest);
    result.between_variance = root.value_or(highest);
  }
  const Weighted fit = weighted(log_odds, result.between_variance);
  result.mean = fit.mean;
  result.mean_error = std::sqrt(1 / fit.weight);
  const double typical = expected * plain.weight / (plain.weight * plain.weight - plain.squared_weight);
  result.inconsistency = result.between_variance / (result.between_variance + typical);
  return result;
}

Method paule_mandel_method() {
  return {"Paule and Mandel's random-effects mean of log odds",
          "Paule & Mandel 1982, Journal of Research of the National Bureau of Standards 87:377–385"};
}

}  // namespace waymark::stats
