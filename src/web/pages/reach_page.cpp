#include "web/pages/reach_page.hpp"

#include <algorithm>

#include "pathway/difference.hpp"

namespace waymark::web::pages {
namespace {

Reference reference_to(const Links& links, const pathway::Criterion& criterion) {
  return {criterion.title, links.to(address::level(criterion.level), criterion.anchor)};
}

ReachPage::Column make_column(const Site& site, const Links& links, const pathway::Level& from, const pathway::Route& route) {
  const pathway::Pathway& pathway = site.pathway();
  const pathway::Level& to = *pathway.level(route.to);
  const pathway::Difference difference = what_would_change(pathway, from, to);
  ReachPage::Column column;
  column.to = make_place(site, links, to);
  column.note = route.note;
  column.is_return = route.kind == pathway::Route::Kind::return_;
  const pathway::Track* const track = pathway.track(to.track);
  column.track = track == nullptr ? to.track.value : track->title;
  column.scope = to.scope;
  column.autonomy = to.autonomy;
  column.span = to.span;
  for (const pathway::Criterion* const criterion : difference.starts) {
    (criterion->level == to.id ? column.starts : column.again).push_back(reference_to(links, *criterion));
  }
  for (const pathway::Stops& stop : difference.stops) column.stops.push_back(reference_to(links, *stop.criterion));
  column.keeps_count = difference.keeps.size();
  if (difference.not_yet != nullptr) column.not_yet = make_passages(links, difference.not_yet->passages);
  column.difference = links.to(address::difference(from.id, to.id));
  return column;
}

void fill_references(Values values, std::string_view section, std::string_view nothing, const std::vector<Reference>& references) {
  add_each(values.add(references.empty() ? nothing : section), {"ITEM", "ITEM_TITLE", "ITEM_HREF"}, references);
}

void fill_column(Values values, const ReachPage::Column& column) {
  fill(values.include("PLACE", "place.html"), column.to);
  values.set("TITLE", column.to.title);
  values.set("SHIFT", column.to.shift);
  values.set("NOTE", column.note);
  values.show_if(column.is_return, "RETURN");
  values.show_if(column.to.dormant, "IS_DORMANT");
  values.set("TRACK", column.track);
  values.set("SCOPE", column.scope);
  values.show_text("AUTONOMOUS", "AUTONOMY", column.autonomy);
  values.show_text("SPANNING", "SPAN", column.span);
  values.set("KEEPS_COUNT", column.keeps_count);
  fill_references(values, "STARTS", "STARTS_NOTHING", column.starts);
  show_each(values, "AGAIN", {"ITEM", "ITEM_TITLE", "ITEM_HREF"}, column.again);
  fill_references(values, "STOPS", "STOPS_NOTHING", column.stops);
  for (const PassageView& passage : column.not_yet) values.add("NOT_YET").set("NOT_YET_BODY", passage.body);
  values.set("DIFFERENCE_HREF", column.difference);
}

}  // namespace

ReachPage make_reach_page(const Site& site, const Links& links, const pathway::Level& from) {
  const pathway::Pathway& pathway = site.pathway();
  ReachPage page;
  page.from = make_place(site, links, from);
  for (const pathway::Route* const route : pathway.routes_from(from.id)) page.columns.push_back(make_column(site, links, from, *route));
  if (pathway.fork && pathway.fork->at == from.id) {
    page.is_fork = true;
    page.fork = links.to("/fork");
    for (const pathway::Branch& way : pathway.fork->ways) {
      if (way.to) continue;
      page.stay_title = way.title;
      page.stay_href = links.to("/fork", way.anchor);
    }
  }
  for (const pathway::Level& other : pathway.levels) {
    const bool in_reach = std::any_of(page.columns.begin(), page.columns.end(), [&](const ReachPage::Column& column) { return column.to.id == other.id.value; });
    if (!in_reach && site.has_difference(from, other)) page.others.push_back({other.title, links.to(address::difference(from.id, other.id))});
  }
  return page;
}

void fill(Values values, const ReachPage& page) {
  fill(values.include("FROM_PLACE", "place.html"), page.from);
  values.set("FROM_TITLE", page.from.title);
  values.set("FROM_ID", page.from.id);
  values.set("FROM_HREF", page.from.href);
  if (page.is_fork) values.add("FORK").set("FORK_HREF", page.fork);
  if (page.columns.empty()) (void)values.add("NO_WAY");
  const Values columns = values.add("COLUMNS");
  columns.set("COLUMN_COUNT", std::min<std::size_t>(page.columns.size(), 4));
  for (const ReachPage::Column& column : page.columns) fill_column(columns.add("COLUMN"), column);
  const Values stay = values.add("STAY");
  stay.set("STAY_TITLE", page.stay_title.empty() ? "Stay" : page.stay_title);
  stay.show_text("STAY_MORE", "STAY_HREF", page.stay_href);
  show_each(values, "OTHERS", {"OTHER", "OTHER_TITLE", "OTHER_HREF"}, page.others);
}

}  // namespace waymark::web::pages
