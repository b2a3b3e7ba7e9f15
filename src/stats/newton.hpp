/// Newton's method for a concave log-likelihood of a few dozen coefficients, and what it finds when there is no highest point.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace waymark::stats {

/// A log-likelihood and its derivatives at one point. information is minus the second derivative, or its expectation: columns², row by row.
struct Likelihood {
  double value = 0;
  std::vector<double> score;
  std::vector<double> information;
};
using LikelihoodFunction = std::function<Likelihood(std::span<const double>)>;

/// Which way a coefficient runs to infinity, if it does.
enum class Divergence : std::uint8_t { none, up, down };
[[nodiscard]] bool any_diverges(const std::vector<Divergence>& divergence);

struct Optimum {
  std::vector<double> coefficient;
  std::vector<double> step;  ///< the last one; it is part of `coefficient` unless something diverges
  Likelihood likelihood;     ///< before the last step
  std::vector<Divergence> divergence;
  std::vector<std::size_t> redundant;  ///< columns that repeat what earlier ones say, judged at the start, where no weight has run to 0 yet
  int iterations = 0;
  double largest_step = 0;  ///< of the last step, in standard errors, among the columns that do not diverge
};

/// Climbs from 0, where the likelihood is `start`, with steps halved while they lead down, until no coefficient moves by 1e-9 of its standard
/// error. `range` is by how much one unit of each coefficient can move a linear predictor. A coefficient diverges when the likelihood has
/// stopped rising but its step would still move a predictor by a tenth: along a direction in which it only rises, each step of Newton's moves
/// the predictor by about 1 and the gain falls by e. So does one about which the information is lost on the way, or all but lost: its error times its range is beyond
/// a thousand. What is redundant at the start (information.hpp) stays at 0, and 0 in the information of the result.
[[nodiscard]] Optimum climb(const LikelihoodFunction& function, std::span<const double> range, Likelihood start);

/// Columns², row by row; rows and columns of the diverging ones are 0.
[[nodiscard]] std::vector<double> settled_information(const Optimum& optimum);

}  // namespace waymark::stats
