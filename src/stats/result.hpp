/// What the functions of this room take and give. No function gives a NaN: where there is no number, it says why there is none.
/// All of it are plain values; every function of the room is pure and may be called from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/error.hpp"

namespace waymark::stats {

/// Why there is no number. That is an answer, not a failure: the data were read and understood.
struct NoAnswer {
  enum class Why {
    undefined,         ///< the formula has no value here (0/0, no variation, an empty group)
    not_identifiable,  ///< more than one value fits the data equally well (raters who share no ratee, monotone likelihood)
  };

  Why why = Why::undefined;
  std::string reason;  ///< one sentence for a reader

  friend bool operator==(const NoAnswer&, const NoAnswer&) = default;
};

/// A number, or why there is none. Data that make no sense (a negative count) are an Error instead, in a Result.
template <class T>
using Answer = tl::expected<T, NoAnswer>;
using Quantity = Answer<double>;

[[nodiscard]] inline tl::unexpected<NoAnswer> undefined(std::string reason) {
  return tl::unexpected<NoAnswer>(NoAnswer{NoAnswer::Why::undefined, std::move(reason)});
}
[[nodiscard]] inline tl::unexpected<NoAnswer> not_identifiable(std::string reason) {
  return tl::unexpected<NoAnswer>(NoAnswer{NoAnswer::Why::not_identifiable, std::move(reason)});
}

/// What was computed, and where its formula stands.
struct Method {
  std::string_view name;    ///< "Newcombe's hybrid score interval"
  std::string_view source;  ///< "Newcombe 1998, Statistics in Medicine 17:873–890, method 10"; literals, which live for ever
};

/// Closed. A bound is infinite only where the header of the function says so; lower ≤ upper.
struct Interval {
  double lower = 0;
  double upper = 0;

  [[nodiscard]] bool contains(double value) const { return lower <= value && value <= upper; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// How sure an interval is, 0 < value < 1; 0.95 unless said otherwise.
class Confidence {
 public:
  constexpr Confidence() = default;
  /// REQUIRES 0 < value < 1.
  constexpr explicit Confidence(double value) : m_value(value) {}

  [[nodiscard]] constexpr double value() const { return m_value; }
  /// What is left on each side: (1 − value)/2.
  [[nodiscard]] constexpr double tail() const { return (1 - m_value) / 2; }

 private:
  double m_value = 0.95;
};

enum class Alternative { two_sided, less, greater };

/// How many there are: a whole number from 0 to 10⁹, so that a product of two counts and 5 fits 64 bits.
class Count {
 public:
  static constexpr std::int64_t max = 1'000'000'000;

  constexpr Count() = default;
  /// REQUIRES 0 ≤ value ≤ max; of() where that is not certain.
  constexpr explicit Count(std::int64_t value) : m_value(value) {}
  /// Fails with bad_input, naming `what`, when `value` is negative, broken or too large.
  [[nodiscard]] static Result<Count> of(double value, std::string_view what);

  [[nodiscard]] constexpr std::int64_t value() const { return m_value; }
  [[nodiscard]] constexpr double real() const { return static_cast<double>(m_value); }
  friend constexpr auto operator<=>(Count, Count) = default;

 private:
  std::int64_t m_value = 0;
};

/// A group of `size`, to `events` of whom it happened. events ≤ size.
class Group {
 public:
  constexpr Group() = default;
  /// REQUIRES events ≤ size; of() where that is not certain.
  constexpr Group(Count events, Count size) : m_events(events), m_size(size) {}
  [[nodiscard]] static Result<Group> of(Count events, Count size, std::string_view what);

  [[nodiscard]] constexpr Count events() const { return m_events; }
  [[nodiscard]] constexpr Count size() const { return m_size; }
  [[nodiscard]] constexpr Count others() const { return Count(m_size.value() - m_events.value()); }
  [[nodiscard]] constexpr bool empty() const { return m_size.value() == 0; }
  /// REQUIRES !empty().
  [[nodiscard]] constexpr double rate() const { return m_events.real() / m_size.real(); }
  friend constexpr bool operator==(const Group&, const Group&) = default;

 private:
  Count m_events;
  Count m_size;
};

/// Two groups and one outcome. Odds ratios, rate ratios and differences are focal over (minus) reference; the tables of the literature
/// have the focal group in the first row and the events in the first column.
struct TwoGroups {
  Group focal;
  Group reference;

  friend constexpr bool operator==(const TwoGroups&, const TwoGroups&) = default;
};

}  // namespace waymark::stats
