/// Inside the folder only.
#pragma once

#include "org/change.hpp"
#include "org/scim/view.hpp"

namespace waymark::org::scim {

/// The person does not work here from today on: what was to begin today or later is as if it had never been recorded.
void end_employment(const View& view, PersonIndex person, Changes& changes);

}  // namespace waymark::org::scim
