/// The pathway as it was read: places, routes, criteria and the prose around them. Plain immutable values; everything is owned by Pathway, and pointers
/// into one are good as long as it lives. Safe to read from any thread. The format of the documents is doc/pathway-format.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/finding.hpp"
#include "base/folder.hpp"
#include "markup/markdown.hpp"
#include "markup/yaml.hpp"
#include "pathway/citation.hpp"

namespace waymark::pathway {

/// One block that can be pointed at.
struct Passage {
  std::string anchor;  ///< unique on its page: "autonomy-2", "drives-design", "drives-design-2"
  markup::Block block;
};

struct Place {
  std::string file;  ///< relative to the folder
  Span span;
};

/// `reviewed:` in the front matter: the day somebody last read the page and stood by it.
struct Review {
  Date on;
  Place place;
};

/// What is judged from evidence. Cited as LEVEL.anchor for ever.
struct Criterion {
  LevelId level;
  std::string anchor;
  std::string title;  ///< plain text
  std::string title_html;
  std::vector<Passage> passages;  ///< its narrative, one or more
  Place place;

  [[nodiscard]] Citation citation() const { return {level, anchor}; }
  [[nodiscard]] std::string text() const;  ///< the narrative as plain text, blocks joined by a space
};

enum class SectionKind { scope_of_impact, autonomy, what_changes_here, what_stops_counting, not_expected_yet, what_it_looks_like, watch_for, other };

/// The id a section is known by ("scope-of-impact"); empty for other.
[[nodiscard]] std::string_view section_id(SectionKind kind);

/// A level-2 section. Of what_changes_here the passages are what stands before the first criterion.
struct Section {
  SectionKind kind = SectionKind::other;
  std::string anchor;
  std::string title;
  std::vector<Passage> passages;  ///< level-3 headings inside other sections are passages too
  Place place;
};

/// One item of "What stops counting".
struct StopsCounting {
  Citation criterion;
  Passage because;  ///< the whole item, link included
};

struct Level {
  LevelId id;
  TrackId track;
  std::string title;
  std::string scope;          ///< a word of the axis
  double scope_position = 0;  ///< 1 is the first word of the axis
  std::string autonomy;       ///< a few words; may be empty when span is not
  std::string span;           ///< a few words, on leadership levels; may be empty
  std::string shift;
  std::string when;  ///< of a level that may be dormant; may be empty
  std::string band;  ///< a label; may be empty
  bool dormant = false;
  std::vector<Passage> summary;   ///< one sentence; may be empty in a draft
  std::vector<Section> sections;  ///< in the order of the format, others last
  std::vector<Criterion> criteria;
  std::vector<StopsCounting> stops;
  Place place;
  std::optional<Review> reviewed = {};

  [[nodiscard]] const Section* section(SectionKind kind) const;  ///< nullptr when absent
  [[nodiscard]] const Criterion* criterion(std::string_view anchor) const;
};

struct Track {
  TrackId id;
  std::string title;
  std::string summary;
  std::vector<LevelId> levels;
  Place place = {};
};

struct Route {
  enum class Kind { onward, return_ };
  LevelId from;
  LevelId to;
  Kind kind = Kind::onward;
  std::string note;
  Place place = {};
};

struct Equivalence {
  LevelId place;
  std::vector<LevelId> equals;           ///< more than one is a range
  std::optional<LevelId> while_dormant;  ///< holds only while that level is dormant
  std::optional<LevelId> once_active;    ///< holds only once it is switched on
  std::string note;
  Place place_in_file = {};
};

struct Threshold {
  std::string id;
  std::optional<LevelId> level;
  std::string measure;
  std::string unit;
  std::optional<double> from;
  std::optional<double> to;
  std::string reason;
  std::string also;
  std::string ask;
  Place place = {};

  [[nodiscard]] std::string range() const;  ///< "12–24 months", "at least 6 engineers", "at most 70 %"
};

struct Retired {
  Citation criterion;  ///< without an anchor, a whole place; its criteria are listed by themselves
  std::string in;
  std::string because;
  std::optional<Citation> now;
};

/// A level's part in a capability or an archetype.
struct AtLevel {
  LevelId level;
  std::string title;
  std::vector<Passage> passages;
  Place place;
};

struct Capability {
  CapabilityId id;
  std::string title;
  std::string summary;
  std::vector<Passage> intro;
  std::vector<AtLevel> levels;     ///< "How it deepens"
  std::vector<Section> sections;   ///< other sections
  std::vector<Citation> criteria;  ///< every criterion it links, in order, once
  Place place;
  std::optional<Review> reviewed = {};
};

struct Archetype {
  ArchetypeId id;
  std::string title;
  std::string summary;
  std::vector<Passage> intro;
  std::vector<AtLevel> levels;
  std::vector<Section> sections;
  Place place;
  std::optional<Review> reviewed = {};

