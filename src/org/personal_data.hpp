/// What this room keeps about a person, given out to them and erased (access/personal_data.hpp).
#pragma once

#include <memory>

#include "access/current_keys.hpp"
#include "access/personal_data.hpp"

namespace waymark::org {

/// With what they declared of themselves, which leaves the store in no other export. Without `attribute_keys`, as for who exports somebody
/// else's data at the machine, the export says where the person finds it.
/// Erasing takes the name, the addresses and the declarations away; spells without a name stay, for the figures.
[[nodiscard]] access::DataHolder personal_data(std::shared_ptr<const access::CurrentKeys> attribute_keys);

}  // namespace waymark::org
