/// The fork: every way told in the same shape, side by side, nothing preselected.
#pragma once

#include <string>
#include <vector>

#include "web/pages/passages.hpp"
#include "web/pages/place.hpp"

namespace waymark::web::pages {

struct ForkPage {
  struct Aspect {
    std::string anchor, title;
    std::vector<PassageView> passages;
  };
  struct Way {
    std::string anchor, title, look;
    std::vector<PlaceView> to;       ///< none (stay) or one
    std::string difference;
    std::vector<PassageView> intro;
    std::vector<Aspect> aspects;
  };
  struct SectionView {
    std::string anchor, title;
    std::vector<PassageView> passages;
  };
  std::string title;
  PlaceView at;
  std::string reach;
  std::vector<PassageView> intro;
  std::vector<Way> ways;
  std::size_t rows = 0;              ///< of the longest way: heading, introduction, aspects
  std::vector<SectionView> sections;
};

/// REQUIRES that the pathway has a fork.
[[nodiscard]] ForkPage make_fork_page(const Site& site, const Links& links);
/// fork_page.html
void fill(Values values, const ForkPage& page);

}  // namespace waymark::web::pages
