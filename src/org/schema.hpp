/// The tables of this room (db/schema.hpp).
#pragma once

#include <vector>

#include "db/schema.hpp"

namespace waymark::org {

[[nodiscard]] std::vector<db::Migration> migrations();

}  // namespace waymark::org
