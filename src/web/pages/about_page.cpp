#include "web/pages/about_page.hpp"

#include "web/landscape/drawing.hpp"

namespace waymark::web::pages {

AboutPage make_about_page(const Site& site, const Links& links) {
  const pathway::Pathway& pathway = site.pathway();
  AboutPage page{pathway.name, pathway.version_label, pathway.hash, pathway.short_hash(), pathway.language, pathway.url, {}, {}, {}};
  for (std::size_t i = 0; i < pathway.tracks.size(); ++i) {
    page.tracks.push_back({pathway.tracks[i].title, pathway.tracks[i].summary, track_look(i), landscape::mark_path(i, 6)});
  }
  for (const pathway::Equivalence& equivalence : pathway.equivalences) {
    const pathway::Level* const place = pathway.level(equivalence.place);
    if (place == nullptr || !pathway.holds(equivalence)) continue;
    AboutPage::Equal equal{make_place(site, links, *place), {}, equivalence.note, {}};
    for (const pathway::LevelId& id : equivalence.equals) {
      if (const pathway::Level* const level = pathway.level(id)) equal.equals.push_back(make_place(site, links, *level));
    }
    if (equivalence.while_dormant) equal.condition = "while " + equivalence.while_dormant->value + " is not in use";
    page.equivalences.push_back(std::move(equal));
  }
  for (const pathway::Threshold& threshold : pathway.thresholds) {
    AboutPage::ThresholdView view{threshold.id, threshold.measure, threshold.range(), threshold.reason, threshold.also, threshold.ask, {}};
    const pathway::Level* const level = threshold.level ? pathway.level(*threshold.level) : nullptr;
    if (level != nullptr) view.level.push_back(make_place(site, links, *level));
    page.thresholds.push_back(std::move(view));
  }
  return page;
}

void fill(Values values, const AboutPage& page) {
  values.set("NAME", page.name);
  values.show_text("LABELLED", "LABEL", page.label);
  values.set("HASH", page.hash);
  values.show_text("ADDRESS", "URL", page.url);
  for (const AboutPage::Track& track : page.tracks) {
    const Values row = values.add("TRACK");
    row.set("TRACK_TITLE", track.title);
    row.set("TRACK_SUMMARY", track.summary);
    row.set("TRACK_LOOK", track.look);
    row.set("TRACK_MARK", track.mark);
  }
  if (!page.equivalences.empty()) {
    const Values equivalences = values.add("EQUIVALENCES");
    for (const AboutPage::Equal& equal : page.equivalences) {
      const Values row = equivalences.add("EQUAL");
      fill(row.include("PLACE", "place.html"), equal.place);
      for (const PlaceView& other : equal.equals) fill(row.add("OTHER").include("OTHER_PLACE", "place.html"), other);
      row.show_text("CONDITION", "WHILE", equal.condition);
      row.show_text("NOTED", "NOTE", equal.note);
    }
  }
  if (page.thresholds.empty()) return;
  const Values thresholds = values.add("THRESHOLDS");
  for (const AboutPage::ThresholdView& threshold : page.thresholds) {
    const Values row = thresholds.add("THRESHOLD");
    row.set("THRESHOLD_ID", threshold.id);
    for (const PlaceView& place : threshold.level) fill(row.add("AT").include("AT_PLACE", "place.html"), place);
    row.set("MEASURE", threshold.measure);
    row.set("RANGE", threshold.range);
    row.show_text("REASONED", "REASON", threshold.reason);
    row.show_text("ELSE", "ALSO", threshold.also);
    row.show_text("CONVERSATION", "ASK", threshold.ask);
  }
}

}  // namespace waymark::web::pages
