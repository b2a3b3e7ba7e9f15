/// A level: an essay with a margin.
#pragma once

#include <string>
#include <vector>

#include "web/pages/passages.hpp"
#include "web/pages/place.hpp"
#include "web/pages/reference.hpp"

namespace waymark::web::pages {

struct LevelPage {
  struct Way {
    PlaceView to;  ///< or from, for ways that lead here
    std::string note;
    std::string difference;
    bool is_return = false;
  };
  struct CriterionView {
    std::string anchor, citation, title;
    Prose title_html;
    std::string cite;                       ///< address of its citation
    std::vector<PassageView> passages;
    std::vector<Reference> capabilities;    ///< that link it
  };
  struct Stop {
    std::string anchor, citation;
    Prose item;
  };
  struct SectionView {
    std::string anchor, title, kind;        ///< kind: section id, or "other"
    std::vector<PassageView> passages;
    std::vector<Stop> stops;                ///< in place of the list they were written as
    std::string stops_anchor;
    std::vector<CriterionView> criteria;
    bool is_changes = false;
  };
  struct Carried {
    PlaceView from;
    std::vector<Reference> criteria;
  };
  struct ArchetypeLink {
    std::string title, href;
    bool current = false;
  };
  struct Told {                             ///< what the archetype says about this level
    std::string title, href;
    std::vector<PassageView> passages;
    std::vector<PassageView> examples;      ///< in place of the general ones; may be empty
    std::string general;                    ///< address of the level without it
  };

  PlaceView place;
  std::string track, scope, autonomy, span, band, when;
  bool dormant = false;
  std::string file;                         ///< of the folder, for whoever wants to write
  struct AxisWord {
    std::string word;
    bool here = false;
  };
  std::vector<AxisWord> axis;
  std::vector<PassageView> summary;
  std::vector<PlaceView> equals;
  std::vector<Way> from_here, to_here;
  std::string reach;
  std::string fork;                         ///< address, when this is where the tracks part
  std::vector<ArchetypeLink> archetypes;    ///< the general page first; empty when none says anything here
  std::vector<Told> told;                   ///< none or one
  std::vector<SectionView> sections;
  std::vector<Carried> carried;             ///< what counts here from the places before
  std::size_t carried_count = 0;
};

/// `archetype` may be nullptr.
[[nodiscard]] LevelPage make_level_page(const Site& site, const Links& links, const pathway::Level& level, const pathway::Archetype* archetype);
/// level_page.html
void fill(Values values, const LevelPage& page);
/// level_margin.html
void fill_margin(Values values, const LevelPage& page);

}  // namespace waymark::web::pages
