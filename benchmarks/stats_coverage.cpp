// Do intervals cover as often as they promise, and do tests err as often as they say? Simulated with a fixed seed; prints the table of
// doc/statistics-coverage.md: build/bench/benchmarks/stats_coverage > doc/statistics-coverage.md. Ends with 1 when an exact method breaks its promise
// or a simulated size is not the one that enumeration gives, by more than four Monte Carlo errors.
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "stats/agreement.hpp"
#include "stats/distributions.hpp"
#include "stats/fisher.hpp"
#include "stats/power.hpp"
#include "stats/rates.hpp"
#include "stats/strata.hpp"

namespace {

using namespace waymark::stats;

constexpr int replicates = 20'000;
std::mt19937_64 generator(20230970);
int broken = 0;

Group draw(std::int64_t size, double rate) { return Group(Count(std::binomial_distribution<std::int64_t>(size, rate)(generator)), Count(size)); }

double error_of(double share, int of) { return std::sqrt(std::max(share * (1 - share), 1.0 / of) / of); }

/// How often it is so, of the times that it has an answer: 1 yes, 0 no, −1 none.
struct Share {
  double value = 0;
  int answered = 0;
};
Share simulate(const std::function<int()>& once, int times = replicates) {
  int yes = 0;
  int answered = 0;
  for (int i = 0; i < times; ++i) {
    const int outcome = once();
    if (outcome < 0) continue;
    ++answered;
    yes += outcome;
  }
  return {answered == 0 ? 0 : static_cast<double>(yes) / answered, answered};
}

int covers(const Answer<Interval>& interval, double truth) { return interval ? interval->contains(truth) : -1; }

enum class Promise { about, at_least };
void row(const std::string& method, const std::string& where, Share share, Promise promise) {
  const bool kept = promise == Promise::about || share.value >= 0.95 - 4 * error_of(share.value, share.answered);
  if (!kept) ++broken;
  std::printf("| %s | %s | %.4f ± %.4f | %s |\n", method.c_str(), where.c_str(), share.value, error_of(share.value, share.answered),
              promise == Promise::at_least ? (kept ? "0.95 or more: kept" : "0.95 or more: BROKEN") : "about 0.95");
}

/// Every outcome, weighted by its probability.
double exact_coverage(Answer<Interval> (*method)(const Group&, Confidence), std::int64_t size, double rate) {
  double covered = 0;
  for (std::int64_t x = 0; x <= size; ++x) {
    if (method(Group(Count(x), Count(size)), Confidence())->contains(rate)) covered += binomial_mass(x, size, rate);
  }
  return covered;
}

void one_rate() {
  std::printf("\n## One rate\n\n| interval | n, rate | covers | by enumeration | promise |\n|---|---|---|---|---|\n");
  using Method = Answer<Interval> (*)(const Group&, Confidence);
  const std::pair<const char*, Method> methods[] = {{"Wilson", wilson_interval},
                                                    {"Wilson, corrected", wilson_corrected_interval},
                                                    {"Clopper–Pearson", clopper_pearson_interval},
                                                    {"Jeffreys", jeffreys_interval}};
  for (const auto& [name, method] : methods) {
    for (const auto& [size, rate] : {std::pair(10, .15), std::pair(30, .15), std::pair(100, .05), std::pair(400, .5)}) {
      const Share share = simulate([&, method = method, size = size, rate = rate] { return covers(method(draw(size, rate), Confidence()), rate); });
      const double exact = exact_coverage(method, size, rate);
      const double error = error_of(share.value, share.answered);
      const bool must_cover = std::string(name) == "Clopper–Pearson";
      const bool agrees = std::abs(share.value - exact) <= 4 * error;
      const bool kept = !must_cover || exact >= 0.95;
      if (!agrees || !kept) ++broken;
      std::printf("| %s | %d, %.2f | %.4f ± %.4f | %.4f%s | %s |\n", name, size, rate, share.value, error, exact, agrees ? "" : " DIFFERS",
                  must_cover ? (kept ? "0.95 or more: kept" : "0.95 or more: BROKEN") : "about 0.95");
    }
  }
}

struct Setting {
  std::int64_t focal, reference;
  double focal_rate, reference_rate;

