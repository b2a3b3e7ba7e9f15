/// Outline and levels → the files of a draft pathway. Every sentence ends in the ledger.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/folder.hpp"
#include "importer/draft_page.hpp"
#include "importer/framework.hpp"
#include "importer/ids.hpp"
#include "importer/ledger.hpp"
#include "importer/levels.hpp"
#include "importer/outline.hpp"
#include "importer/source_links.hpp"

namespace waymark::importer {

/// A grouping of criteria that the source makes, followed through its levels.
struct CapabilityDraft {
  struct AtLevel {
    std::size_t level = 0;
    std::vector<const Statement*> prose;                        ///< what the source says before or between the criteria
    std::vector<std::pair<std::string, std::string>> criteria;  ///< heading, id
  };

  std::string id;
  std::string title;
  std::vector<const Part*> headings;    ///< every heading that opens it
  std::vector<const Part*> part_of;     ///< the headings above it inside levels
  std::vector<const Statement*> intro;  ///< what other pages say about it
  std::vector<AtLevel> levels;          ///< in the order of the levels

  [[nodiscard]] AtLevel& at(std::size_t level);
};

/// What the writers share while the draft is made. Each adds its files; the order is levels, notes, capabilities, manifest.
struct Draft {
  Draft(const SourceOutline& the_outline, const FoundLevels& the_levels)
      : outline(the_outline), found(the_levels), source_links(the_outline), ledger(the_outline) {}

  const SourceOutline& outline;
  const FoundLevels& found;
  SourceLinks source_links;
  Ledger ledger;
  DraftPage::Links links;
  std::string name;
  std::optional<SourcePlace> name_from;
  std::map<std::string, CapabilityDraft> capabilities;  ///< by title_key
  TakenIds capability_ids;
  std::set<const Part*> capability_headings;
  std::vector<DraftPage> pages;  ///< not yet files
  std::vector<FolderFile> files;
  std::vector<std::string> questions;
  std::size_t criteria = 0;
  std::size_t most_criteria_at_a_level = 0;
  std::vector<std::string> pages_without_level;   ///< notes that were written
  std::set<std::string, std::less<>> note_paths;  ///< the same
  /// Criteria that repeat one of the level before, word for word: "senior-engineer.reviews-code".
  std::vector<std::string> repeated;

  /// The capability of that title, made when it is new.
  CapabilityDraft& capability(const std::string& title);
};

/// Where links between pages of the source lead in the draft.
[[nodiscard]] DraftPage::Links make_links(const Draft& draft);

/// From the index page nearest to the top unless it has a name; then from the folder.
void name_pathway(Draft& draft);
/// What name_pathway would call it.
[[nodiscard]] std::string name_in_source(const Draft& draft);
void write_levels(Draft& draft);
/// Documents, or what is left of them, that tell no level. What they say about a capability goes there.
void write_notes(Draft& draft);
void write_capabilities(Draft& draft);
void write_manifest(Draft& draft);
/// The pages become files, side by side.
void render_pages(Draft& draft);
/// The net under everything: what no writer took is kept in a file of its own, with a question.
void write_unplaced(Draft& draft);

/// The three best, as Markdown, best first.
[[nodiscard]] std::vector<std::string> first_steps(const Draft& draft, const std::vector<std::string>& questions, const DraftJudgement& judgement);
/// REQUIRES everything else written, and all of `imported` but its draft filled.
[[nodiscard]] FolderFile write_report(const Draft& draft, const ImportedFramework& imported);

}  // namespace waymark::importer
