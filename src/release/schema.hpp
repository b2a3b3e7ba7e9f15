/// The tables of this room.
#pragma once

#include <vector>

#include "db/schema.hpp"

namespace waymark::release {

[[nodiscard]] std::vector<db::Migration> migrations();

}  // namespace waymark::release