  [[nodiscard]] const AtLevel* at(const LevelId& level) const;
};

/// One way at the fork, told in aspects (level-3 headings).
struct Branch {
  struct Aspect {
    std::string anchor;
    std::string title;
    std::vector<Passage> passages;
    Place place = {};
  };
  std::optional<LevelId> to;  ///< absent: stay
  std::string anchor;
  std::string title;
  std::vector<Passage> intro;
  std::vector<Aspect> aspects;
  Place place = {};
};

struct Fork {
  LevelId at;
  std::vector<LevelId> branches;
  std::string page;  ///< path of the file; may be empty
  std::string title;
  std::vector<Passage> intro;
  std::vector<Branch> ways;  ///< in the order of the file; may be empty without a page
  std::vector<Section> sections;
  Place place = {};  ///< in pathway.yaml
  std::optional<Review> reviewed = {};
};

struct Pathway {
  std::string name;
  std::string version_label;  ///< may be empty
  std::string hash;           ///< SHA-256 in hex over all documents read, independent of line ends and byte order marks
  std::string language;       ///< BCP 47, "en" unless said
  std::string url;            ///< without a slash at its end; may be empty
  bool draft = false;
  std::vector<std::string> scope_axis;
  std::vector<Track> tracks;
  std::vector<Level> levels;  ///< by track, in track order
  std::vector<Route> routes;
  std::optional<Fork> fork;
  std::vector<Equivalence> equivalences;
  std::vector<Threshold> thresholds;
  std::vector<Retired> retired;
  std::vector<Capability> capabilities;              ///< by title
  std::vector<Archetype> archetypes;                 ///< by title
  std::optional<markup::YamlNode> house_style = {};  ///< `lint:` in pathway.yaml, as written; the lint room reads it

  [[nodiscard]] std::string short_hash() const { return hash.substr(0, 12); }
  [[nodiscard]] const Track* track(const TrackId& id) const;
  [[nodiscard]] const Level* level(const LevelId& id) const;
  [[nodiscard]] const Level* level(std::string_view id) const;  ///< also in another case: "sse"
  [[nodiscard]] const Criterion* criterion(const Citation& citation) const;
  [[nodiscard]] const Capability* capability(std::string_view id) const;
  [[nodiscard]] const Archetype* archetype(std::string_view id) const;
  [[nodiscard]] std::vector<const Route*> routes_from(const LevelId& level) const;  ///< in the order of the file
  [[nodiscard]] std::vector<const Route*> routes_to(const LevelId& level) const;
  /// What counted before one came here (doc/pathway-format.md, "What counts at a place"); nullptr at the start.
  [[nodiscard]] const Level* place_before(const Level& level) const;
  [[nodiscard]] bool holds(const Equivalence& equivalence) const;
  /// Places of equal standing by the equivalences that hold now, in both directions.
  [[nodiscard]] std::vector<const Level*> equals(const LevelId& level) const;
};

struct Loaded {
  std::optional<Pathway> pathway;  ///< absent when there are errors
  Findings findings;               ///< sorted; also notes and warnings of a pathway that can be used
  /// What could be read of one with errors, for whoever speaks about its words; nothing else may rely on it. Absent exactly when `pathway` is there.
  std::optional<Pathway> unusable = {};
};

/// Reads a folder. Every problem is found in one pass; see doc/findings.md for the rules. A draft (`status: draft`) may have gaps: they are warnings there.
[[nodiscard]] Loaded load(const Folder& folder);

/// What load() read of each page, for one who loads a folder again and again while little of it changes. For one thread at a time.
class LoadMemory {
 public:
  LoadMemory();
  LoadMemory(LoadMemory&&) noexcept;
  LoadMemory& operator=(LoadMemory&&) noexcept;
  ~LoadMemory();

 private:
  struct Pages;
  friend Loaded load(const Folder& folder, LoadMemory& memory);
  std::unique_ptr<Pages> m_pages;
};
/// The same result as load(folder); a page whose bytes are those of the last time is not read again.
[[nodiscard]] Loaded load(const Folder& folder, LoadMemory& memory);

/// Those of `folder` that `pathway` was read from, with line ends LF and no byte order mark: the same for every folder of this version, and
/// loading them gives the same hash.
[[nodiscard]] Folder documents_of(const Folder& folder, const Pathway& pathway);

/// The extensions of the files that belong to a pathway, for read_folder.
[[nodiscard]] const std::vector<std::string>& document_extensions();

}  // namespace waymark::pathway
