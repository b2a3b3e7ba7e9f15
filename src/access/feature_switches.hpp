/// Which features are switched off where. Kept in the store; few, so that they are read whole.
#pragma once

#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "access/policy.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"

namespace waymark::access {

[[nodiscard]] std::vector<FeatureSwitch> feature_switches(db::Reader& reader);

/// bad_input for `always_on`. What is so already stays as it is and is not an error.
[[nodiscard]] Result<void> switch_off(db::Database& database, const FeatureSwitch& what, std::string_view why, const Doing& by, const Clock& clock);
[[nodiscard]] Result<void> switch_on(db::Database& database, const FeatureSwitch& what, std::string_view why, const Doing& by, const Clock& clock);

}  // namespace waymark::access
