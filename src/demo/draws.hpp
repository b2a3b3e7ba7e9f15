/// Random draws that are the same on every machine. The bits are std::mt19937_64's, whose sequence the standard fixes (rand.predef); what is made of
/// them is written out here, because the standard leaves its distributions to the library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace waymark::demo {

/// A probability in parts of 2^32, so that whether something happens is decided between whole numbers and no rounding of a machine matters.
struct Chance {
  std::uint64_t parts = 0;  ///< 2^32 is certain

  /// The nearest there is. REQUIRES 0 to 1.
  [[nodiscard]] static constexpr Chance of(double probability) { return {static_cast<std::uint64_t>(probability * 4294967296.0 + 0.5)}; }
  [[nodiscard]] static constexpr Chance certain() { return {std::uint64_t{1} << 32}; }
  [[nodiscard]] double probability() const { return static_cast<double>(parts) / 4294967296.0; }
};

/// For one thread at a time.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : m_bits(seed) {}

  [[nodiscard]] std::uint64_t bits() { return m_bits(); }
  /// From 0 to count - 1, each alike: the high half of a product, drawn anew where it would favour some (D. Lemire, Fast Random Integer Generation in an
  /// Interval, ACM TOMACS 29:1, 2019, algorithm 5, here with 32 bits). REQUIRES 0 < count < 2^32.
  [[nodiscard]] std::uint32_t below(std::size_t count) {
    const std::uint64_t range = count;
    std::uint64_t product = (bits() >> 32) * range;
    if (const std::uint64_t low = product & 0xFFFF'FFFFu; low < range) {
      const std::uint64_t threshold = ((std::uint64_t{1} << 32) - range) % range;
      while ((product & 0xFFFF'FFFFu) < threshold) product = (bits() >> 32) * range;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }
  /// From `least` to `most`, both included. REQUIRES least <= most.
  [[nodiscard]] int between(int least, int most) { return least + static_cast<int>(below(static_cast<std::size_t>(most - least) + 1)); }
  [[nodiscard]] bool happens(Chance chance) { return (bits() >> 32) < chance.parts; }
  template <class T>
  [[nodiscard]] const T& one_of(const std::vector<T>& things) {
    return things[below(things.size())];
  }
  /// Fisher and Yates, from the end.
  template <class T>
  void shuffle(std::vector<T>& things) {
    for (std::size_t i = things.size(); i > 1; --i) std::swap(things[i - 1], things[below(i)]);
  }

 private:
  std::mt19937_64 m_bits;
};

}  // namespace waymark::demo
