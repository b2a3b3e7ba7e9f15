/// Names from many cultures, from the fixed list in names.txt, and addresses made from them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo/draws.hpp"

namespace waymark::demo {

/// A name to be put together: which block, and which of its names.
struct NameDrawn {
  std::uint16_t block = 0, given = 0, family = 0;
};

class Names {
 public:
  /// Read once. Safe from any thread.
  [[nodiscard]] static const Names& all();

  /// Of two people in three it is one that is common in `country`, where there are some.
  [[nodiscard]] NameDrawn draw(Draws& draws, std::string_view country) const;
  [[nodiscard]] std::string full(const NameDrawn& name) const;
  /// The part of an address before the @: a to z, digits and a point.
  [[nodiscard]] std::string mailbox(const NameDrawn& name) const;

 private:
  Names();
  struct Name {
    std::string text, ascii;
  };
  struct Block {
    bool family_first = false;
    std::vector<std::string> countries;
    std::vector<Name> given, family;
  };
  std::vector<Block> m_blocks;
};

}  // namespace waymark::demo
