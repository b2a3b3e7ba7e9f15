#include "web/pages/level_page.hpp"

namespace waymark::web::pages {
namespace {

void fill_way(Values row, const LevelPage::Way& way) {
  fill(row.include("PLACE", "place.html"), way.to);
  row.show_if(way.is_return, "RETURN");
  row.set("PLACE_ID", way.to.id);
  row.show_text("DIFFERENCE", "DIFFERENCE_HREF", way.difference);
}

}  // namespace

void fill_margin(Values values, const LevelPage& page) {
  values.set("TRACK", page.track);
  values.set("SCOPE", page.scope);
  for (const LevelPage::AxisWord& word : page.axis) {
    const Values row = values.add("AXIS");
    row.set("WORD", word.word);
    row.show_if(word.here, "HERE");
  }
  values.show_text("AUTONOMOUS", "AUTONOMY", page.autonomy);
  values.show_text("SPANNING", "SPAN", page.span);
  values.show_text("BANDED", "BAND", page.band);
  if (!page.equals.empty()) {
    const Values equal = values.add("EQUAL");
    for (const PlaceView& place : page.equals) fill(equal.add("EQUAL_ROW").include("EQUAL_PLACE", "place.html"), place);
  }
  if (page.from_here.empty() && page.to_here.empty()) return;
  const Values routes = values.add("ROUTES");
  if (!page.from_here.empty()) {
    const Values from_here = routes.add("FROM_HERE");
    for (const LevelPage::Way& way : page.from_here) fill_way(from_here.add("FROM_ROW"), way);
  }
  if (!page.to_here.empty()) {
    const Values to_here = routes.add("TO_HERE");
    for (const LevelPage::Way& way : page.to_here) fill_way(to_here.add("TO_ROW"), way);
  }
}

}  // namespace waymark::web::pages
