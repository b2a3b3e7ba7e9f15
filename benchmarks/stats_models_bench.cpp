// Times one statistical model on made-up rows: stats_models_bench CASE ROWS [FILE]; for facets ROWS are ratees.
// Prints seconds of the processor (the best of three), the bytes of the input and the most memory that the process held beyond what it held
// before. With FILE, writes the rows as doubles, column after column, for another program.
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "stats/severity/facets.hpp"
#include "stats/survival/cox.hpp"
#include "stats/survival/cumulative_incidence.hpp"
#include "stats/survival/kaplan_meier.hpp"
#include "stats/survival/log_rank.hpp"

using namespace waymark::stats;

namespace {

constexpr std::size_t columns = 6;

/// Careers in days: exponential with covariates, a third censored; six strata, groups of five, clusters of two hundred.
struct Careers {
  std::vector<Day> start, stop;
  std::vector<std::uint8_t> cause;
  std::vector<double> covariates;
  std::vector<Code> stratum, cluster, group;

  explicit Careers(std::size_t rows) : start(rows), stop(rows), cause(rows), covariates(rows * columns), stratum(rows), cluster(rows), group(rows) {
    std::mt19937_64 random(20'240'917);
    std::normal_distribution<double> normal;
    std::exponential_distribution<double> exponential;
    std::uniform_real_distribution<double> uniform;
    const double effects[columns] = {.3, -.2, .1, 0, .5, -.4};
    for (std::size_t row = 0; row < rows; ++row) {
      double eta = 0;
      for (std::size_t column = 0; column < columns; ++column) {
        double& x = covariates[column * rows + row];
        x = column < 4 ? normal(random) : uniform(random) < .3 ? 1 : 0;
        eta += effects[column] * x;
      }
      stratum[row] = static_cast<Code>(random() % 6);
      cluster[row] = static_cast<Code>(random() % std::max<std::size_t>(2, rows / 200));
      group[row] = static_cast<Code>(random() % 5);
      start[row] = static_cast<Day>(uniform(random) * 400);
      const double until_event = 900 * exponential(random) * std::exp(-eta) * (1 + stratum[row] * .2);
      const double until_censored = uniform(random) * 2500;
      stop[row] = start[row] + 1 + static_cast<Day>(std::min(until_event, until_censored));
      cause[row] = until_event <= until_censored ? 1 : uniform(random) < .5 ? 2 : 0;
    }
  }

  [[nodiscard]] std::vector<std::uint8_t> events() const {
    std::vector<std::uint8_t> only(cause.size());
    for (std::size_t row = 0; row < cause.size(); ++row) only[row] = cause[row] == 1;
    return only;
  }
};

/// Every ratee before three judges, each on every criterion; a scale of five.
struct Panel {
  std::vector<Code> ratee, judge, criterion;
  std::vector<int> rating;

  Panel(std::size_t ratees, std::size_t judges, std::size_t criteria) {
    std::mt19937_64 random(7);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<double> severity(judges);
    for (double& value : severity) value = normal(random) * .7;
    for (std::size_t i = 0; i < ratees; ++i) {
      const double ability = normal(random) * 1.2;
      for (int seat = 0; seat < 3; ++seat) {
        const std::size_t j = random() % judges;
        for (std::size_t c = 0; c < criteria; ++c) {
          int value = 0;
          for (const double threshold : {-1.5, -.5, .5, 1.5}) {
            value += uniform(random) < 1 / (1 + std::exp(-(ability - severity[j] - .1 * static_cast<double>(c) - threshold)));
          }
          ratee.push_back(static_cast<Code>(i));
          judge.push_back(static_cast<Code>(j));
          criterion.push_back(static_cast<Code>(c));
          rating.push_back(value);
        }
      }
    }
  }
};

template <class T>
void write(std::ofstream& stream, const std::vector<T>& values) {
  for (const T value : values) {
    const double real = static_cast<double>(value);
    stream.write(reinterpret_cast<const char*>(&real), sizeof real);
  }
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// One thread does all the work, so this is what a clock shows on a machine that does nothing else.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class T>
void demand(const T& result) {
  if (!result.has_value()) std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string what = argv[1];
  const std::size_t rows = std::stoul(argv[2]);
  const Careers careers(what == "facets" ? 10 : rows);
  const Panel panel(what == "facets" ? rows : 1, 2000, 10);
  const std::vector<std::uint8_t> events = careers.events();
  if (argc > 3) {
    std::ofstream stream(argv[3], std::ios::binary);
    write(stream, careers.start);
    write(stream, careers.stop);
    write(stream, events);
    write(stream, careers.stratum);
    write(stream, careers.cluster);
    write(stream, careers.group);
    write(stream, careers.covariates);
    return 0;
  }
  const Spells from_start{{}, careers.stop, events};
  const Spells delayed{careers.start, careers.stop, events};
  const CoxData cox{from_start, careers.covariates, columns, careers.stratum, {}};
  const CoxData clustered{from_start, careers.covariates, columns, careers.stratum, careers.cluster};
  const CoxData counting{delayed, careers.covariates, columns, careers.stratum, {}};
  const double n = static_cast<double>(rows);
  std::function<void()> work;
  double bytes = n * 9;
  if (what == "km") work = [&] { demand(kaplan_meier(from_start, {})); };
  if (what == "logrank") {
    bytes += n * 8;
    work = [&] { demand(log_rank(from_start, careers.group, careers.stratum)); };
  }
  if (what == "aj") work = [&] { demand(cumulative_incidence(Spells{{}, careers.stop, careers.cause})); };
  if (what == "cox") {
    bytes += n * (8 * columns + 4);
    work = [&] { demand(*fit_cox(cox)); };
  }
  if (what == "cox-cluster") {
    bytes += n * (8 * columns + 8);
    work = [&] { demand(*fit_cox(clustered)); };
  }
  if (what == "cox-start-stop") {
    bytes += n * (8 * columns + 12);
    work = [&] { demand(*fit_cox(counting)); };
  }
  if (what == "facets") {
    bytes = static_cast<double>(panel.rating.size()) * 16;
    work = [&] { demand(*fit_facets({panel.ratee, panel.judge, panel.criterion, panel.rating})); };
  }
  if (!work) return 2;

  const double before = peak_megabytes();
  double best = HUGE_VAL;
  for (int round = 0; round < 3; ++round) {
    const double begin = processor_seconds();
    work();
    best = std::min(best, processor_seconds() - begin);
  }
  std::printf("{\"seconds\": %.6f, \"input_megabytes\": %.1f, \"memory_megabytes\": %.1f}\n", best, bytes / 1048576, peak_megabytes() - before);
}