  [[nodiscard]] std::string text() const {
    char text[80];
    std::snprintf(text, sizeof text, "%ld at %.2f, %ld at %.2f", static_cast<long>(focal), focal_rate, static_cast<long>(reference), reference_rate);
    return text;
  }
  [[nodiscard]] TwoGroups draw_both() const { return {draw(focal, focal_rate), draw(reference, reference_rate)}; }
};

void two_rates() {
  std::printf("\n## Two rates\n\n| interval | groups | covers | promise |\n|---|---|---|---|\n");
  for (const Setting& s : {Setting{10, 40, .15, .3}, Setting{25, 100, .15, .15}, Setting{50, 50, .1, .4}, Setting{150, 500, .09, .15}}) {
    const double difference = s.focal_rate - s.reference_rate;
    const double ratio = s.focal_rate / s.reference_rate;
    const double odds = s.focal_rate / (1 - s.focal_rate) / (s.reference_rate / (1 - s.reference_rate));
    row("Newcombe, difference", s.text(), simulate([&] { return covers(newcombe_interval(s.draw_both()), difference); }), Promise::about);
    row("Miettinen–Nurminen, difference", s.text(), simulate([&] { return covers(miettinen_nurminen_difference(s.draw_both()), difference); }),
        Promise::about);
    row("Miettinen–Nurminen, ratio", s.text(), simulate([&] { return covers(miettinen_nurminen_ratio(s.draw_both()), ratio); }), Promise::about);
    row("Katz, ratio", s.text(), simulate([&] { return covers(katz_interval(s.draw_both()), ratio); }), Promise::about);
    row("conditional exact, odds ratio", s.text(), simulate([&] { return int{conditional_odds_ratio(s.draw_both()).exact.contains(odds)}; }),
        Promise::at_least);
    row("conditional mid-p, odds ratio", s.text(), simulate([&] { return int{conditional_odds_ratio(s.draw_both()).mid_p.contains(odds)}; }),
        Promise::about);
  }
}

enum class Size { about, at_most, none };
void size_row(const std::string& method, const std::string& where, Share share, double exact, Size promise) {
  const double error = error_of(share.value, share.answered);
  const bool agrees = exact < 0 || std::abs(share.value - exact) <= 4 * error;
  const bool kept = promise != Size::at_most || share.value <= 0.05 + 4 * error;
  if (!agrees || !kept) ++broken;
  char by_enumeration[40] = "–";
  if (exact >= 0) std::snprintf(by_enumeration, sizeof by_enumeration, "%.4f%s", exact, agrees ? "" : " DIFFERS");
  std::printf("| %s | %s | %.4f ± %.4f | %s | %s |\n", method.c_str(), where.c_str(), share.value, error, by_enumeration,
              promise == Size::none    ? "none"
              : promise == Size::about ? "about 0.05"
              : kept                   ? "0.05 or less: kept"
                                       : "0.05 or less: BROKEN");
}

void sizes() {
  std::printf(
      "\n## Tests that say 5 %%, when the rates are equal\n\n| test | groups | rejects | by enumeration | promise |\n|---|---|---|---|---|\n");
  for (const Setting& s : {Setting{10, 40, .3, .3}, Setting{25, 100, .15, .15}, Setting{50, 200, .15, .15}}) {
    const auto rejects = [&](auto p) { return simulate([&] { return int{p(fisher_test(s.draw_both())) <= 0.05}; }); };
    const auto exact = [&](ExactTest test) { return ExactPower::make(Count(s.focal), Count(s.reference), test)->at(s.focal_rate, s.reference_rate); };
    size_row("Fisher", s.text(), rejects([](const FisherTest& test) { return test.two_sided; }), exact(ExactTest::fisher), Size::at_most);
    size_row("mid-p, doubled", s.text(), rejects([](const FisherTest& test) { return test.mid_two_sided_doubled; }), exact(ExactTest::mid_p),
             Size::about);
    size_row("z, pooled", s.text(), simulate([&] {
               const Quantity p = standard_deviations(s.draw_both()).p_value;
               return p ? int{*p <= 0.05} : 0;
             }),
             -1, Size::about);
    size_row("four-fifths rule (no test)", s.text(), simulate([&] { return int{below_four_fifths(s.draw_both()).value_or(false)}; }),
             *four_fifths_flag_probability(Count(s.focal), Count(s.reference), s.focal_rate, s.reference_rate), Size::none);
  }
  const Setting small{10, 20, .3, .3};
  size_row("Boschloo", small.text(), simulate([&] { return int{boschloo_test(small.draw_both())->two_sided <= 0.05}; }, 1000), -1, Size::at_most);
}

std::vector<TwoGroups> draw_strata(double odds_ratio) {
  std::vector<TwoGroups> strata;
  const double rates[] = {.6, .35, .3, .2, .1, .05};
  for (int i = 0; i < 6; ++i) {
    const double odds = rates[i] / (1 - rates[i]) * odds_ratio;
    strata.push_back({draw(12 + 3 * i, odds / (1 + odds)), draw(60 - 5 * i, rates[i])});
  }
  return strata;
}

void strata() {
  std::printf("\n## Six strata\n\nTwelve to 27 people of the focal group and 60 to 35 of the other in strata whose rates go from 0.6 to 0.05.\n\n");
  std::printf("| method | true odds ratio | covers | promise |\n|---|---|---|---|\n");
  for (const double odds_ratio : {1.0, 0.5}) {
    char where[20];
    std::snprintf(where, sizeof where, "%.1f", odds_ratio);
    row("Mantel–Haenszel odds ratio, Robins–Breslow–Greenland", where,
        simulate([&] { return covers(mantel_haenszel_odds_ratio(draw_strata(odds_ratio)).interval, odds_ratio); }), Promise::about);
    row("exact conditional odds ratio", where,
        simulate([&] { return int{exact_stratified(draw_strata(odds_ratio))->interval.contains(odds_ratio)}; }, 2000), Promise::at_least);
  }
  row("Mantel–Haenszel rate ratio, Greenland–Robins", "1.0", simulate([&] { return covers(mantel_haenszel_rate_ratio(draw_strata(1)).interval, 1); }),
      Promise::about);
  row("Mantel–Haenszel rate difference, Sato", "1.0", simulate([&] { return covers(mantel_haenszel_difference(draw_strata(1)).interval, 0); }),
      Promise::about);
  std::printf("\n| test that says 5 %% | true odds ratio | rejects | by enumeration | promise |\n|---|---|---|---|---|\n");
  const auto rejects = [](auto test) {
    return simulate([&] {
      const Answer<ChiSquared> answer = test(draw_strata(1));
      return answer ? int{answer->p_value <= 0.05} : -1;
    });
  };
  size_row("Cochran–Mantel–Haenszel", "1.0", rejects([](const auto& all) { return mantel_haenszel_test(all).plain; }), -1, Size::about);
  size_row("the same, corrected", "1.0", rejects([](const auto& all) { return mantel_haenszel_test(all).corrected; }), -1, Size::about);
  size_row("Breslow–Day", "1.0", rejects([](const auto& all) { return homogeneity_test(all).breslow_day; }), -1, Size::about);
  size_row("Tarone", "1.0", rejects([](const auto& all) { return homogeneity_test(all).tarone; }), -1, Size::about);
  size_row("exact conditional", "1.0", simulate([] { return int{exact_stratified(draw_strata(1))->two_sided <= 0.05}; }, 2000), -1, Size::at_most);
}

/// Two judges with κ of just 0.5: with probability ½ they say the same, drawn from four equal categories, else each draws alone.
SquareMatrix draw_judges(int units) {
  SquareMatrix table{4, std::vector<double>(16, 0)};
  std::uniform_int_distribution<std::size_t> category(0, 3);
  std::bernoulli_distribution same(0.5);
  for (int i = 0; i < units; ++i) {
    const std::size_t first = category(generator);
    ++table.cells[first * 4 + (same(generator) ? first : category(generator))];
  }
  return table;
}

/// Units of variance 1, judges of 0.25, error of 0.75: ICC(2,1) is 0.5 and ICC(3,1) 0.5714.
std::vector<std::vector<double>> draw_ratings(int units, int judges) {
  std::normal_distribution<double> normal;
  std::vector<double> severity;
  for (int j = 0; j < judges; ++j) severity.push_back(0.5 * normal(generator));
  std::vector<std::vector<double>> ratings;
  for (int i = 0; i < units; ++i) {
    const double unit = normal(generator);
    ratings.emplace_back();
    for (int j = 0; j < judges; ++j) ratings.back().push_back(unit + severity[static_cast<std::size_t>(j)] + std::sqrt(0.75) * normal(generator));
  }
  return ratings;
}

void agreement() {
  std::printf("\n## Agreement\n\n| interval | sample | covers | promise |\n|---|---|---|---|\n");
  for (const int units : {30, 200}) {
    const std::string where = std::to_string(units) + " units, two judges";
    for (const auto& [name, weighting] : {std::pair("κ 0.5", Weighting::none), std::pair("κ 0.5, quadratic", Weighting::quadratic)}) {
      const SquareMatrix weights = agreement_weights(4, weighting);
      row(name, where, simulate([&] { return covers(cohen_kappa(draw_judges(units), weights)->interval, 0.5); }), Promise::about);
    }
  }
  for (const auto& [units, judges] : {std::pair(20, 4), std::pair(50, 8)}) {
    const std::string where = std::to_string(units) + " units, " + std::to_string(judges) + " judges";
    row("ICC(2,1), McGraw–Wong", where, simulate([&, units = units, judges = judges] {
          return covers(intraclass_correlations(draw_ratings(units, judges))->two_way_random.interval, 0.5);
        }),
        Promise::about);
    row("ICC(3,1)", where, simulate([&, units = units, judges = judges] {
          return covers(intraclass_correlations(draw_ratings(units, judges))->two_way_fixed.interval, 1 / 1.75);
        }),
        Promise::about);
  }
}

}  // namespace

int main() {
  std::printf(
      "# How often intervals cover and tests err\n\nSimulated, as a rule %d times a line, with a fixed seed, beside one Monte Carlo error. An exact "
      "method "
      "keeps its promise whatever the rate; an approximate one is near it, and small groups show how near. Where a method has no answer (no event, "
      "no variation), that draw is "
      "left out. Written by `build/bench/benchmarks/stats_coverage`, which fails when an exact method breaks its promise or a simulated share is "
      "further than four errors from enumeration.\n",
      replicates);
  one_rate();
  two_rates();
  sizes();
  strata();
  agreement();
  return broken == 0 ? 0 : 1;
}
