#include "stats/result.hpp"

#include <cmath>

#include <fmt/core.h>

namespace waymark::stats {

Result<Count> Count::of(double value, std::string_view what) {
  if (!(value >= 0) || value != std::floor(value)) {
    return fail(Error::Kind::bad_input, fmt::format("{} is {}, which is no count.", what, value), "Give a whole number from 0.");
  }
  if (value > static_cast<double>(max)) {
    return fail(Error::Kind::bad_input, fmt::format("{} is {:.0f}, which is more than can be counted here.", what, value),
                fmt::format("Counts go up to {}.", max));
  }
  return Count(static_cast<std::int64_t>(value));
}

Result<Group> Group::of(Count events, Count size, std::string_view what) {
  if (events > size) {
    return fail(Error::Kind::bad_input, fmt::format("{} has {} events in a group of {}.", what, events.value(), size.value()),
                "Events are part of the group, so there cannot be more of them.");
  }
  return Group(events, size);
}

}  // namespace waymark::stats
