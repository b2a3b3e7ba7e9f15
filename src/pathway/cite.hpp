/// Resolving citations: the words behind `SSE.drives-design`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pathway/pathway.hpp"

namespace waymark::pathway {

struct CitedWords {
  Citation citation;      ///< in the spelling of the pathway
  const Level* level = nullptr;
  const Criterion* criterion = nullptr;  ///< nullptr when it cites a level, a section or a paragraph
  const Section* section = nullptr;      ///< when it cites a section or a paragraph of one
  std::string title;      ///< "SSE: Drives the design of a system change"
  std::string words;      ///< plain text
  std::string html;       ///< safe, with `waymark:` links
  Target target;
};

/// Letter case is forgiven. Fails with not_found, naming the nearest id where one is near, or what became of a retired one; with wrong_usage when the text
/// is no citation.
[[nodiscard]] Result<CitedWords> cite(const Pathway& pathway, std::string_view text);

/// Where a criterion or level is used inside the pathway: capabilities, archetypes, other levels, the fork.
struct Backlink {
  Target target;
  std::string title;  ///< of the page
  std::string words;  ///< of the passage that links
};
[[nodiscard]] std::vector<Backlink> backlinks(const Pathway& pathway, const Citation& citation);

/// Every id that can be cited, for completion: levels, criteria, sections. Sorted.
[[nodiscard]] std::vector<std::string> citable_ids(const Pathway& pathway);

}  // namespace waymark::pathway
