#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "stats/agreement.hpp"
#include "stats/distributions.hpp"

namespace waymark::stats {
namespace {

double sum_of(const std::vector<Count>& counts) {
  double sum = 0;
  for (const Count count : counts) sum += count.real();
  return sum;
}

tl::unexpected<NoAnswer> no_variation() {
  return undefined("All judgements fall into one category: without variation there is no telling whether judges agree.");
}

}  // namespace

SquareMatrix agreement_weights(std::size_t size, Weighting weighting) {
  SquareMatrix weights{size, std::vector<double>(size * size, 0)};
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double distance = i == j ? 0 : std::abs(static_cast<double>(i) - static_cast<double>(j)) / static_cast<double>(size - 1);
      weights.cells[i * size + j] = weighting == Weighting::none     ? (i == j ? 1 : 0)
                                    : weighting == Weighting::linear ? 1 - distance
                                                                     : 1 - distance * distance;
    }
  }
  return weights;
}

Result<Kappa> cohen_kappa(const SquareMatrix& table, const SquareMatrix& weights, Confidence confidence) {
  if (table.size != weights.size || table.cells.size() != table.size * table.size || weights.cells.size() != table.cells.size()) {
    return fail(Error::Kind::bad_input, fmt::format("There are {} categories and weights for {}.", table.size, weights.size),
                "Give a weight for every pair of categories.");
  }
  double n = 0;
  for (const double cell : table.cells) {
    if (!(cell >= 0)) return fail(Error::Kind::bad_input, fmt::format("A pair of categories has {} judgements.", cell), "Counts are 0 or more.");
    n += cell;
  }
  const std::size_t size = table.size;
  Kappa result{
      .kappa = undefined("Nothing was judged."), .standard_error = undefined("Nothing was judged."), .interval = undefined("Nothing was judged.")};
  if (n == 0) return result;
  std::vector<double> rows(size, 0);
  std::vector<double> columns(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      rows[i] += table.at(i, j) / n;
      columns[j] += table.at(i, j) / n;
    }
  }
  std::vector<double> row_means(size, 0);
  std::vector<double> column_means(size, 0);
  double disagreement = 0;
  double by_chance = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double weight = weights.at(i, j);
      row_means[i] += weight * columns[j];
      column_means[j] += weight * rows[i];
      disagreement += (1 - weight) * table.at(i, j) / n;
      by_chance += (1 - weight) * rows[i] * columns[j];
    }
  }
  result.observed = 1 - disagreement;
  result.expected = 1 - by_chance;
  if (by_chance == 0) {
    result.kappa = no_variation();
    result.standard_error = no_variation();
    result.interval = no_variation();
    return result;
  }
  const double rest = disagreement / by_chance;  // 1 − κ
  const double centre = 1 - rest - result.expected * rest;
  double variance = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      variance += table.at(i, j) / n * std::pow(weights.at(i, j) - (row_means[i] + column_means[j]) * rest - centre, 2);
    }
  }
  // Weights are of the order of 1; what is left below this is rounding.
  const double error = variance > 1e-28 ? std::sqrt(variance / n) / by_chance : 0;
  const double reach = normal_upper_quantile(confidence.tail()) * error;
  result.kappa = 1 - rest;
  result.standard_error = error;
  result.interval = Interval{1 - rest - reach, 1 - rest + reach};
  return result;
}

Quantity fleiss_kappa(const CategoryCounts& units) {
  if (units.empty()) return undefined("Nothing was judged.");
  const double judges = sum_of(units.front());
  std::vector<double> shares(units.front().size(), 0);
  double agreement = 0;
  for (const std::vector<Count>& unit : units) {
    if (sum_of(unit) != judges || unit.size() != shares.size()) {
      return undefined("Units have different numbers of judges; Gwet's coefficients and Krippendorff's alpha allow that.");
    }
    double squares = 0;
    for (std::size_t k = 0; k < unit.size(); ++k) {
      shares[k] += unit[k].real();
      squares += unit[k].real() * unit[k].real();
    }
    if (judges >= 2) agreement += (squares - judges) / (judges * (judges - 1));
  }
  if (judges < 2) return undefined("Fewer than two judges have judged, so nothing can be compared.");
  const double n = static_cast<double>(units.size());
  double expected = 0;
  for (const double share : shares) expected += std::pow(share / (n * judges), 2);
  const bool varies = std::count_if(shares.begin(), shares.end(), [](double share) { return share > 0; }) > 1;
  if (!varies) return no_variation();
  return (agreement / n - expected) / (1 - expected);
}

Result<GwetCoefficient> gwet_coefficient(const CategoryCounts& units, const SquareMatrix& weights) {
  const std::size_t size = weights.size;
  double weight_sum = 0;
  for (const double weight : weights.cells) weight_sum += weight;
  std::vector<double> shares(size, 0);
  double judged = 0;
  double compared = 0;
  double agreement = 0;
  const auto weighted = [&](const std::vector<Count>& unit, std::size_t k) {
    double sum = 0;
    for (std::size_t l = 0; l < size; ++l) sum += weights.at(k, l) * unit[l].real();
    return sum;
  };
  const auto agreement_of = [&](const std::vector<Count>& unit, double judges) {
    double sum = 0;
    for (std::size_t k = 0; k < size; ++k) sum += unit[k].real() * (weighted(unit, k) - 1);
    return sum / (judges * (judges - 1));
  };
  for (const std::vector<Count>& unit : units) {
    if (unit.size() != size) {
      return fail(Error::Kind::bad_input, fmt::format("A unit has {} categories and there are weights for {}.", unit.size(), size),
                  "Give every unit the same categories.");
    }
    const double judges = sum_of(unit);
    if (judges == 0) continue;
    ++judged;
    for (std::size_t k = 0; k < size; ++k) shares[k] += unit[k].real() / judges;
    if (judges < 2) continue;
    ++compared;
    agreement += agreement_of(unit, judges);
  }
  if (compared == 0 || size < 2) {
    const auto none = undefined("No unit has two judges and two categories to choose from, so nothing can be compared.");
    return GwetCoefficient{none, none};
  }
  double spread = 0;
  for (double& share : shares) {
    share /= judged;
    spread += share * (1 - share);
  }
  const double scale = weight_sum / (static_cast<double>(size) * static_cast<double>(size - 1));
  const double expected = scale * spread;
  const double observed = agreement / compared;
  const double coefficient = (observed - expected) / (1 - expected);
  GwetCoefficient result{coefficient, undefined("One unit alone has no spread.")};
  if (judged < 2) return result;
  // Linearised over units (Gwet 2014, section 5.3).
  double squares = 0;
  for (const std::vector<Count>& unit : units) {
    const double judges = sum_of(unit);
    if (judges == 0) continue;
    const double own = judges < 2 ? 0 : judged / compared * (agreement_of(unit, judges) - expected) / (1 - expected);
    double chance = 0;
    for (std::size_t k = 0; k < size; ++k) chance += scale * unit[k].real() / judges * (1 - shares[k]);
    const double deviation = own - 2 * (1 - coefficient) * (chance - expected) / (1 - expected) - coefficient;
    squares += deviation * deviation;
  }
  result.standard_error = std::sqrt(squares / (judged * (judged - 1)));
  return result;
}

}  // namespace waymark::stats
