#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <fmt/core.h>

#include "stats/distributions.hpp"
#include "stats/fisher.hpp"
#include "stats/roots.hpp"

namespace waymark::stats {
namespace {

constexpr std::int64_t most_members = 10'000;
/// Tables whose Fisher p values differ by less are equal; they differ by rounding only.
constexpr double tie = 1e-12;

/// The tables whose p of "fewer focal events" is no larger than the one seen. For each number of focal events, they are those with at least so
/// many reference events: the p value falls as reference events rise, and rises with focal ones (Barnard's convexity).
std::vector<std::int64_t> rejected_from(std::int64_t focal, std::int64_t reference, std::int64_t x, std::int64_t y) {
  const auto p = [&](std::int64_t i, std::int64_t j) { return Hypergeometric{i + j, focal, focal + reference}.log_lower(i); };
  const double seen = p(x, y) + std::log1p(tie);
  std::vector<std::int64_t> from(static_cast<std::size_t>(focal) + 1);
  std::int64_t j = 0;
  for (std::int64_t i = 0; i <= focal; ++i) {
    while (j <= reference && p(i, j) > seen) ++j;
    from[static_cast<std::size_t>(i)] = j;
  }
  return from;
}

/// P(a rejected table) when both groups have this rate.
double size_at(const std::vector<std::int64_t>& from, std::int64_t focal, std::int64_t reference, double rate) {
  if (rate <= 0 || rate >= 1) {
    const std::size_t i = rate <= 0 ? 0 : static_cast<std::size_t>(focal);
    return (rate <= 0 ? 0 : reference) >= from[i] ? 1 : 0;
  }
  std::vector<double> upper(static_cast<std::size_t>(reference) + 2, 0);
  for (std::int64_t j = reference; j >= 0; --j) {
    const std::size_t at = static_cast<std::size_t>(j);
    upper[at] = upper[at + 1] + binomial_mass(j, reference, rate);
  }
  double size = 0;
  for (std::int64_t i = 0; i <= focal; ++i) {
    const std::int64_t first = from[static_cast<std::size_t>(i)];
    if (first <= reference) size += binomial_mass(i, focal, rate) * upper[static_cast<std::size_t>(first)];
  }
  return size;
}

/// The size varies on the scale of the standard deviation of a rate, 1/(2√n) on the arcsine scale; the grid is many times finer, and the
/// highest of its summits are climbed.
Summit largest_size(const std::vector<std::int64_t>& from, std::int64_t focal, std::int64_t reference) {
  const auto size = [&](double angle) { return size_at(from, focal, reference, std::pow(std::sin(angle), 2)); };
  const int steps = 200 + static_cast<int>(40 * std::sqrt(static_cast<double>(focal + reference)));
  const double width = std::numbers::pi / 2 / steps;
  std::vector<double> values;
  for (int i = 0; i <= steps; ++i) values.push_back(size(i * width));
  std::vector<int> summits;
  for (int i = 0; i <= steps; ++i) {
    const std::size_t at = static_cast<std::size_t>(i);
    if ((i == 0 || values[at] >= values[at - 1]) && (i == steps || values[at] >= values[at + 1])) summits.push_back(i);
  }
  const std::size_t climbed = std::min<std::size_t>(summits.size(), 6);
  std::partial_sort(summits.begin(), summits.begin() + static_cast<std::ptrdiff_t>(climbed), summits.end(),
                    [&](int a, int b) { return values[static_cast<std::size_t>(a)] > values[static_cast<std::size_t>(b)]; });
  Summit best{summits.front() * width, values[static_cast<std::size_t>(summits.front())]};
  for (std::size_t i = 0; i < climbed; ++i) {
    const Summit found = find_summit(size, std::max(0.0, (summits[i] - 1) * width), std::min(std::numbers::pi / 2, (summits[i] + 1) * width));
    if (found.value > best.value) best = found;
  }
  return {std::pow(std::sin(best.place), 2), std::min(1.0, best.value)};
}

}  // namespace

Result<BoschlooTest> boschloo_test(const TwoGroups& groups) {
  const std::int64_t focal = groups.focal.size().value();
  const std::int64_t reference = groups.reference.size().value();
  if (focal + reference > most_members) {
    return fail(Error::Kind::bad_input,
                fmt::format("Boschloo's test takes up to {} members in both groups together, not {}.", most_members, focal + reference),
                "With so many, mid-p says the same.");
  }
  if (focal == 0 || reference == 0) return BoschlooTest{};
  const std::int64_t x = groups.focal.events().value();
  const std::int64_t y = groups.reference.events().value();
  const Summit less = largest_size(rejected_from(focal, reference, x, y), focal, reference);
  // "More" is "fewer" with the two groups exchanged.
  const Summit greater = largest_size(rejected_from(reference, focal, y, x), reference, focal);
  return BoschlooTest{less.value, less.place, greater.value, greater.place, std::min(1.0, 2 * std::min(less.value, greater.value))};
}

}  // namespace waymark::stats
