/// Checks a pathway: everything its documents say that cannot be judged, is not fair, or leads nowhere. Rules are rule.hpp, their pages explanation.hpp.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/finding.hpp"
#include "base/folder.hpp"
#include "pathway/pathway.hpp"

namespace waymark::lint {

struct Linted {
  Findings findings;                  ///< sorted; the loader's are among them, what was allowed in place is not
  Findings allowed;                   ///< what a `waymark: allow` comment took out, sorted
  std::size_t criteria = 0;           ///< of the pathway, retired ones not counted
  std::size_t criteria_in_doubt = 0;  ///< those with a finding of at least a warning in the heading or the narrative
  /// Of those, the ones that rest on a feeling or that two managers would judge differently. Counted before a widespread rule becomes notes.
  std::size_t criteria_vague = 0;
  std::size_t criteria_perhaps_vague = 0;  ///< further ones, where the judge is not sure enough to warn
};

/// How much of a pathway is to be mended and how much of it cannot be judged: a sentence or two, empty when it is nothing.
[[nodiscard]] std::string told_share(const Linted& linted);

/// `loaded` is what pathway::load made of `folder`. Depends on nothing else; the order of the folder's files does not matter. Also for drafts and for folders with errors, where
/// only rules about words speak. About linear in the size of the documents. From any thread; throws nothing.
[[nodiscard]] Linted lint(const Folder& folder, const pathway::Loaded& loaded, Date today);

/// Reads the word lists, which the first check would do otherwise: worth a thread while files are being read. From any thread, as often as one likes.
void prepare();

/// What is wrong with a free statement, in a case or a decision.
struct StatementFinding {
  std::string rule;       ///< argues-from-tenure, argues-from-potential, argues-from-impression, argues-from-personality, gendered-praise
  std::size_t begin = 0;  ///< bytes [begin, end) of the text
  std::size_t end = 0;
  std::string message;
  std::string way_out;
};

/// What in a statement argues from years served, gut feeling, personality or promise in place of work that was done, and wording that is used of one gender.
/// English; valid or broken UTF-8. In the order of the text. Linear; from any thread.
[[nodiscard]] std::vector<StatementFinding> lint_statement(std::string_view text);

}  // namespace waymark::lint
