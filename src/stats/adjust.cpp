#include "stats/adjust.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/core.h>

namespace waymark::stats {
namespace {

struct Named {
  Adjustment adjustment;
  std::string_view name;
  Method method;
};

constexpr std::array<Named, 7> all{{
    {Adjustment::bonferroni, "bonferroni", {"Bonferroni", "Bonferroni 1936"}},
    {Adjustment::holm, "holm", {"Holm's step-down", "Holm 1979, Scandinavian Journal of Statistics 6:65–70"}},
    {Adjustment::hochberg, "hochberg", {"Hochberg's step-up", "Hochberg 1988, Biometrika 75:800–802"}},
    {Adjustment::hommel, "hommel", {"Hommel", "Hommel 1988, Biometrika 75:383–386; Wright 1992, Biometrics 48:1005–1013"}},
    {Adjustment::benjamini_hochberg, "BH", {"Benjamini–Hochberg", "Benjamini & Hochberg 1995, JRSS B 57:289–300"}},
    {Adjustment::benjamini_yekutieli, "BY", {"Benjamini–Yekutieli", "Benjamini & Yekutieli 2001, Annals of Statistics 29:1165–1188"}},
    {Adjustment::none, "none", {"none", ""}},
}};

const Named& entry(Adjustment adjustment) {
  return *std::find_if(all.begin(), all.end(), [&](const Named& named) { return named.adjustment == adjustment; });
}

using Values = std::vector<double>;

/// The adjustments, of p values in ascending order.
Values bonferroni(const Values& p) {
  Values result;
  for (const double value : p) result.push_back(std::min(1.0, value * static_cast<double>(p.size())));
  return result;
}

Values holm(const Values& p) {
  Values result;
  double largest = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    largest = std::max(largest, p[i] * static_cast<double>(p.size() - i));
    result.push_back(std::min(1.0, largest));
  }
  return result;
}

/// From the largest p down, the smallest factor(rank)·p so far; ranks count from 1.
template <class Factor>
Values step_up(const Values& p, Factor factor) {
  Values result(p.size());
  double smallest = 1;
  for (std::size_t i = p.size(); i-- > 0;) result[i] = smallest = std::min(smallest, factor(i + 1) * p[i]);
  return result;
}

Values hommel(const Values& p) {
  const std::size_t n = p.size();
  if (n < 2) return p;
  double start = 1;
  for (std::size_t i = 0; i < n; ++i) start = std::min(start, static_cast<double>(n) * p[i] / static_cast<double>(i + 1));
  Values adjusted(n, start);
  Values q(n, start);
  for (std::size_t m = n - 1; m >= 2; --m) {
    const double size = static_cast<double>(m);
    double smallest = 1;
    for (std::size_t i = n - m + 1; i < n; ++i) smallest = std::min(smallest, size * p[i] / static_cast<double>(i - (n - m) + 1));
    for (std::size_t i = 0; i <= n - m; ++i) q[i] = std::min(size * p[i], smallest);
    for (std::size_t i = n - m + 1; i < n; ++i) q[i] = q[n - m];
    for (std::size_t i = 0; i < n; ++i) adjusted[i] = std::max(adjusted[i], q[i]);
  }
  for (std::size_t i = 0; i < n; ++i) adjusted[i] = std::max(adjusted[i], p[i]);
  return adjusted;
}

Values adjust_sorted(const Values& p, Adjustment adjustment) {
  const double n = static_cast<double>(p.size());
  double harmonic = 0;
  for (std::size_t i = 1; i <= p.size(); ++i) harmonic += 1.0 / static_cast<double>(i);
  switch (adjustment) {
    case Adjustment::bonferroni: return bonferroni(p);
    case Adjustment::holm: return holm(p);
    case Adjustment::hochberg: return step_up(p, [&](std::size_t rank) { return n - static_cast<double>(rank) + 1; });
    case Adjustment::hommel: return hommel(p);
    case Adjustment::benjamini_hochberg: return step_up(p, [&](std::size_t rank) { return n / static_cast<double>(rank); });
    case Adjustment::benjamini_yekutieli: return step_up(p, [&](std::size_t rank) { return harmonic * n / static_cast<double>(rank); });
    case Adjustment::none: break;
  }
  return p;
}

}  // namespace

std::string_view name_of(Adjustment adjustment) { return entry(adjustment).name; }
Method method_of(Adjustment adjustment) { return entry(adjustment).method; }

std::optional<Adjustment> adjustment_named(std::string_view name) {
  if (name == "fdr") return Adjustment::benjamini_hochberg;
  for (const Named& named : all) {
    if (named.name == name) return named.adjustment;
  }
  return std::nullopt;
}

Result<std::vector<PValue>> adjust(std::span<const PValue> p_values, Adjustment adjustment) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!p_values[i]) continue;
    if (!(*p_values[i] >= 0 && *p_values[i] <= 1)) {
      return fail(Error::Kind::bad_input, fmt::format("The p value number {} is {}.", i + 1, *p_values[i]), "A p value is a number from 0 to 1.");
    }
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *p_values[a] < *p_values[b]; });
  Values sorted;
  for (const std::size_t index : order) sorted.push_back(*p_values[index]);
  const Values adjusted = adjust_sorted(sorted, adjustment);
  std::vector<PValue> result(p_values.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) result[order[rank]] = adjusted[rank];
  return result;
}

}  // namespace waymark::stats
