#include <algorithm>
#include <cmath>
#include <map>

#include "stats/agreement.hpp"

namespace waymark::stats {
namespace {

/// Σ over ordered pairs of (x − y)², which is 2m·Σ(x − mean)².
double squared_differences(std::span<const double> values) {
  double mean = 0;
  for (const double value : values) mean += value;
  mean /= static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return 2 * static_cast<double>(values.size()) * sum;
}

/// Values with how often each occurs, ascending.
using Tally = std::vector<std::pair<double, double>>;

Tally tally(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  Tally result;
  for (const double value : values) {
    if (result.empty() || result.back().first != value) result.emplace_back(value, 0);
    ++result.back().second;
  }
  return result;
}

double unequal_pairs(const Tally& values) {
  double all = 0;
  double equal = 0;
  for (const auto& [value, count] : values) {
    all += count;
    equal += count * count;
  }
  return all * all - equal;
}

double squared_ratios(const Tally& values) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double both = values[i].first + values[j].first;
      if (both == 0) continue;
      const double ratio = (values[i].first - values[j].first) / both;
      sum += 2 * values[i].second * values[j].second * ratio * ratio;
    }
  }
  return sum;
}

/// Σ of δ² over ordered pairs of these values.
double disagreement(const std::vector<double>& values, Metric metric) {
  switch (metric) {
    case Metric::nominal: return unequal_pairs(tally(values));
    case Metric::ratio: return squared_ratios(tally(values));
    case Metric::ordinal:
    case Metric::interval: break;
  }
  return squared_differences(values);
}

/// Between two values lie those that are counted between them and half of each, so the ordinal δ is the difference of middle ranks.
std::vector<UnitValues> middle_ranks(const std::vector<UnitValues>& units, const std::vector<double>& all) {
  std::map<double, double> ranks;
  double below = 0;
  for (const auto& [value, count] : tally(all)) {
    ranks[value] = below + count / 2;
    below += count;
  }
  std::vector<UnitValues> result = units;
  for (UnitValues& unit : result) {
    for (double& value : unit) value = ranks.at(value);
  }
  return result;
}

std::vector<double> joined(const std::vector<UnitValues>& units) {
  std::vector<double> all;
  for (const UnitValues& unit : units) all.insert(all.end(), unit.begin(), unit.end());
  return all;
}

}  // namespace

KrippendorffAlpha krippendorff_alpha(std::span<const UnitValues> units, Metric metric) {
  std::vector<UnitValues> pairable;
  for (const UnitValues& unit : units) {
    if (unit.size() > 1) pairable.push_back(unit);
  }
  std::vector<double> all = joined(pairable);
  KrippendorffAlpha result{.alpha = undefined("No unit has two values, so nothing can be compared."),
                           .pairable_values = static_cast<std::int64_t>(all.size())};
  if (all.empty()) return result;
  if (metric == Metric::ordinal) {
    pairable = middle_ranks(pairable, all);
    all = joined(pairable);
  }
  const double n = static_cast<double>(all.size());
  for (const UnitValues& unit : pairable) result.observed_disagreement += disagreement(unit, metric) / static_cast<double>(unit.size() - 1);
  result.observed_disagreement /= n;
  const bool varies = std::any_of(all.begin(), all.end(), [&](double value) { return value != all.front(); });
  result.expected_disagreement = varies ? disagreement(all, metric) / (n * (n - 1)) : 0;
  if (result.expected_disagreement == 0) {
    result.observed_disagreement = 0;
    result.alpha = undefined("All values are the same: without variation there is no telling whether judges agree.");
  } else {
    result.alpha = 1 - result.observed_disagreement / result.expected_disagreement;
  }
  return result;
}

}  // namespace waymark::stats
