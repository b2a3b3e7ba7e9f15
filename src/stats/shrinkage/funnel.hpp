/// Which groups lie outside what chance, and what all groups share, would give: without a ranking.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

/// Control limits around the overall rate (Spiegelhalter 2005, Statistics in Medicine 24:1185–1202): exact binomial ones, interpolated between counts
/// (appendix A.1.1), and z scores, as they are and with the variance τ² that groups have beyond chance (section 4.4: multiplicative φ from z scores
/// of which the outer `winsor` shares are pulled in, then the additive τ² after DerSimonian & Laird).
struct Funnel {
  struct Member {
    double z = 0;
    double adjusted_z = 0;
    Interval warning;  ///< 95 %; a limit is below 0 or above 1 where even the last count is inside
    Interval alarm;    ///< 99.8 %
  };
  double target = 0;
  double dispersion = 1;      ///< φ
  double extra_variance = 0;  ///< τ²
  std::vector<Member> members;
};
/// Undefined with fewer than two groups, an empty group, or when it happened to nobody or everybody. REQUIRES 0 ≤ winsor < 0.5. O(groups·log groups).
[[nodiscard]] Answer<Funnel> funnel(std::span<const Group> groups, double winsor = 0.1);
[[nodiscard]] Method funnel_method();

}  // namespace waymark::stats
