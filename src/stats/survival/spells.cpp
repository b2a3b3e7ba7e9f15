#include "stats/survival/spells.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include <fmt/core.h>

namespace waymark::stats {
namespace {

constexpr Day latest = Day{1} << 62;

/// Sorts by the upper 32 bits, of which only the lowest `bits` are used; stable.
void counting_sort(std::vector<std::uint64_t>& packed, int bits) {
  constexpr int digit = 11;
  constexpr std::uint64_t mask = (1U << digit) - 1;
  std::vector<std::uint64_t> other(packed.size());
  for (int shift = 32; shift < 32 + bits; shift += digit) {
    std::array<std::size_t, mask + 1> place{};
    for (const std::uint64_t key : packed) ++place[(key >> shift) & mask];
    std::size_t before = 0;
    for (std::size_t& count : place) before += std::exchange(count, before);
    for (const std::uint64_t key : packed) other[place[(key >> shift) & mask]++] = key;
    packed.swap(other);
  }
}

}  // namespace

Result<void> check(const Spells& spells) {
  const std::size_t rows = spells.size();
  if (rows == 0) return fail(Error::Kind::bad_input, "There are no rows.", "Give at least one row with a time and how it ended.");
  if (rows > Spells::most_rows) return fail(Error::Kind::bad_input, fmt::format("There are {} rows, more than can be numbered.", rows));
  if (spells.cause.size() != rows || (spells.delayed_entry() && spells.start.size() != rows)) {
    return fail(Error::Kind::bad_input,
                fmt::format("The columns have different lengths: {} times, {} events, {} starts.", rows, spells.cause.size(), spells.start.size()));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const Day stop = spells.stop[row];
    const Day start = spells.delayed_entry() ? spells.start[row] : 0;
    if (stop < 0 || start < 0) {
      return fail(Error::Kind::bad_input, fmt::format("Row {} has a negative time, {}.", row + 1, std::min(stop, start)),
                  "Count times from the moment a person came under observation.");
    }
    if (stop > latest) return fail(Error::Kind::bad_input, fmt::format("Row {} has a time that is too large, {}.", row + 1, stop));
    if (spells.delayed_entry() && stop <= start) {
      return fail(Error::Kind::bad_input, fmt::format("Row {} ends at {}, which is not after its start at {}.", row + 1, stop, start),
                  "A row covers the time after its start up to and including its end.");
    }
    if (spells.cause[row] > Spells::most_causes) {
      return fail(Error::Kind::bad_input, fmt::format("Row {} has the event code {}.", row + 1, spells.cause[row]),
                  fmt::format("Codes go from 0 (censored) to {}.", Spells::most_causes));
    }
  }
  return {};
}

Result<void> check_codes(std::span<const Code> codes, std::size_t rows, const char* what) {
  if (!codes.empty() && codes.size() != rows) {
    return fail(Error::Kind::bad_input, fmt::format("There are {} rows, but {} codes of the {}.", rows, codes.size(), what));
  }
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] >= Spells::most_rows) return fail(Error::Kind::bad_input, fmt::format("Row {} has a {} code that is too large.", row + 1, what));
  }
  return {};
}

std::size_t count_codes(std::span<const Code> codes) { return codes.empty() ? 1 : std::size_t{*std::max_element(codes.begin(), codes.end())} + 1; }

std::vector<Row> order_by(std::span<const Code> major, std::span<const Day> day) {
  std::vector<Row> order(day.size());
  if (day.empty()) return order;
  const auto [low, high] = std::minmax_element(day.begin(), day.end());
  const Day first = *low;
  const int day_bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(first)));
  const int major_bits = static_cast<int>(std::bit_width(count_codes(major) - 1));
  if (day_bits + major_bits <= 32) {
    std::vector<std::uint64_t> packed(day.size());
    for (std::size_t row = 0; row < day.size(); ++row) {
      const std::uint64_t key = static_cast<std::uint64_t>(day[row] - first) | (major.empty() ? 0 : std::uint64_t{major[row]} << day_bits);
      packed[row] = key << 32 | row;
    }
    counting_sort(packed, day_bits + major_bits);
    for (std::size_t row = 0; row < day.size(); ++row) order[row] = static_cast<Row>(packed[row]);
    return order;
  }
  std::iota(order.begin(), order.end(), Row{0});
  std::stable_sort(order.begin(), order.end(), [&](Row a, Row b) {
    if (!major.empty() && major[a] != major[b]) return major[a] < major[b];
    return day[a] < day[b];
  });
  return order;
}

}  // namespace waymark::stats
