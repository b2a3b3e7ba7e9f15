/// Inside the room only: reading the change points of one record.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "org/organisation.hpp"

namespace waymark::org {

[[nodiscard]] std::span<const Point> points_of(const Record& record, Kind kind);
[[nodiscard]] std::vector<Spell> history_of(const Record& record, Kind kind);
/// Of kinds that hold one value. The spell begins where the value began to hold without a break.
[[nodiscard]] std::optional<Spell> spell_at(const Record& record, Kind kind, Date day);
[[nodiscard]] std::string reference_key(const Reference& reference);

}  // namespace waymark::org
