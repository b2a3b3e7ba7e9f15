#include "stats/severity/conditional_rasch.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "stats/information.hpp"
#include "stats/newton.hpp"

namespace waymark::stats {
namespace {

/// Elementary symmetric functions: entry r is the sum over all patterns with sum r of the product of their weights.
using Symmetric = std::vector<double>;

Symmetric times(const Symmetric& sums, const std::vector<double>& weights) {
  Symmetric result(sums.size() + weights.size() - 1);
  for (std::size_t c = 0; c < weights.size(); ++c) {
    for (std::size_t r = 0; r < sums.size(); ++r) result[r + c] += weights[c] * sums[r];
  }
  return result;
}

double at(const Symmetric& sums, std::size_t r, std::size_t taken) { return r < taken || r - taken >= sums.size() ? 0 : sums[r - taken]; }

/// What the likelihood depends on: how often each category was used, and how often each sum occurred.
struct Counts {
  std::vector<int> top;            // highest category of each item
  std::vector<std::size_t> first;  // place of an item's category 1 among all βᵢc
  std::vector<double> used;        // of each βᵢc
  std::vector<double> sums;
  std::size_t places = 0;
  std::size_t persons = 0;
};

/// β = map·parameters: places × free, row by row.
struct Map {
  std::size_t free = 0;
  std::vector<double> matrix;
};

Map map_of(const Counts& counts, StepModel model) {
  Map map;
  const std::size_t items = counts.top.size();
  const std::size_t steps = static_cast<std::size_t>(*std::max_element(counts.top.begin(), counts.top.end()));
  if (model == StepModel::partial_credit) {
    map.free = counts.places - 1;
    map.matrix.resize(counts.places * map.free);
    for (std::size_t j = 0; j < map.free; ++j) {
      map.matrix[j] = -1;
      map.matrix[(j + 1) * map.free + j] = 1;
    }
    return map;
  }
  const std::size_t thresholds = model == StepModel::rating_scale ? steps - 1 : 0;
  map.free = items - 1 + thresholds;
  map.matrix.resize(counts.places * map.free);
  for (std::size_t i = 0; i < items; ++i) {
    for (int c = 1; c <= counts.top[i]; ++c) {
      double* const row = &map.matrix[(counts.first[i] + static_cast<std::size_t>(c) - 1) * map.free];
      for (std::size_t j = 0; j + 1 < items; ++j) row[j] = i == 0 ? -c : i == j + 1 ? c : 0;
      // The last τ is minus the sum of the others, so all of them together are 0.
      if (static_cast<std::size_t>(c) == steps) continue;
      for (std::size_t h = 0; h < thresholds; ++h) row[items - 1 + h] = h < static_cast<std::size_t>(c) ? 1 : 0;
    }
  }
  return map;
}

std::vector<double> cumulative_of(const Map& map, std::size_t places, std::span<const double> parameters) {
  std::vector<double> beta(places);
  for (std::size_t place = 0; place < places; ++place) {
    for (std::size_t j = 0; j < map.free; ++j) beta[place] += map.matrix[place * map.free + j] * parameters[j];
  }
  return beta;
}

/// Expected uses of each category, and their covariance, given the sums.
struct Moments {
  double log_sums = 0;
  std::vector<double> expected, covariance;
};

Moments moments_of(const Counts& counts, const std::vector<double>& beta) {
  const std::size_t items = counts.top.size();
  const std::size_t places = counts.places;
  std::vector<std::vector<double>> weights(items, std::vector<double>{1});
  for (std::size_t i = 0; i < items; ++i) {
    for (int c = 0; c < counts.top[i]; ++c) weights[i].push_back(std::exp(-beta[counts.first[i] + static_cast<std::size_t>(c)]));
  }
  std::vector<Symmetric> before{{1}};
  for (std::size_t i = 0; i < items; ++i) before.push_back(times(before.back(), weights[i]));
  const Symmetric& all = before.back();
  Moments moments{0, std::vector<double>(places), std::vector<double>(places * places)};
  std::vector<double> share(counts.sums.size());
  for (std::size_t r = 0; r < counts.sums.size(); ++r) {
    if (counts.sums[r] == 0) continue;
    moments.log_sums += counts.sums[r] * std::log(all[r]);
    share[r] = counts.sums[r] / all[r];
  }
  std::vector<double> by_sum(places * counts.sums.size());  // P(category | sum)
  Symmetric after{1};
  for (std::size_t i = items; i-- > 0;) {
    // Without item i, and then without a second one as well.
    Symmetric without_i = before[i];
    for (std::size_t k = i + 1; k < items; ++k) without_i = times(without_i, weights[k]);
    for (std::size_t c = 1; c < weights[i].size(); ++c) {
      const std::size_t place = counts.first[i] + c - 1;
      for (std::size_t r = 0; r < share.size(); ++r) {
        if (share[r] == 0) continue;
        const double probability = weights[i][c] * at(without_i, r, c) / all[r];
        by_sum[place * share.size() + r] = probability;
        moments.expected[place] += counts.sums[r] * probability;
        moments.covariance[place * places + place] += counts.sums[r] * probability;
      }
    }
    Symmetric between = after;
    for (std::size_t j = i; j-- > 0;) {
      const Symmetric without_both = times(before[j], between);
      for (std::size_t c = 1; c < weights[i].size(); ++c) {
        for (std::size_t d = 1; d < weights[j].size(); ++d) {
          double sum = 0;
          for (std::size_t r = 0; r < share.size(); ++r) sum += share[r] * at(without_both, r, c + d);
          const std::size_t a = counts.first[i] + c - 1, b = counts.first[j] + d - 1;
          moments.covariance[a * places + b] += weights[i][c] * weights[j][d] * sum;
          moments.covariance[b * places + a] = moments.covariance[a * places + b];
        }
      }
      between = times(between, weights[j]);
    }
    after = times(after, weights[i]);
  }
  for (std::size_t a = 0; a < places; ++a) {
    for (std::size_t b = 0; b < places; ++b) {
      double sum = 0;
      for (std::size_t r = 0; r < share.size(); ++r) sum += counts.sums[r] * by_sum[a * share.size() + r] * by_sum[b * share.size() + r];
      moments.covariance[a * places + b] -= sum;
    }
  }
  return moments;
}

Likelihood likelihood(const Counts& counts, const Map& map, std::span<const double> parameters) {
  const std::vector<double> beta = cumulative_of(map, counts.places, parameters);
  const Moments moments = moments_of(counts, beta);
  Likelihood result{-moments.log_sums, std::vector<double>(map.free), std::vector<double>(map.free * map.free)};
  std::vector<double> partial(counts.places * map.free);
  for (std::size_t a = 0; a < counts.places; ++a) {
    result.value -= counts.used[a] * beta[a];
    for (std::size_t j = 0; j < map.free; ++j) {
      result.score[j] += map.matrix[a * map.free + j] * (moments.expected[a] - counts.used[a]);
      for (std::size_t b = 0; b < counts.places; ++b) {
        partial[a * map.free + j] += moments.covariance[a * counts.places + b] * map.matrix[b * map.free + j];
      }
    }
  }
  for (std::size_t a = 0; a < counts.places; ++a) {
    for (std::size_t i = 0; i < map.free; ++i) {
      for (std::size_t j = 0; j < map.free; ++j) result.information[i * map.free + j] += map.matrix[a * map.free + i] * partial[a * map.free + j];
    }
  }
  return result;
}

/// √ of the variance of a combination of the parameters.
double error_of(const std::vector<double>& covariance, const std::vector<double>& combination) {
  double variance = 0;
  const std::size_t p = combination.size();
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t j = 0; j < p; ++j) variance += combination[i] * covariance[i * p + j] * combination[j];
  }
  return std::sqrt(std::max(0.0, variance));
}

