/// What this room keeps about a person, given out to them and erased (access/personal_data.hpp).
#pragma once

#include "access/key_ring.hpp"
#include "access/personal_data.hpp"

namespace waymark::org {

/// With what they declared of themselves, which leaves the store in no other export. Without `attribute_keys` the export says that it could not be opened.
/// Erasing takes the name, the addresses and the declarations away; spells without a name stay, for the figures.
[[nodiscard]] access::DataHolder personal_data(std::optional<access::KeyRing> attribute_keys);

}  // namespace waymark::org
