/// Ratings of ratees by judges, and whether they can be compared at all.
#pragma once

#include <span>
#include <vector>

#include "stats/result.hpp"
#include "stats/survival/spells.hpp"

namespace waymark::stats {

/// One line a rating. Borrowed; all equally long, except that `criterion` may be empty: one criterion. The same judge may rate the same ratee more
/// than once.
struct Ratings {
  std::span<const Code> ratee;
  std::span<const Code> judge;
  std::span<const Code> criterion;
  std::span<const int> rating;  ///< categories in order, any whole numbers

  [[nodiscard]] std::size_t size() const { return rating.size(); }
};

/// Fails with bad_input on no rows and on lengths that do not fit.
[[nodiscard]] Result<void> check(const Ratings& ratings);

/// Judges are linked when somebody was rated by both, and so on through others. Severity can only be compared within a set of linked judges: if
/// each judge rates only their own ratees, a low rating may be a severe judge or a weak ratee, and nothing in the data tells which.
struct LinkedSets {
  static constexpr Code absent = 0xFFFF'FFFF;  ///< of a code that no rating has

  std::size_t sets = 0;
  std::vector<Code> of_judge;  ///< the number of the set, from 0 in the order of the judges' codes
  std::vector<Code> of_ratee;
};
/// REQUIRES checked ratings. O(n·α(n)).
[[nodiscard]] LinkedSets linked_sets(const Ratings& ratings);

}  // namespace waymark::stats
