#include "web/pages/cite_page.hpp"

#include "web/pages/reworded.hpp"

namespace waymark::web::pages {
namespace {

std::vector<CitePage::Use> make_uses(const Site& site, const Links& links, const pathway::Citation& citation) {
  std::vector<CitePage::Use> uses;
  for (const pathway::Backlink& backlink : backlinks(site.pathway(), citation)) uses.push_back({backlink.title, links.to(backlink.target), backlink.words});
  return uses;
}

void fill_fate(Values page, Values words, const CitePage::Fate& fate) {
  const Values version = words.add("OF_VERSION");
  version.set("VERSION_HREF", fate.version_href);
  version.set("STANDING", fate.standing);
  const Values became = page.add("BECAME");
  if (!fate.steps.empty()) {
    const Values steps = became.add("STEPS");
    for (const std::string& step : fate.steps) steps.add("STEP").set("STEP_WORDS", step);
  }
  became.set("OUTCOME", fate.outcome);
  if (fate.today) {
    const Values today = became.add("TODAY");
    today.set("TODAY_TITLE", fate.today->title);
    today.set("TODAY_HREF", fate.today->href);
  }
  if (fate.words.empty()) return;
  fill(became.add("REWORDED").include("WORD_DIFFERENCE", "reworded.html"), fate.words);
}

}  // namespace

CitePage make_cite_page(const Site& site, const Links& links, const pathway::CitedWords& cited) {
  const pathway::Pathway& pathway = site.pathway();
  CitePage page;
  page.citation = to_string(cited.citation);
  page.title = cited.criterion != nullptr ? cited.criterion->title : cited.section != nullptr ? cited.section->title : cited.level->title;
  page.place.push_back(make_place(site, links, *cited.level));
  page.words = Prose(links.prose(cited.html));
  page.href = links.to(cited.target);
  if (!pathway.url.empty()) page.url = pathway.url + address::of(cited.target) + (cited.target.anchor.empty() ? "" : "#" + cited.target.anchor);
  page.version = pathway.short_hash();
  page.label = pathway.version_label;
  page.uses = make_uses(site, links, cited.citation);
  return page;
}

CitePage make_retired_page(const Site& site, const Links& links, const pathway::Retired& retired) {
  const pathway::Pathway& pathway = site.pathway();
  CitePage page;
  page.citation = to_string(retired.criterion);
  page.title = page.citation;
  if (const pathway::Level* const level = pathway.level(retired.criterion.level)) page.place.push_back(make_place(site, links, *level));
  page.version = pathway.short_hash();
  page.label = pathway.version_label;
  page.retired = true;
  page.retired_in = retired.in;
  page.because = retired.because;
  if (retired.now) {
    const pathway::Criterion* const now = pathway.criterion(*retired.now);
    page.now = Reference{now == nullptr ? to_string(*retired.now) : now->title, links.to(address::level(retired.now->level), retired.now->anchor)};
  }
  return page;
}

void fill(Values values, const CitePage& page) {
  values.set("CITATION", page.citation);
  values.set("TITLE", page.title);
  for (const PlaceView& place : page.place) fill(values.add("AT").include("PLACE", "place.html"), place);
  if (page.retired) {
    const Values retired = values.add("RETIRED");
    retired.show_text("IN", "RETIRED_IN", page.retired_in);
    retired.set("BECAUSE", page.because);
    if (page.now) {
      const Values now = retired.add("NOW");
      now.set("NOW_TITLE", page.now->title);
      now.set("NOW_HREF", page.now->href);
    }
    return;
  }
  const Values words = values.add("STANDS");
  words.set("WORDS", page.words);
  words.set("HREF", page.href);
  words.show_text("LABELLED", "LABEL", page.label);
  words.set("VERSION", page.version);
  if (page.fate) fill_fate(values, words, *page.fate);
  words.show_text("WHOLE", "URL", page.url);
  if (page.fate) return;
  const Values used = words.add("USED");
  if (page.uses.empty()) (void)used.add("UNUSED");
  if (page.uses.empty()) return;
  const Values uses = used.add("USES");
  for (const CitePage::Use& use : page.uses) {
    const Values row = uses.add("USE");
    row.set("USE_TITLE", use.title);
    row.set("USE_HREF", use.href);
    row.set("USE_WORDS", use.words);
  }
}

}  // namespace waymark::web::pages
