#include "stats/distributions.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats/roots.hpp"
#include "stats_reference.hpp"

using namespace waymark::stats;

// The numbers are those of R 4.2.2: pnorm, qnorm, pchisq, pt, pf, pbeta, dbinom, dhyper, phyper, and their logarithms with log.p = TRUE.
TEST_CASE("the normal distribution agrees with R, far tails included") {
  CHECK(agrees(normal_lower(-1.5), 0.066807201268858071, 1e-14));
  CHECK(agrees(normal_upper(8), 6.2209605742717849e-16, 1e-13));
  CHECK(agrees(normal_log_upper(40), -804.6084420137538, 1e-14));
  CHECK(agrees(normal_log_lower(-3), -6.6077262215103492, 1e-14));
  CHECK(agrees(normal_log_lower(2), -0.023012909328963493, 1e-13));
  CHECK(agrees(normal_quantile(.975), 1.9599639845400536, 1e-14));
  CHECK(agrees(normal_upper_quantile(1e-20), 9.2623400897984052, 1e-14));
}

TEST_CASE("the chi-squared distribution agrees with R, far tails included") {
  CHECK(agrees(chi_squared_upper(3.84, 1), 0.050043521248705224, 1e-13));
  CHECK(agrees(chi_squared_lower(25, 12), 0.98517712540255842, 1e-14));
  CHECK(agrees(chi_squared_log_upper(3000, 4), -1492.6861131683665, 1e-14));
  CHECK(agrees(chi_squared_quantile(.95, 7), 14.067140449340167, 1e-13));
  CHECK(agrees(chi_squared_upper_quantile(1e-12, 3), 58.919755683202759, 1e-13));
}

TEST_CASE("Student's t and F agree with R, far tails included") {
  CHECK(agrees(student_t_two_sided(-2.5, 7.3), 0.039650234665600456, 1e-13));
  CHECK(agrees(student_t_lower(1.2, 3), 0.84186894265094758, 1e-14));
  CHECK(agrees(student_t_log_two_sided(-1e80, 9), -1649.3258814378955, 1e-13));
  CHECK(agrees(student_t_log_two_sided(-60, 5000), -1359.860028307178, 1e-13));
  CHECK(agrees(student_t_quantile(.975, 4.7), 2.6207260753531694, 1e-12));
  CHECK(agrees(student_t_quantile(1e-9, 12), -15.89481336226606, 1e-12));
  CHECK(agrees(f_upper(11.027, 5, 15), 0.00013458352967583547, 1e-13));
  CHECK(agrees(f_lower(2, 3, 4), 0.74361280247182382, 1e-14));
  CHECK(agrees(f_log_upper(1e200, 4, 9), -2066.9726496294293, 1e-13));
  CHECK(agrees(f_log_upper(400, 50, 3000), -2937.74329666527, 1e-13));
  CHECK(agrees(f_quantile(.95, 5, 15), 2.9012945362361577, 1e-12));
  CHECK(agrees(f_quantile(.975, 2.5, 40), 3.7100272979067235, 1e-12));
}

