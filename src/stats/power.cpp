#include "stats/power.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/core.h>

#include "stats/distributions.hpp"
#include "stats/roots.hpp"

namespace waymark::stats {
namespace {

constexpr double most_tables = 25e6;
/// As in FisherTest: equally likely but for rounding.
constexpr double tie = 1e-7;

/// In standard errors, how far the difference is beyond what the test asks for.
double excess(double members, double rate_1, double rate_2, double alpha) {
  const double mean = (rate_1 + rate_2) / 2;
  const double asked = normal_upper_quantile(alpha / 2) * std::sqrt(2 * mean * (1 - mean));
  return (std::sqrt(members) * std::abs(rate_1 - rate_2) - asked) / std::sqrt(rate_1 * (1 - rate_1) + rate_2 * (1 - rate_2));
}

/// The masses of a binomial distribution from `first` on; those left out at both ends are below 10⁻²² of the largest.
struct Masses {
  std::int64_t first = 0;
  std::vector<double> mass;

  [[nodiscard]] std::int64_t last() const { return first + static_cast<std::int64_t>(mass.size()) - 1; }
  [[nodiscard]] double at(std::int64_t k) const { return mass[static_cast<std::size_t>(k - first)]; }
};

Masses masses(std::int64_t size, double rate) {
  const std::int64_t mode = std::min(size, static_cast<std::int64_t>((static_cast<double>(size) + 1) * rate));
  const double largest = binomial_mass(mode, size, rate);
  std::vector<double> below;
  for (std::int64_t k = mode - 1; k >= 0; --k) {
    const double mass = binomial_mass(k, size, rate);
    if (mass < largest * 1e-22) break;
    below.push_back(mass);
  }
  Masses result{mode - static_cast<std::int64_t>(below.size()), {below.rbegin(), below.rend()}};
  result.mass.push_back(largest);
  for (std::int64_t k = mode + 1; k <= size; ++k) {
    const double mass = binomial_mass(k, size, rate);
    if (mass < largest * 1e-22) break;
    result.mass.push_back(mass);
  }
  return result;
}

Result<void> check_size(Count focal, Count reference) {
  if ((focal.real() + 1) * (reference.real() + 1) <= most_tables) return {};
  return fail(Error::Kind::bad_input, fmt::format("Groups of {} and {} have too many tables to go through.", focal.value(), reference.value()),
              "With so many members the normal formula says the same.");
}

}  // namespace

Quantity rates_power(double members, double rate_1, double rate_2, double alpha) {
  if (rate_1 == rate_2) return undefined("The rates are equal, so there is no difference to be seen.");
  return normal_lower(excess(members, rate_1, rate_2, alpha));
}

Quantity members_for_power(double rate_1, double rate_2, double power, double alpha) {
  if (rate_1 == rate_2) return undefined("The rates are equal, so there is no difference to be seen.");
  const double mean = (rate_1 + rate_2) / 2;
  const double null_part = normal_upper_quantile(alpha / 2) * std::sqrt(2 * mean * (1 - mean));
  const double other_part = normal_quantile(power) * std::sqrt(rate_1 * (1 - rate_1) + rate_2 * (1 - rate_2));
  return std::pow((null_part + other_part) / (rate_1 - rate_2), 2);
}

/// Given the margins p falls from the mode to both sides, so what is rejected are two tails: up to `left`, and from `right` on.
struct ExactPower::Rejected {
  struct Tails {
    std::int64_t left;
    std::int64_t right;
  };
  std::int64_t focal = 0;
  std::int64_t reference = 0;
  std::vector<Tails> by_events;  ///< one for each number of events in both groups
  double smallest_p = 1;
};

namespace {

/// p values of all tables with these margins, from the smallest number of focal events on.
std::vector<double> p_values(const Hypergeometric& urn, ExactTest test) {
  // From one mass in the middle, each from the one before: a quotient a table instead of logarithms.
  std::vector<double> mass(static_cast<std::size_t>(urn.largest() - urn.smallest()) + 1);
  const double marked = static_cast<double>(urn.marked);
  const double drawn = static_cast<double>(urn.drawn);
  const double rest = static_cast<double>(urn.total - urn.marked) - drawn;
  const auto up = [&](std::int64_t k) {
    const double j = static_cast<double>(k);
    return (marked - j) * (drawn - j) / ((j + 1) * (rest + j + 1));
  };
  const std::int64_t middle = std::clamp(static_cast<std::int64_t>(urn.total == 0 ? 0 : urn.mean()), urn.smallest(), urn.largest());
  const std::size_t at = static_cast<std::size_t>(middle - urn.smallest());
  mass[at] = urn.mass(middle);
  for (std::size_t i = at; i + 1 < mass.size(); ++i) mass[i + 1] = mass[i] * up(urn.smallest() + static_cast<std::int64_t>(i));
  for (std::size_t i = at; i > 0; --i) mass[i - 1] = mass[i] / up(urn.smallest() + static_cast<std::int64_t>(i) - 1);
  const std::size_t size = mass.size();
  std::vector<double> p(size);
  if (test == ExactTest::mid_p) {
    double before = 0;
    for (std::size_t i = 0; i < size; ++i) {
      p[i] = before + mass[i] / 2;
      before += mass[i];
    }
    double behind = 0;
    for (std::size_t i = size; i-- > 0;) {
      p[i] = std::min(1.0, 2 * std::min(p[i], behind + mass[i] / 2));
      behind += mass[i];
    }
    return p;
  }
  std::vector<double> sorted = mass;
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> sums{0};
  for (const double value : sorted) sums.push_back(sums.back() + value);
  for (std::size_t i = 0; i < size; ++i) {
    const auto end = std::upper_bound(sorted.begin(), sorted.end(), mass[i] * (1 + tie));
    p[i] = std::min(1.0, sums[static_cast<std::size_t>(end - sorted.begin())]);
  }
  return p;
}

}  // namespace

Result<ExactPower> ExactPower::make(Count focal, Count reference, ExactTest test, double alpha) {
  if (auto fits = check_size(focal, reference); !fits) return tl::unexpected<Error>(fits.error());
  if (!(alpha > 0 && alpha < 1))
    return fail(Error::Kind::bad_input, fmt::format("The level of significance is {}.", alpha), "It lies between 0 and 1.");
  auto rejected = std::make_shared<Rejected>();
  rejected->focal = focal.value();
  rejected->reference = reference.value();
  for (std::int64_t events = 0; events <= rejected->focal + rejected->reference; ++events) {
    const Hypergeometric urn{events, rejected->focal, rejected->focal + rejected->reference};
    const std::vector<double> p = p_values(urn, test);
    Rejected::Tails tails{urn.smallest() - 1, urn.largest() + 1};
    for (std::size_t i = 0; i < p.size() && p[i] <= alpha; ++i) ++tails.left;
    for (std::size_t i = p.size(); i-- > 0 && p[i] <= alpha;) --tails.right;
    rejected->by_events.push_back(tails);
    rejected->smallest_p = std::min({rejected->smallest_p, p.front(), p.back()});
  }
  return ExactPower(std::move(rejected));
}

double ExactPower::at(double focal_rate, double reference_rate) const {
  const Masses focal = masses(m_rejected->focal, focal_rate);
  const Masses reference = masses(m_rejected->reference, reference_rate);
  double power = 0;
  for (std::int64_t x = focal.first; x <= focal.last(); ++x) {
    double rejected = 0;
    for (std::int64_t y = reference.first; y <= reference.last(); ++y) {
      const Rejected::Tails& tails = m_rejected->by_events[static_cast<std::size_t>(x + y)];
      if (x <= tails.left || x >= tails.right) rejected += reference.at(y);
    }
    power += focal.at(x) * rejected;
  }
  return std::min(1.0, power);
}

Quantity ExactPower::detectable_rate(double reference_rate, double power) const {
  const auto root = find_root([&](double rate) { return at(rate, reference_rate) - power; }, 0, reference_rate);
  if (root) return *root;
  return undefined("Groups of this size could not have shown even a rate of 0 in the focal group with this power.");
}

Quantity ExactPower::detectable_higher_rate(double reference_rate, double power) const {
  const auto root = find_root([&](double rate) { return at(rate, reference_rate) - power; }, reference_rate, 1);
  if (root) return *root;
  return undefined("Groups of this size could not have shown even a rate of 1 in the focal group with this power.");
}

double ExactPower::smallest_p() const { return m_rejected->smallest_p; }

Result<double> four_fifths_flag_probability(Count focal, Count reference, double focal_rate, double reference_rate) {
  if (auto fits = check_size(focal, reference); !fits) return tl::unexpected<Error>(fits.error());
  const Masses focal_masses = masses(focal.value(), focal_rate);
  const Masses reference_masses = masses(reference.value(), reference_rate);
  double probability = 0;
  for (std::int64_t x = focal_masses.first; x <= focal_masses.last(); ++x) {
    double flagged = 0;
    for (std::int64_t y = reference_masses.first; y <= reference_masses.last(); ++y) {
      if (5 * x * reference.value() < 4 * y * focal.value()) flagged += reference_masses.at(y);
    }
    probability += focal_masses.at(x) * flagged;
  }
  return std::min(1.0, probability);
}

Quantity events_for_hazard_ratio(double hazard_ratio, double share, double power, double alpha) {
  if (hazard_ratio == 1) return undefined("A hazard ratio of 1 is no difference to be seen.");
  return std::pow((normal_upper_quantile(alpha / 2) + normal_quantile(power)) / std::log(hazard_ratio), 2) / (share * (1 - share));
}

double detectable_hazard_ratio(double events, double share, double power, double alpha) {
  return std::exp(-(normal_upper_quantile(alpha / 2) + normal_quantile(power)) / std::sqrt(events * share * (1 - share)));
}

}  // namespace waymark::stats
