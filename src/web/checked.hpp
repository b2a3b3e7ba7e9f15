/// What the linter found in the documents that are shown, with the lines concerned.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "base/folder.hpp"
#include "pathway/pathway.hpp"

namespace waymark::web {

struct Checked {
  struct Row {
    Finding finding;
    std::string before, marked, after;  ///< the line it begins on; a long one is cut around the place
  };
  std::vector<Row> rows;  ///< by file and place, `most_rows` at most
  std::size_t findings = 0;
  std::size_t allowed = 0;  ///< taken out by a comment in place
  std::size_t criteria = 0;
  std::size_t criteria_in_doubt = 0;  ///< with a warning or more

  static constexpr std::size_t most_rows = 500;
};

/// `loaded` is what pathway::load made of `folder`. As of today, by the system's clock.
[[nodiscard]] Checked check(const Folder& folder, const pathway::Loaded& loaded);

}  // namespace waymark::web
