/// One root of one continuous function.
#pragma once

#include <functional>
#include <optional>

namespace waymark::stats {

using RealFunction = std::function<double(double)>;

/// The x between `lower` and `upper` where `function` changes its sign, to the last two bits of a double (Alefeld, Potra & Shi 1995,
/// algorithm 748, of Boost.Math); the end itself where it is 0 there. Nothing when both ends have the same sign. REQUIRES lower ≤ upper, both
/// finite, and a function that is never NaN between them. At most 200 calls.
[[nodiscard]] std::optional<double> find_root(const RealFunction& function, double lower, double upper);

/// Where `function` is largest between `lower` and `upper`, when it has one summit there (Brent 1973, chapter 5): about half the digits of x,
/// all of the value. At most 200 calls.
struct Summit {
  double place = 0;
  double value = 0;
};
[[nodiscard]] Summit find_summit(const RealFunction& function, double lower, double upper);

}  // namespace waymark::stats
