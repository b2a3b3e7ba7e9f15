/// A small set of enumerators, usable at compile time. REQUIRES enumerators that count from 0 and stay below 64.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace waymark::access {

template <class Enum>
class Set {
 public:
  constexpr Set() = default;
  constexpr Set(std::initializer_list<Enum> members) {
    for (const Enum member : members) add(member);
  }

  constexpr void add(Enum member) { m_bits |= bit(member); }
  constexpr void remove(Enum member) { m_bits &= ~bit(member); }
  [[nodiscard]] constexpr bool has(Enum member) const { return (m_bits & bit(member)) != 0; }
  [[nodiscard]] constexpr bool has_all(Set others) const { return (m_bits & others.m_bits) == others.m_bits; }
  [[nodiscard]] constexpr bool empty() const { return m_bits == 0; }
  constexpr bool operator==(const Set&) const = default;

 private:
  static constexpr std::uint64_t bit(Enum member) { return std::uint64_t{1} << static_cast<unsigned>(member); }
  std::uint64_t m_bits = 0;
};

}  // namespace waymark::access
