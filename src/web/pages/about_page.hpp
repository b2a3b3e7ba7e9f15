/// What this pathway is, which version, and the numbers an organisation may act on.
#pragma once

#include <string>
#include <vector>

#include "web/pages/place.hpp"

namespace waymark::web::pages {

struct AboutPage {
  std::string name, label, hash, short_hash, language, url;
  struct Track {
    std::string title, summary, look, mark;
  };
  std::vector<Track> tracks;
  struct Equal {
    PlaceView place;
    std::vector<PlaceView> equals;
    std::string note;
    std::string condition;       ///< "while STAFF is not in use"; may be empty
  };
  std::vector<Equal> equivalences;
  struct ThresholdView {
    std::string id, measure, range, reason, also, ask;
    std::vector<PlaceView> level;  ///< none or one
  };
  std::vector<ThresholdView> thresholds;
};
[[nodiscard]] AboutPage make_about_page(const Site& site, const Links& links);
/// about_page.html
void fill(Values values, const AboutPage& page);

}  // namespace waymark::web::pages
