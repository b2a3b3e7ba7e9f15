/// The tables of this room: what people have uploaded to be looked at.
#pragma once

#include <vector>

#include "db/schema.hpp"

namespace waymark::web {

/// Never changed once released.
[[nodiscard]] std::vector<db::Migration> migrations();

}  // namespace waymark::web
