/// Finding people as one types a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "org/on.hpp"

namespace waymark::org {

/// A name as it is compared: without case, accents and other marks.
[[nodiscard]] std::string name_key(std::string_view name);

/// The names of everybody who works here on a day, in one run of text: a hundred thousand are looked through in a few milliseconds at most. Immutable.
class NameSearch {
 public:
  explicit NameSearch(const OrganisationOn& on);

  /// Made for `before`, it finds the same people by the same names on `after`.
  [[nodiscard]] static bool fits(const OrganisationOn& before, const OrganisationOn& after);

  /// Everybody each of the words begins a part of whose name; those whose name begins with the first word come first, then by name. At most `limit`.
  /// Without a word, nobody.
  [[nodiscard]] std::vector<PersonIndex> find(std::string_view typed, std::size_t limit) const;

 private:
  struct Entry {
    std::uint32_t begin;
    PersonIndex person;
  };
  std::string m_text;  ///< keys, each behind a line end
  std::vector<Entry> m_entries;
};

}  // namespace waymark::org
