/// Time at risk as the survival functions take it: one row a person, or a piece of a person's time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/error.hpp"

namespace waymark::stats {

/// A moment in whole units, days in Waymark. Whole numbers make ties exact: two rows are tied when their days are equal, never nearly.
using Day = std::int64_t;
/// The place of a row in its input, from 0.
using Row = std::uint32_t;
/// A group, a stratum or a cluster, numbered from 0. Gaps are allowed and change nothing.
using Code = std::uint32_t;

/// Rows of (start, stop]: a row is at risk on a day d when start < d ≤ stop, and `cause` says how it ended on its last day: 0 censored, 1 the
/// event, 2 and more competing events. On a day with both, events come before censoring. All spans are borrowed and equally long, except that
/// `start` may be empty: then every row is at risk from the beginning, and stop must be ≥ 0.
struct Spells {
  std::span<const Day> start = {};
  std::span<const Day> stop;
  std::span<const std::uint8_t> cause;

  static constexpr std::size_t most_rows = 0xFFFF'FFFE;
  static constexpr std::uint8_t most_causes = 250;

  [[nodiscard]] std::size_t size() const { return stop.size(); }
  [[nodiscard]] bool delayed_entry() const { return !start.empty(); }
};

/// Fails with bad_input, naming the first row (counted from 1), on unequal lengths, no rows, a day below 0, or an end that is not after its
/// start. Days may be anything from 0 to 2^62. O(n).
[[nodiscard]] Result<void> check(const Spells& spells);
/// The same for a column of codes that belongs to `rows` rows; an empty column is fine.
[[nodiscard]] Result<void> check_codes(std::span<const Code> codes, std::size_t rows, const char* what);

/// One more than the largest code; 1 for an empty column.
[[nodiscard]] std::size_t count_codes(std::span<const Code> codes);

/// The rows by (major, day), both ascending; equal ones in the order of the input. `major` may be empty. O(n) by counting while codes and the
/// range of days fit 32 bits together, O(n log n) else; 16 bytes a row while it runs.
[[nodiscard]] std::vector<Row> order_by(std::span<const Code> major, std::span<const Day> day);

}  // namespace waymark::stats
