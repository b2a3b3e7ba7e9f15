#include "web/pages/level_page.hpp"

#include "web/pages/difference_page.hpp"

namespace waymark::web::pages {
namespace {

void fill_criterion(Values values, const LevelPage::CriterionView& criterion) {
  values.set("CRITERION_ANCHOR", criterion.anchor);
  values.set("CRITERION_HREF", "#" + criterion.anchor);
  values.set("CITATION", criterion.citation);
  values.set("CRITERION_TITLE", criterion.title_html);
  values.set("CITE_HREF", criterion.cite);
  include_passages(values, "CRITERION_PASSAGES", criterion.passages, HeadingLevel::four);
  show_each(values, "USED", {"CAPABILITY", "CAPABILITY_TITLE", "CAPABILITY_HREF"}, criterion.capabilities);
}

void fill_section(Values values, const LevelPage::SectionView& section, const LevelPage& page) {
  values.set("KIND", section.kind);
  values.set("ANCHOR", section.anchor);
  values.set("TITLE", section.title);
  const bool replaced = section.kind == "what-it-looks-like" && !page.told.empty() && !page.told.front().examples.empty();
  if (replaced) {
    const LevelPage::Told& told = page.told.front();
    const Values in = values.add("IN_ARCHETYPE");
    in.set("ARCHETYPE_TITLE", told.title);
    in.set("GENERAL_HREF", told.general + "#" + section.anchor);
    include_passages(values, "PASSAGES", told.examples);
  } else {
    include_passages(values, "PASSAGES", section.passages);
  }
  if (!section.stops.empty()) {
    const Values stops = values.add("STOPS");
    stops.set("STOPS_ANCHOR", section.stops_anchor);
    for (const LevelPage::Stop& stop : section.stops) {
      const Values row = stops.add("STOP");
      row.set("STOP_ANCHOR", stop.anchor);
      row.set("STOP_HREF", "#" + stop.anchor);
      row.set("STOP_CITATION", stop.citation);
      row.set("STOP_BODY", stop.item);
    }
  }
  if (!replaced && section.passages.empty() && section.stops.empty() && section.criteria.empty()) values.add("UNWRITTEN").set("FILE", page.file);
  for (const LevelPage::CriterionView& criterion : section.criteria) fill_criterion(values.add("CRITERION"), criterion);
  if (!section.is_changes || page.carried.empty()) return;
  const Values carried = values.add("CARRIED");
  carried.set("CARRIED_COUNT", page.carried_count);
  carried.show_if(page.carried_count != 1, "CARRIED_MANY");
  carried.show_if(page.carried_count == 1, "CARRIED_ONE");
  include_groups(carried, "CARRIED_GROUPS", page.carried);
}

}  // namespace

void fill(Values values, const LevelPage& page) {
  values.set("LOOK", page.place.look);
  values.set("MARK", page.place.mark);
  values.set("TRACK", page.track);
  values.set("ID", page.place.id);
  values.set("PLACE_TITLE", page.place.title);
  values.set("SHIFT", page.place.shift);
  if (page.dormant) values.add("DORMANT").show_text("WHEN", "REASON", page.when);
  include_passages(values, "SUMMARY", page.summary);
  fill_margin(values.include("MARGIN", "level_margin.html"), page);
  if (!page.archetypes.empty()) {
    const Values readings = values.add("READINGS");
    for (const LevelPage::ArchetypeLink& archetype : page.archetypes) {
      const Values row = readings.add("READING");
      row.set("READING_TITLE", archetype.title);
      row.set("READING_HREF", archetype.href);
      row.show_if(archetype.current, "READING_CURRENT");
    }
  }
  for (const LevelPage::Told& told : page.told) {
    const Values row = values.add("TOLD");
    row.set("TOLD_TITLE", told.title);
    row.set("TOLD_HREF", told.href);
    include_passages(row, "TOLD_PASSAGES", told.passages);
  }
  for (const LevelPage::SectionView& section : page.sections) fill_section(values.add("SECTION"), section, page);
  if (!page.from_here.empty()) {
    const Values onward = values.add("ONWARD");
    onward.set("REACH_HREF", page.reach);
    for (const LevelPage::Way& way : page.from_here) {
      const Values row = onward.add("WAY");
      fill(row.include("WAY_PLACE", "place.html"), way.to);
      row.show_if(way.is_return, "WAY_RETURN");
      row.set("WAY_NOTE", way.note);
      if (!way.difference.empty()) {
        const Values difference = row.add("WAY_DIFFERENCE");
        difference.set("WAY_DIFFERENCE_HREF", way.difference);
        difference.set("WAY_TITLE", way.to.title);
      }
    }
  }
  values.show_text("FORK", "FORK_HREF", page.fork);
}

}  // namespace waymark::web::pages
