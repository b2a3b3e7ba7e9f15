/// What a table of people may say of each of them, under which names the columns of common exports go, and which columns are left at the door.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::org {

enum class Field {
  reference,        ///< the HR system's own key of the person
  employee_number,
  name,             ///< whole
  first_name,
  last_name,
  email,
  manager,          ///< by the HR system's key, the employee number, the e-mail address, or a name that one person has
  manager_email,
  dotted_line,      ///< as manager; several with ; or | between them
  title,
  level,            ///< said in so many words
  level_since,
  archetype,
  pathway,
  team,
  groups,           ///< several, or a path with >
  department,       ///< what the team is a part of
  start_date,
  end_date,
  status,           ///< works here, is away, has left, will come
  working_time,
  country,
};
inline constexpr int field_count = 22;

struct FieldRow {
  Field field;
  std::string_view name;       ///< as mappings call it
  std::string_view label;      ///< as people do
  std::string_view what;       ///< a sentence
  std::span<const std::string_view> spellings;
};

/// In the order of Field.
[[nodiscard]] std::span<const FieldRow> fields();
[[nodiscard]] inline const FieldRow& row_of(Field field) { return fields()[static_cast<std::size_t>(field)]; }
[[nodiscard]] std::optional<Field> field_of(std::string_view name);

/// Small letters and digits of a header without anything between them; umlauts and accents as plain letters.
[[nodiscard]] std::string header_key(std::string_view header);

/// The field whose spellings have the header.
[[nodiscard]] std::optional<Field> guess_field(std::string_view header);

/// What a header says is nobody's business here: "national ids", "bank accounts", "birth dates", "pay", "home addresses", "gender", …. None for all others.
[[nodiscard]] std::optional<std::string_view> left_at_the_door(std::string_view header);

}  // namespace waymark::org
