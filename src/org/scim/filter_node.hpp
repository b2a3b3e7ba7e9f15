/// Inside the folder only: a filter as a tree.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "org/scim/path.hpp"

namespace waymark::org::scim {

enum class Operator { eq, ne, co, sw, ew, gt, ge, lt, le, pr };

struct FilterNode {
  enum class Kind {
    all,      ///< every part
    any,      ///< one part
    negated,  ///< not the part
    compare,  ///< place, comparison, literal
    within,   ///< a value of `place` for which every part holds
  };
  using Literal = std::variant<std::monostate, bool, double, std::string>;

  Kind kind = Kind::compare;
  std::vector<FilterNode> parts = {};
  Place place = {};
  Operator comparison = Operator::pr;
  Literal literal = {};
  std::string folded = {};  ///< of a text that is compared without regard to case
};

}  // namespace waymark::org::scim
