/// Which parts of an outline are places, on which track, in which order, and how wide. Every guess has its reason, and a question where it may be wrong.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "importer/mapping.hpp"
#include "importer/outline.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {

/// Where a place is told. A place may be told in several parts, when the source is ordered by subject first.
struct LevelPart {
  const Part* part = nullptr;
  const Document* document = nullptr;
  std::vector<const Part*> above;  ///< the headings it stands under, outermost first, the document's title included
};

struct FoundLevel {
  std::string id;
  std::string title;
  TitleMeaning meaning;
  bool leads_people = false;
  std::string family;                ///< the profession it is a rank of, where the source has a title for that; may be empty
  std::vector<LevelPart> parts;      ///< never empty
  std::vector<std::size_t> follows;  ///< levels whose criteria count here too, as the source says; indices into FoundLevels::levels
  double scope_position = 1;         ///< on scope_axis(), 1 is its first word
  std::string scope_reason;

  [[nodiscard]] const SourcePlace& place() const { return parts.front().part->place; }
};

struct FoundTrack {
  std::string id;
  std::string title;
  std::vector<std::size_t> levels;        ///< indices into FoundLevels::levels, in order
  std::string order_reason;               ///< "by the order in the front matter"; empty when there is but one
  std::optional<std::size_t> comes_from;  ///< the level of another track from which one comes to the first of this one
  std::string fork_reason;
};

struct FoundLevels {
  std::vector<FoundLevel> levels;      ///< by track, in order; empty when there are none
  std::vector<FoundTrack> tracks;      ///< with at least one level each
  std::vector<std::string> questions;  ///< each with a place of the source
  /// "Everything in Senior Engineer, plus": what only says that another level counts here too.
  std::map<const Statement*, std::size_t> inheriting;

  [[nodiscard]] const FoundLevel* told_in(const Part& part) const;  ///< the level this part itself tells; not parts below it
  [[nodiscard]] const FoundTrack& track_of(std::size_t level) const;
  /// After levels or their parts changed places: what told_in answers from.
  void index();

 private:
  std::unordered_map<const Part*, std::size_t> m_by_part;
};

/// `outline` must outlive the result. The mapping decides where it speaks; it fails with its line where the source does not have what it names.
[[nodiscard]] Result<FoundLevels> find_levels(const SourceOutline& outline, const Mapping& mapping);

/// The mapping that would give these levels.
[[nodiscard]] Mapping mapping_of(const FoundLevels& found, const std::string& name, const std::vector<std::string>& not_levels);

[[nodiscard]] const std::vector<std::string>& scope_axis();

/// What find_levels is made of.
void find_inheritance(FoundLevels& found);
void find_nameless_inheritance(FoundLevels& found);
void put_in_order(FoundLevels& found, const SourceOutline& outline);
void find_forks(FoundLevels& found);
[[nodiscard]] Result<void> apply_mapping(FoundLevels& found, const Mapping& mapping);
[[nodiscard]] Result<void> apply_fork(FoundLevels& found, const Mapping& mapping);
/// Puts the levels in the order of `tracks`, which name every one of them once by its index before.
void arrange(FoundLevels& found, std::vector<FoundTrack> tracks);
void guess_scopes(FoundLevels& found);
void give_ids(FoundLevels& found);

}  // namespace waymark::importer
