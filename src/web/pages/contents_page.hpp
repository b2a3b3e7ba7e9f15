/// Every level and criterion, capability and archetype on one page. Stands in for search where there is no server.
#pragma once

#include <string>
#include <vector>

#include "web/pages/level_page.hpp"

namespace waymark::web::pages {

struct ContentsPage {
  struct LevelEntry {
    PlaceView place;
    std::string reach;
    std::vector<Reference> criteria;
    std::vector<std::string> citations;  ///< as criteria
  };
  struct Track {
    std::string title;
    std::vector<LevelEntry> levels;
  };
  std::vector<Track> tracks;
  std::string fork;
  std::vector<Reference> capabilities, archetypes;
  std::string compare, about;
};
[[nodiscard]] ContentsPage make_contents_page(const Site& site, const Links& links);
/// contents_page.html
void fill(Values values, const ContentsPage& page);

}  // namespace waymark::web::pages
