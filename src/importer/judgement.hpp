/// What somebody who can judge a pathway says of a draft. This room cannot; whoever imports brings it along.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/folder.hpp"

namespace waymark::importer {

struct DraftJudgement {
  struct Family {
    std::string name;          ///< "vagueness"
    std::size_t warnings = 0;  ///< errors among them
    std::size_t notes = 0;
  };
  std::vector<Family> families;          ///< those with findings, most warnings first
  std::size_t criteria = 0;              ///< in the draft
  std::string share;                     ///< how many of them are to be mended or cannot be judged, a sentence or two; empty without criteria
  std::vector<std::string> first_steps;  ///< what to mend first, as Markdown, best first

  [[nodiscard]] bool is_empty() const { return families.empty() && criteria == 0; }
};

/// Of the files of a draft, before its report is written. From the thread that imports.
using JudgeDraft = std::function<DraftJudgement(const Folder& draft)>;

}  // namespace waymark::importer
