#include <cmath>

#include <doctest/doctest.h>

#include "stats/survival/cox.hpp"

using namespace waymark::stats;

namespace {

using Days = std::vector<Day>;
using Causes = std::vector<std::uint8_t>;

waymark::Result<Answer<CoxFit>> fitted(const Days& stop, const Causes& cause, const std::vector<double>& covariates, Ties ties) {
  return fit_cox({Spells{{}, stop, cause}, covariates, covariates.size() / stop.size()}, ties);
}

}  // namespace

TEST_CASE("whatever is assumed about ties: one row, nobody with the event, all the same, and infinite covariates") {
  for (const Ties ties : {Ties::efron, Ties::breslow, Ties::exact}) {
    CHECK_FALSE(fitted({3}, {1}, {1}, ties)->has_value());
    CHECK_FALSE(fitted({4, 4, 5}, {0, 0, 0}, {1, 2, 3}, ties)->has_value());
    CHECK_FALSE(fitted({4, 5, 6}, {1, 1, 0}, {2, 2, 2}, ties)->has_value());
    for (const double value : {HUGE_VAL, -HUGE_VAL, std::nan("")})
      CHECK(fitted({4, 5, 6}, {1, 1, 0}, {2, 1, 2, 3, 1, value}, ties).error().message == "Covariate 2 of row 3 is no finite number.");
  }
}

TEST_CASE("a column and twice the column, everybody on one day: the first says everything, and the day still compares") {
  for (const Ties ties : {Ties::efron, Ties::breslow, Ties::exact}) {
    const auto fit = *fitted({4, 4, 4, 4, 4}, {1, 0, 1, 0, 0}, {2, 1, 3, 2, 4, 4, 2, 6, 4, 8}, ties);
    REQUIRE(fit);
    CHECK(fit->redundant == std::vector<std::size_t>{1});
    CHECK(std::isfinite(fit->coefficient[0]));
    CHECK(fit->standard_error(0).has_value());
    CHECK(fit->coefficient[1] == 0);
    CHECK_FALSE(fit->standard_error(1).has_value());
  }
}

TEST_CASE("a column that repeats another one is no coefficient when that one runs to infinity") {
  const auto fit = *fitted({930, 1533}, {1, 1}, {5490, 5740, 1, 0}, Ties::efron);
  REQUIRE(fit);
  CHECK(fit->coefficient[0] == -HUGE_VAL);
  CHECK(fit->redundant == std::vector<std::size_t>{1});
  CHECK(fit->coefficient[1] == 0);
  CHECK_FALSE(fit->standard_error(1).has_value());
}
