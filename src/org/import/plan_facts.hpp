/// What becomes of one person: from a row and what is known to change points and words.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "org/import/plan.hpp"

namespace waymark::org {

/// The days that matter for a person.
struct Employment {
  enum class Course { stays, joins, returns, leaves, was_here, passed_over };
  Course course = Course::stays;
  Date since;                   ///< from when on what the row says is believed
  bool is_fresh = false;        ///< what was planned before is taken back, so all that the row says is written
  bool is_cancelled = false;    ///< a leaving that was planned is off
  std::optional<Date> day = {}; ///< of joining, returning or leaving
  std::optional<Date> corrected_start = {};
  std::vector<FactChange> facts = {};
};

/// `doubt` is told what was decided in doubt.
[[nodiscard]] Employment employment_of(const Organisation& organisation, const ImportedPerson& person, const ImportGround& ground,
                                       const std::function<void(Field, std::string)>& doubt);

/// All that begins on or after the day is taken back: it was planned for somebody who has left by then.
void take_back_from(const Organisation& organisation, PersonIndex person, Date day, std::vector<FactChange>& facts);

/// The value on a day in words as FactChange has them; nothing where none holds.
[[nodiscard]] std::optional<std::string> value_on(const Organisation& organisation, PersonIndex person, Kind kind, Date day);

}  // namespace waymark::org
