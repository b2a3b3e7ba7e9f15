/// Changing an organisation: what a form, an import, a directory or the demo asks for, and whether it may be.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "org/organisation.hpp"

namespace waymark::org {

/// From `from` on `value` holds, until the next change point that is known. Without a value the series ends there. With `is_withdrawn` there was
/// no such change: the point is taken out, and what held before goes on.
struct FactChange {
  std::string subject;  ///< the text of a PersonId or TeamId, as the kind says; may be one of this change
  Kind kind;
  Date from;
  std::optional<std::string> value = {};  ///< a word, the text of an id, `yes`; of a kind that may hold several always set
  bool ends = false;                      ///< of a kind that may hold several: this value ends there
  bool is_withdrawn = false;
};

struct PersonChange {
  PersonId id;
  PersonDetails details;
};

struct TeamChange {
  TeamId id;
  std::vector<Reference> references = {};
};

/// Applied whole or not at all. Order means nothing but among facts of the same series and day: the last one counts.
struct Changes {
  std::vector<PersonChange> people = {};  ///< unknown ids are new people, known ones get these details
  std::vector<TeamChange> teams = {};     ///< the same
  std::vector<FactChange> facts = {};

  [[nodiscard]] bool empty() const { return people.empty() && teams.empty() && facts.empty(); }
};

/// Why a change cannot be.
struct Problem {
  enum class What {
    nobody,             ///< a person or team that is not known
    bad_value,          ///< no percentage, no country, an empty name, a text that is no text
    email_taken,        ///< another person's
    number_taken,
    reference_taken,
    circle,             ///< of reporting lines or of parts, on some day
    reports_to_self,
    not_employed,       ///< has facts on days on which they do not work here
    unlikely_date,      ///< before 1900 or more than ten years ahead of `today`
  };
  What what;
  std::string subject;   ///< the text of the id it is about
  std::optional<Date> day = {};
  std::string message;   ///< one sentence with names, for a person
  std::string way_out;   ///< one sentence
  enum class Of { person, team, fact } of = Of::fact;
  std::size_t at = 0;    ///< which of the change's people, teams or facts
};

struct Revised {
  std::shared_ptr<const Organisation> organisation;  ///< the same as before where nothing changes
  /// What changes in the store, and in what it was made from.
  struct PointChange {
    std::uint32_t subject;  ///< index of the person or team
    Point point;
    bool is_removed = false;  ///< the point of this series and day that was there is not believed any more
    bool is_added = true;
  };
  std::vector<PersonIndex> people = {};  ///< with new details
  std::vector<TeamIndex> teams = {};     ///< new, or with new references
  std::vector<PointChange> points = {};
  std::vector<Problem> problems = {};    ///< when there are any, nothing is to be kept; the organisation is as before

  [[nodiscard]] bool changes_nothing() const { return people.empty() && teams.empty() && points.empty(); }
};

/// Looks at everything the change touches, on every day, and reports all that is wrong. A change point that is there already, on the same day with
/// the same value, is no change. One that says what holds anyway is kept: without it an earlier change that is heard of later would go on too
/// long. Who brings a whole picture of one day, as an import does, leaves out what holds.
/// Takes time in proportion to the change, plus to the number of people where somebody new comes.
[[nodiscard]] Revised revise(const std::shared_ptr<const Organisation>& before, const Changes& changes, Date today);
/// The same, taking the changes apart on the way: a hundred thousand people need not be held twice.
[[nodiscard]] Revised revise(const std::shared_ptr<const Organisation>& before, Changes&& changes, Date today);

}  // namespace waymark::org
