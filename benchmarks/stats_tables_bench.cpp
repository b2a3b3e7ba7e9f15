// How fast the statistics of tables are: ./bench tables. Prints JSON, microseconds a call.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "stats/fisher.hpp"
#include "stats/power.hpp"
#include "stats/strata.hpp"
#include "stats/suppression.hpp"

namespace {

using namespace waymark::stats;

TwoGroups table(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  return {Group(Count(a), Count(a + b)), Group(Count(c), Count(c + d))};
}

double sink = 0;

/// The median of several runs, so that a neighbour's noise does not count.
template <class Work>
double microseconds(int calls, Work work) {
  std::vector<double> runs;
  for (int run = 0; run < 9; ++run) {
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) sink += work();
    runs.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began).count() / calls);
  }
  std::sort(runs.begin(), runs.end());
  return runs[runs.size() / 2];
}

}  // namespace

int main() {
  const TwoGroups usual = table(12, 28, 48, 32);
  const TwoGroups large = table(1198, 1493, 557, 1278);
  const TwoGroups huge = table(500'000'000, 500'000'000, 499'950'000, 500'050'000);
  const std::vector<TwoGroups> strata{table(512, 313, 89, 19),   table(353, 207, 17, 8),  table(120, 205, 202, 391),
                                      table(138, 279, 131, 244), table(53, 138, 94, 299), table(22, 351, 24, 317)};
  CountTable people{12, 6, {}};
  for (int i = 0; i < 72; ++i) people.cells.emplace_back(3 + i * 37 % 41);
  std::printf("{\n");
  std::printf("\"fisher_p\": %.3f,\n", microseconds(2000, [&] { return fisher_test(usual).two_sided; }));
  std::printf("\"fisher_all\": %.3f,\n", microseconds(500, [&] { return fisher_test(usual).two_sided + conditional_odds_ratio(usual).exact.lower; }));
  std::printf("\"fisher_4526\": %.3f,\n", microseconds(500, [&] { return fisher_test(large).two_sided; }));
  std::printf("\"fisher_2e9\": %.3f,\n", microseconds(1, [&] { return fisher_test(huge).two_sided; }));
  std::printf("\"cmh\": %.3f,\n",
              microseconds(2000, [&] { return mantel_haenszel_test(strata).plain->statistic + *mantel_haenszel_odds_ratio(strata).estimate; }));
  std::printf("\"cmh_exact\": %.3f,\n", microseconds(1, [&] { return exact_stratified(strata)->two_sided; }));
  std::printf("\"power_500_2000\": %.3f,\n",
              microseconds(1, [&] { return *ExactPower::make(Count(500), Count(2000), ExactTest::mid_p)->detectable_rate(0.15); }));
  std::printf("\"suppress_12x6\": %.3f,\n", microseconds(1, [&] { return (*suppress(people, Count(5)))->cost.real(); }));
  std::printf("\"sink\": %g\n}\n", sink);
}
