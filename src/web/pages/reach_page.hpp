/// All places in reach of one, side by side in the same shape; and the form that asks for any two.
#pragma once

#include <string>
#include <vector>

#include "web/pages/difference_page.hpp"

namespace waymark::web::pages {

struct ReachPage {
  struct Column {
    PlaceView to;
    std::string note, track, scope, autonomy, span;
    bool is_return = false;
    std::vector<Reference> starts;
    std::vector<Reference> again;
    std::vector<Reference> stops;
    std::size_t keeps_count = 0;
    std::vector<PassageView> not_yet;
    std::string difference;
  };
  PlaceView from;
  std::vector<Column> columns;
  bool is_fork = false;            ///< every onward route is a branch of the fork
  std::string fork;                ///< address
  std::string stay_title;          ///< how the fork page calls staying
  std::string stay_href;
  std::vector<Reference> others;   ///< differences to places that are not in reach
};
[[nodiscard]] ReachPage make_reach_page(const Site& site, const Links& links, const pathway::Level& from);
/// reach_page.html
void fill(Values values, const ReachPage& page);

struct ComparePage {
  struct Choice {
    std::string id, title;
    bool chosen = false;
  };
  std::vector<Choice> from, to;
  std::string action;              ///< empty in a static export: a form needs a server
  std::vector<PlaceView> starts;   ///< each leads to what is in reach of it
  std::string problem;             ///< what was wrong with the last choice
  std::string problem_field;       ///< "from" or "to"
};
[[nodiscard]] ComparePage make_compare_page(const Site& site, const Links& links, std::string_view from = {}, std::string_view to = {});
/// compare_page.html
void fill(Values values, const ComparePage& page);

}  // namespace waymark::web::pages
