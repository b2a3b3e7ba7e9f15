// How often intervals cover and tests reject when nothing is there, by simulation: stats_models_coverage [ROUNDS]. Prints the table of
// doc/statistics-coverage-models.md; the Monte Carlo error of each share stands beside it.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "stats/distributions.hpp"
#include "stats/regression/cluster_errors.hpp"
#include "stats/regression/firth.hpp"
#include "stats/survival/cox.hpp"
#include "stats/survival/cumulative_incidence.hpp"
#include "stats/survival/kaplan_meier.hpp"
#include "stats/survival/log_rank.hpp"

using namespace waymark::stats;

namespace {

std::mt19937_64 generator(20'240'917);

double uniform() { return std::uniform_real_distribution<double>()(generator); }
double exponential(double rate) { return -std::log(1 - uniform()) / rate; }

struct Share {
  double hits = 0, rounds = 0;
  void add(bool hit) {
    hits += hit;
    ++rounds;
  }
  void print(const char* what, const char* nominal) const {
    const double share = hits / rounds;
    std::printf("| %s | %s | %.3f | %.3f |\n", what, nominal, share, std::sqrt(share * (1 - share) / rounds));
  }
};

/// Two groups of `each`, a covariate's log hazard ratio of `effect` between them, whole days, a competing event, an end of study.
struct Study {
  std::vector<Day> stop;
  std::vector<std::uint8_t> any, cause;
  std::vector<Code> group;
  std::vector<double> covariate;

  Study(int each, double effect) {
    for (int i = 0; i < 2 * each; ++i) {
      const Code g = i < each ? 0 : 1;
      const double event = exponential(std::exp(effect * g) / 400), other = exponential(1.0 / 900), end = 200 + 600 * uniform();
      const double first = std::min(event, std::min(other, end));
      stop.push_back(static_cast<Day>(first) + 1);
      cause.push_back(first == event ? 1 : first == other ? 2 : 0);
      any.push_back(first == event);
      group.push_back(g);
      covariate.push_back(g);
    }
  }
  [[nodiscard]] Spells spells() const { return {{}, stop, any}; }
};

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::stoi(argv[1]) : 4000;
  Share curve, mean, log_rank_size, exact_size, gray_size, cox_cover, firth_cover, cr0, cr2;
  const double z = normal_upper_quantile(.025);
  for (int round = 0; round < rounds; ++round) {
    const Study null(30, 0), effect(60, .5), small(10, 0);
    const SurvivalCurve km = (*kaplan_meier(null.spells(), {}))[0];
    const auto after = std::upper_bound(km.table.day.begin(), km.table.day.end(), Day{150});
    const auto& interval = km.interval[static_cast<std::size_t>(after - km.table.day.begin()) - 1];
    if (interval) curve.add(interval->contains(std::exp(-150.0 / 400)));
    const auto area = restricted_mean(km, 180);
    if (area) {
      double truth = 0;  // the sum of P(T ≥ day) over whole days, T rounded up
      for (int day = 0; day < 180; ++day) truth += std::exp(-day / 400.0);
      mean.add(std::abs(area->days - truth) <= z * area->standard_error);
    }
    if (const auto test = *log_rank(null.spells(), null.group)) log_rank_size.add(test->p < .05);
    if (const auto test = *exact_log_rank(small.spells(), small.group)) exact_size.add(test->p <= .05);
    if (const auto test = *gray_test({{}, null.stop, null.cause}, 1, null.group)) gray_size.add(test->p < .05);
    if (const auto fit = *fit_cox({effect.spells(), effect.covariate, 1})) {
      if (!fit->diverges()) cox_cover.add(std::abs(fit->coefficient[0] - .5) <= z * *fit->standard_error(0));
    }
    std::vector<double> outcome, rare, x;
    std::vector<Code> cluster;
    for (Code c = 0; c < 12; ++c) {
      const double shared = (uniform() - .5) * 2;
      for (int i = 0; i < 15; ++i) {
        x.push_back(c % 3 == 0);
        outcome.push_back(uniform() < 1 / (1 + std::exp(.5 - shared)));
        rare.push_back(uniform() < 1 / (1 + std::exp(2.5 - x.back())));
        cluster.push_back(c);
      }
    }
    if (const auto fit = *fit_regression({outcome, x, 1}, Family::logit)) {
      const auto plain = *cluster_errors({outcome, x, 1}, *fit, cluster, ClusterCorrection::cr0);
      const auto corrected = *cluster_errors({outcome, x, 1}, *fit, cluster, ClusterCorrection::cr2);
      if (plain && plain->coefficient[1]) cr0.add(std::abs(fit->coefficient[1]) <= z * plain->coefficient[1]->standard_error);
      if (corrected && corrected->coefficient[1]) cr2.add(corrected->coefficient[1]->interval.contains(0));
    }
    if (round % 4 == 0) {
      if (const auto fit = *fit_firth({std::span(rare).first(60), std::span(x).first(60), 1}))
        firth_cover.add(fit->coefficient[1]->interval.contains(1));
    }
  }
  std::printf("| what | nominal | simulated | ± |\n|---|---|---|---|\n");
  curve.print("Kaplan–Meier, log-minus-log interval at day 150, 60 rows", "0.95");
  mean.print("restricted mean to day 180, 60 rows", "0.95");
  log_rank_size.print("log-rank, two groups of 30, no difference", "0.05");
  exact_size.print("exact log-rank, two groups of 10, no difference (at most)", "0.05");
  gray_size.print("Gray's test, two groups of 30, no difference", "0.05");
  cox_cover.print("Cox, Wald interval, two groups of 60, log ratio 0.5", "0.95");
  firth_cover.print("Firth, profile interval, 60 rows, a rate near 10 %, log odds ratio 1", "0.95");
  cr0.print("12 clusters, 4 of them with the covariate: CR0 and the normal distribution", "0.95");
  cr2.print("the same: CR2 and Satterthwaite", "0.95");
}
