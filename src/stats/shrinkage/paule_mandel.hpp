/// The rates of groups as a random-effects meta-analysis sees them: on the scale of log odds, with a variance between the groups.
#pragma once

#include <span>

#include "stats/result.hpp"

namespace waymark::stats {

/// y = log(x/(n − x)) with variance v = 1/x + 1/(n − x). The variance τ² between the groups is where Q(τ²) = Σ (y − µ)²/(v + τ²), with µ the mean
/// weighted by 1/(v + τ²), is what is to be expected, k − 1 (Paule & Mandel 1982, Journal of Research of the National Bureau of Standards
/// 87:377–385), and not below 0. Groups in which it happened to nobody or to everybody get ½ on either side, which draws small groups towards ½:
/// beta_binomial() needs no such correction.
struct PauleMandel {
  double mean = 0;              ///< µ, log odds
  double mean_error = 0;        ///< √(1/Σ 1/(v + τ²)); that τ² is estimated is left out
  double between_variance = 0;  ///< τ², of log odds
  double heterogeneity = 0;     ///< Q(0), Cochran's
  double inconsistency = 0;     ///< I² = τ²/(τ² + a typical v), from 0 to 1 (Higgins & Thompson 2002, Statistics in Medicine 21:1539–1558)
  std::size_t corrected = 0;    ///< groups that got the ½
};
/// Groups with nobody are left out. Undefined with fewer than two others. O(groups) a step, at most 200 steps.
[[nodiscard]] Answer<PauleMandel> paule_mandel(std::span<const Group> groups);
[[nodiscard]] Method paule_mandel_method();

}  // namespace waymark::stats
