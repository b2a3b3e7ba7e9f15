/// What would change between two places, told in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/pages/level_page.hpp"

namespace waymark::web::pages {

struct DifferencePage {
  struct Start {
    std::string citation, title, href;
    std::vector<PassageView> passages;
  };
  struct Stop {
    std::string title, href, citation;
    Prose because;                 ///< the whole item; empty where nobody wrote why
  };

  PlaceView from, to;
  std::string from_track, to_track, from_scope, to_scope;
  std::string note;                ///< of the route that leads there
  bool is_return = false;
  bool has_route = false;
  std::vector<PlaceView> by_way_of;///< the places between, where no route leads there directly but several do
  bool unreachable = false;
  std::string other_way;           ///< address of the difference the other way round; may be empty
  std::vector<LevelPage::Carried> keeps;
  std::size_t keeps_count = 0;
  std::vector<Start> starts;       ///< new at `to` itself
  std::vector<LevelPage::Carried> again;  ///< what counts there from places that `from` did not carry
  std::vector<Stop> stops;
  std::vector<PassageView> not_yet;
  std::string reach;
};

[[nodiscard]] DifferencePage make_difference_page(const Site& site, const Links& links, const pathway::Level& from, const pathway::Level& to);
/// difference_page.html
void fill(Values values, const DifferencePage& page);

/// Criteria grouped by the place they come from, in the order given.
[[nodiscard]] std::vector<LevelPage::Carried> group_by_place(const Site& site, const Links& links, const std::vector<const pathway::Criterion*>& criteria);
/// carried.html, once a group
void include_groups(Values values, std::string_view marker, const std::vector<LevelPage::Carried>& groups);

}  // namespace waymark::web::pages