Counts count(std::span<const int> categories, std::size_t items, StepModel model) {
  Counts counts;
  counts.top.resize(items);
  for (std::size_t at = 0; at < categories.size(); ++at) counts.top[at % items] = std::max(counts.top[at % items], categories[at]);
  // One scale for all: an item may leave its ends unused.
  if (model == StepModel::rating_scale) std::fill(counts.top.begin(), counts.top.end(), *std::max_element(counts.top.begin(), counts.top.end()));
  std::size_t largest = 0;
  for (const int top : counts.top) {
    counts.first.push_back(counts.places);
    counts.places += static_cast<std::size_t>(top);
    largest += static_cast<std::size_t>(top);
  }
  counts.used.resize(counts.places);
  counts.sums.resize(largest + 1);
  for (std::size_t begin = 0; begin < categories.size(); begin += items) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < items; ++i) sum += static_cast<std::size_t>(categories[begin + i]);
    if (sum == 0 || sum == largest) continue;
    ++counts.sums[sum];
    ++counts.persons;
    for (std::size_t i = 0; i < items; ++i) {
      if (categories[begin + i] > 0) ++counts.used[counts.first[i] + static_cast<std::size_t>(categories[begin + i]) - 1];
    }
  }
  return counts;
}

}  // namespace

Result<Answer<ConditionalRasch>> conditional_rasch(std::span<const int> categories, std::size_t items, StepModel model) {
  if (items == 0 || categories.empty() || categories.size() % items != 0) {
    return fail(Error::Kind::bad_input, "The answers do not fill whole rows.", "Give every person an answer to every item.");
  }
  if (items > 200) return fail(Error::Kind::bad_input, fmt::format("There are {} items; at most 200 are possible here.", items));
  for (std::size_t at = 0; at < categories.size(); ++at) {
    if (categories[at] < 0 || categories[at] > 1000) {
      return fail(Error::Kind::bad_input, fmt::format("Item {} of person {} has the category {}.", at % items + 1, at / items + 1, categories[at]),
                  "Count categories from 0.");
    }
  }
  const Counts counts = count(categories, items, model);
  const int top = *std::max_element(counts.top.begin(), counts.top.end());
  if (model == StepModel::rasch && top > 1)
    return fail(Error::Kind::bad_input, "The Rasch model has two categories, 0 and 1.", "Take the rating scale model.");
  if (counts.sums.size() > 1001) return fail(Error::Kind::bad_input, "The sums of the categories are above 1000.", "Take fewer items or categories.");
  if (items < 2) return Answer<ConditionalRasch>(undefined("there are fewer than two items"));
  if (counts.persons == 0) return Answer<ConditionalRasch>(undefined("everybody has the lowest or the highest sum"));
  for (std::size_t i = 0; i < items; ++i) {
    double zero = static_cast<double>(counts.persons), sum = 0;
    bool each_used = true;
    for (int c = 1; c <= counts.top[i]; ++c) {
      const double used = counts.used[counts.first[i] + static_cast<std::size_t>(c) - 1];
      zero -= used;
      sum += c * used;
      each_used = each_used && used > 0;
    }
    const bool extreme = sum == 0 || sum == counts.top[i] * static_cast<double>(counts.persons);
    if (extreme || (model != StepModel::rating_scale && (!each_used || zero == 0))) {
      return Answer<ConditionalRasch>(undefined(fmt::format("a category of item {} was never, or always, used", i + 1)));
    }
  }
  if (top == 0) return Answer<ConditionalRasch>(undefined("all answers are the same"));
  const Map map = map_of(counts, model);
  const auto function = [&](std::span<const double> parameters) { return likelihood(counts, map, parameters); };
  const Optimum best = climb(function, std::vector<double>(map.free, 1.0), function(std::vector<double>(map.free)));
  if (any_diverges(best.divergence)) return Answer<ConditionalRasch>(not_identifiable("the likelihood drives a difficulty to infinity"));
  const std::vector<double> covariance = Information(best.likelihood.information, map.free).inverse();

  ConditionalRasch fit;
  fit.log_likelihood = best.likelihood.value;
  fit.persons_used = counts.persons;
  fit.iterations = best.iterations;
  const std::vector<double> beta = cumulative_of(map, counts.places, best.coefficient);
  for (std::size_t i = 0; i < items; ++i) {
    fit.cumulative.emplace_back(beta.begin() + static_cast<std::ptrdiff_t>(counts.first[i]),
                                beta.begin() + static_cast<std::ptrdiff_t>(counts.first[i]) + counts.top[i]);
    if (model == StepModel::partial_credit) {
      fit.location.push_back(fit.cumulative.back().back() / counts.top[i]);
      continue;
    }
    std::vector<double> combination(map.free);
    for (std::size_t j = 0; j + 1 < items; ++j) combination[j] = i == 0 ? -1 : i == j + 1 ? 1 : 0;
    double location = 0;
    for (std::size_t j = 0; j < map.free; ++j) location += combination[j] * best.coefficient[j];
    fit.location.push_back(location);
    fit.location_error.push_back(error_of(covariance, combination));
  }
  if (model == StepModel::rating_scale) {
    for (std::size_t h = items - 1; h <= map.free; ++h) {
      std::vector<double> combination(map.free);
      for (std::size_t j = items - 1; j < map.free; ++j) combination[j] = h == map.free ? -1 : h == j ? 1 : 0;
      double threshold = 0;
      for (std::size_t j = 0; j < map.free; ++j) threshold += combination[j] * best.coefficient[j];
      fit.threshold.push_back(threshold);
      fit.threshold_error.push_back(error_of(covariance, combination));
    }
  }
  return Answer<ConditionalRasch>(std::move(fit));
}

Method conditional_rasch_method() { return {"Rasch model by conditional likelihood", "Andersen 1972, JRSS B 34:42–54"}; }

}  // namespace waymark::stats
