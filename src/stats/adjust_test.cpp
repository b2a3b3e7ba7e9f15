#include "stats/adjust.hpp"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

std::vector<PValue> read(const Reference& list) {
  std::vector<PValue> result;
  for (const Reference& item : list.items()) result.push_back(item.is_null() ? PValue() : PValue(item.number()));
  return result;
}

constexpr Adjustment every[] = {
    Adjustment::bonferroni,          Adjustment::holm, Adjustment::hochberg, Adjustment::hommel, Adjustment::benjamini_hochberg,
    Adjustment::benjamini_yekutieli, Adjustment::none};

}  // namespace

TEST_CASE("eight adjustments agree with R's, with ties, with missing ones, with one and with none") {
  for (const Reference& file : references("07_padjust.json")) {
    for (const std::string& set : file.keys()) {
      const std::vector<PValue> p = read(file[set]["p"]);
      for (const std::string& method : file[set].keys()) {
        if (method == "p") continue;
        CAPTURE(file[set][method].path());
        const std::vector<PValue> wanted = read(file[set][method]);
        const std::vector<PValue> got = *adjust(p, *adjustment_named(method));
        REQUIRE(got.size() == wanted.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
          REQUIRE(got[i].has_value() == wanted[i].has_value());
          if (got[i]) CHECK(agrees(*got[i], *wanted[i], 1e-14));
        }
      }
    }
  }
}

TEST_CASE("whatever the p values, adjusting never makes one smaller or larger than 1, and goes by value and not by place") {
  CHECK(rc::check([] {
    const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1001));
    std::vector<PValue> p;
    for (const int number : numbers) p.push_back(number == 1000 ? PValue() : PValue(number / 999.0));
    std::vector<PValue> reversed(p.rbegin(), p.rend());
    for (const Adjustment adjustment : every) {
      const std::vector<PValue> adjusted = *adjust(p, adjustment);
      std::vector<PValue> back = *adjust(reversed, adjustment);
      std::reverse(back.begin(), back.end());
      RC_ASSERT(adjusted == back);
      for (std::size_t i = 0; i < p.size(); ++i)
        RC_ASSERT(p[i].has_value() == adjusted[i].has_value() && (!p[i] || (*adjusted[i] >= *p[i] && *adjusted[i] <= 1)));
    }
  }));
}

TEST_CASE("Holm is never weaker than Bonferroni, nor Hochberg than Holm, nor Hommel than Hochberg") {
  CHECK(rc::check([] {
    const auto numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
    std::vector<PValue> p;
    for (const int number : numbers) p.push_back(number / 999.0);
    const auto bonferroni = *adjust(p, Adjustment::bonferroni);
    const auto holm = *adjust(p, Adjustment::holm);
    const auto hochberg = *adjust(p, Adjustment::hochberg);
    const auto hommel = *adjust(p, Adjustment::hommel);
    for (std::size_t i = 0; i < p.size(); ++i)
      RC_ASSERT(*hommel[i] <= *hochberg[i] + 1e-15 && *hochberg[i] <= *holm[i] && *holm[i] <= *bonferroni[i]);
  }));
}

TEST_CASE("what is no p value is refused") {
  const std::vector<PValue> p{0.2, 1.5};
  const auto refused = adjust(p, Adjustment::holm);
  REQUIRE(!refused);
  CHECK(refused.error().message == "The p value number 2 is 1.5.");
  CHECK(!adjustment_named("sidak"));
  for (const Adjustment adjustment : every) CHECK(adjustment_named(name_of(adjustment)) == adjustment);
}
