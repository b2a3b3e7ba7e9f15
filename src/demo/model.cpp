#include "demo/model.hpp"

#include <cmath>

namespace waymark::demo {

Chance slower(Chance chance, double ratio) {
  if (chance.parts == Chance::certain().parts) return chance;
  return Chance::of(-std::expm1(ratio * std::log1p(-chance.probability())));
}

}  // namespace waymark::demo