TEST_CASE("beta, binomial and hypergeometric agree with R, for large counts too") {
  CHECK(agrees(beta_lower(.2, 3, 9), 0.38259845120000036, 1e-13));
  CHECK(agrees(beta_quantile(.025, 1.5, 5.5), 0.018620127119442175, 1e-12));
  CHECK(agrees(beta_upper_quantile(.025, 15.5, 133.5), 0.1576431434787412, 1e-12));
  CHECK(agrees(log_beta(3, 1e9), -61.476650333279288, 1e-14));
  CHECK(agrees(binomial_mass(15, 148, .1), 0.10788970454517489, 1e-13));
  CHECK(agrees(binomial_log_mass(500'000'000, 1'000'000'000, .5), -10.587424271367933, 1e-12));
  CHECK(agrees(binomial_log_mass(300'000'000, 1'000'000'000, .5), -82282889.005299434, 1e-14));
  CHECK(agrees(binomial_lower(15, 148, .1), 0.5897703503532663, 1e-13));
  CHECK(agrees(binomial_upper(15, 148, .1), 0.4102296496467337, 1e-13));
  CHECK(binomial_quantile(.3, 148, .1) == 13);
  const Hypergeometric eighty_forty{60, 40, 120};
  CHECK(agrees(eighty_forty.mass(12), 0.0012669816374596451, 1e-13));
  CHECK(agrees(eighty_forty.lower(12), 0.0017046108839245933, 1e-13));
  CHECK(agrees(eighty_forty.upper(12), 0.9982953891160754, 1e-13));
  CHECK(agrees(Hypergeometric{1755, 2691, 4526}.log_upper(1197), -49.608163346582124, 1e-14));
  CHECK(agrees(Hypergeometric{30'000, 300'000, 1'000'000}.log_upper(20'000), -8856.6421935298567, 1e-13));
  CHECK(agrees(Hypergeometric{500'000'000, 700'000'000, 1'000'000'000}.log_mass(400'000'000), -24157266.519070532, 1e-14));
}

TEST_CASE("at the ends there are values, not exceptions") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(normal_quantile(0) == -infinity);
  CHECK(normal_quantile(1) == infinity);
  CHECK(normal_upper(infinity) == 0);
  CHECK(chi_squared_upper(infinity, 3) == 0);
  CHECK(chi_squared_upper(-1, 3) == 1);
  CHECK(chi_squared_upper_quantile(0, 3) == infinity);
  CHECK(student_t_two_sided(infinity, 3) == 0);
  CHECK(student_t_quantile(.5, 3) == 0);
  CHECK(f_upper(0, 3, 4) == 1);
  CHECK(beta_lower(2, 3, 4) == 1);
  CHECK(binomial_mass(0, 0, .3) == 1);
  CHECK(binomial_mass(5, 5, 1) == 1);
  CHECK(binomial_lower(-1, 5, .5) == 0);
  CHECK(Hypergeometric{0, 0, 0}.mass(0) == 1);
  CHECK(Hypergeometric{5, 5, 5}.lower(5) == 1);
  CHECK(Hypergeometric{3, 2, 9}.log_mass(3) == -infinity);
}

TEST_CASE("the masses of an urn add up to one, and its tails are their sums") {
  CHECK(rc::check([] {
    const std::int64_t total = *rc::gen::inRange(1, 200);
    const Hypergeometric urn{*rc::gen::inRange<std::int64_t>(0, total + 1), *rc::gen::inRange<std::int64_t>(0, total + 1), total};
    double sum = 0;
    for (std::int64_t k = urn.smallest(); k <= urn.largest(); ++k) {
      sum += urn.mass(k);
      RC_ASSERT(agrees(urn.lower(k), sum, 1e-11));
      RC_ASSERT(agrees(urn.upper(k), 1 - sum, 1e-11, 1));
    }
    RC_ASSERT(agrees(sum, 1, 1e-12));
  }));
}

TEST_CASE("a quantile undoes its probability") {
  CHECK(rc::check([] {
    const double p = (*rc::gen::inRange(1, 1000)) / 1000.0;
    const double a = (*rc::gen::inRange(1, 400)) / 10.0;
    const double b = (*rc::gen::inRange(1, 400)) / 10.0;
    RC_ASSERT(agrees(normal_lower(normal_quantile(p)), p, 1e-12));
    RC_ASSERT(agrees(chi_squared_lower(chi_squared_quantile(p, a), a), p, 1e-10));
    RC_ASSERT(agrees(student_t_lower(student_t_quantile(p, a), a), p, 1e-10));
    RC_ASSERT(agrees(f_lower(f_quantile(p, a, b), a, b), p, 1e-9));
    RC_ASSERT(agrees(beta_lower(beta_quantile(p, a, b), a, b), p, 1e-9));
  }));
}

TEST_CASE("a root is found to the last digits, at an end too, and where there is none, nothing is said") {
  CHECK(agrees(*find_root([](double x) { return x * x - 2; }, 0, 2), std::numbers::sqrt2, 1e-15));
  CHECK(*find_root([](double x) { return x; }, 0, 1) == 0);
  CHECK(!find_root([](double x) { return x * x + 1; }, -1, 1));
  const Summit summit = find_summit([](double x) { return 3 - (x - 0.25) * (x - 0.25); }, 0, 1);
  CHECK(agrees(summit.place, 0.25, 1e-7));
  CHECK(agrees(summit.value, 3, 1e-15));
}
