/// p values of many tests, adjusted so that they can be read as one family.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "stats/result.hpp"

namespace waymark::stats {

enum class Adjustment {
  bonferroni,           ///< family-wise error, any dependence; Bonferroni 1936
  holm,                 ///< family-wise error, any dependence, never weaker than Bonferroni; Holm 1979, Scand. J. Statist. 6:65–70
  hochberg,             ///< family-wise error, independent or positively dependent tests; Hochberg 1988, Biometrika 75:800–802
  hommel,               ///< as hochberg, never weaker; Hommel 1988, Biometrika 75:383–386, by Wright 1992, Biometrics 48:1005–1013
  benjamini_hochberg,   ///< false discovery rate, independent or positively dependent tests; Benjamini & Hochberg 1995, JRSS B 57:289–300
  benjamini_yekutieli,  ///< false discovery rate, any dependence; Benjamini & Yekutieli 2001, Ann. Statist. 29:1165–1188
  none,
};

/// R's p.adjust has an eighth name, "fdr", for Benjamini–Hochberg; adjustment_named() knows it.
[[nodiscard]] std::string_view name_of(Adjustment adjustment);
[[nodiscard]] std::optional<Adjustment> adjustment_named(std::string_view name);
[[nodiscard]] Method method_of(Adjustment adjustment);

/// A p value, or nothing where a test gave none; such tests are not part of the family.
using PValue = std::optional<double>;

/// The adjusted p values, in the order given, each ≥ its own and at most 1. Fails with bad_input on one outside [0, 1].
/// O(n log n); Hommel O(n²).
[[nodiscard]] Result<std::vector<PValue>> adjust(std::span<const PValue> p_values, Adjustment adjustment);

}  // namespace waymark::stats
