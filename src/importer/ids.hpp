/// Names for what has none in the source: ids of levels, short headings and ids of criteria. The same words give the same names.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "importer/outline.hpp"

namespace waymark::importer {

/// A slug that is a valid id: ASCII letters, digits and hyphens, a letter first, no number at the end (passages are numbered that way). `fallback` when nothing is
/// left.
[[nodiscard]] std::string id_from(std::string_view words, std::string_view fallback);

/// Ids of one page or folder, kept apart.
class TakenIds {
 public:
  void reserve(std::set<std::string> ids) { m_taken.merge(ids); }
  /// False when it is taken already.
  [[nodiscard]] bool take(const std::string& id) { return m_taken.insert(id).second; }
  /// `id`, or with letters behind it: numbers are how passages are told apart.
  [[nodiscard]] std::string take_with_letters(const std::string& id);

 private:
  std::set<std::string> m_taken;
  std::map<std::string, std::size_t> m_rounds;
};

struct CriterionName {
  std::string heading;  ///< plain text of at most about nine words; "…" at its end where it was cut
  std::string id;       ///< was free in `taken`, and is taken now
};

/// From the bold or colon lead-in of a statement, else from the first words of its first sentence without "You are able to" and the like. An id that is taken
/// takes in more of the words.
[[nodiscard]] CriterionName name_criterion(const Statement& statement, TakenIds& taken);
/// The same for a criterion that has its heading in the source.
[[nodiscard]] std::string criterion_id(std::string_view heading, TakenIds& taken);

/// The bold words or the few words before a colon that a statement opens with; empty when it has none.
[[nodiscard]] std::string lead_in(const Statement& statement);

}  // namespace waymark::importer
