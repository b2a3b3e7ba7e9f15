#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "markup/markdown.hpp"
#include "pathway/pathway.hpp"
#include "web/pages/import_page.hpp"

namespace waymark::web::pages {

namespace {
constexpr std::size_t most_questions = 40;
}

ImportDraftPage make_import_draft_page(const importer::ImportedFramework& imported, const Links& links, std::string upload) {
  ImportDraftPage page;
  page.name = imported.mapping.name;
  page.upload = std::move(upload);
  page.action = links.to("/import/draft");
  page.download = links.to("/import/folder");
  page.again = links.to("/import");
  page.sentences = imported.sentences.size();
  std::map<std::string_view, std::size_t> reasons;
  for (const importer::Provenance& sentence : imported.sentences) {
    if (sentence.fate == importer::Provenance::Fate::kept) {
      ++page.kept;
    } else {
      ++page.aside;
      ++reasons[sentence.became];
    }
  }
  for (const auto& [reason, count] : reasons) page.set_aside.push_back({std::string(reason), count});
  const pathway::Loaded loaded = pathway::load(imported.draft);
  for (const importer::Mapping::Track& track : imported.mapping.tracks) {
    page.tracks.push_back({track.id, track.title});
    std::size_t position = 0;
    for (const importer::Mapping::Level& level : track.levels) {
      ImportDraftPage::Place place;
      place.title = place.found_as = level.title;
      place.id = level.id;
      place.track = track.id;
      place.number = page.places.size() + 1;
      place.position = ++position;
      const pathway::Level* told = loaded.pathway ? loaded.pathway->level(level.id) : nullptr;
      if (told != nullptr) {
        place.criteria = told->criteria.size();
        for (const pathway::Criterion& criterion : told->criteria) place.says.push_back(criterion.title);
      }
      page.places.push_back(std::move(place));
    }
  }
  for (const char* const id : {"ic", "leadership"}) {
    const bool known = std::any_of(page.tracks.begin(), page.tracks.end(), [&](const auto& track) { return track.id == id; });
    if (!known) page.tracks.push_back({id, std::string_view(id) == "ic" ? "Individual Contributor" : "Leadership"});
  }
  if (imported.mapping.fork) page.fork_at = imported.mapping.fork->at;
  page.questions = imported.questions;
  page.judgement = imported.judgement;
  for (const std::string& step : imported.first_steps) {
    for (const markup::Block& block : markup::parse_markdown(SourceText("step", step)).blocks)
      page.first_steps.push_back(Prose(links.prose(markup::inner_html(block))));
  }
  return page;
}

void fill(Values values, const ImportDraftPage& page) {
  values.set("NAME", page.name);
  values.show_text("SIGNED_IN", "FORM_TOKEN", page.form_token);
  values.set("UPLOAD", page.upload);
  values.set("ACTION", page.action);
  values.set("DOWNLOAD", page.download);
  values.set("AGAIN", page.again);
  values.set("SENTENCES", page.sentences);
  values.set("KEPT", page.kept);
  values.set("ASIDE", page.aside == 1 ? std::string("1 was") : fmt::format("{} were", page.aside));
  values.set("PLACES", page.places.size());
  values.show_text("TROUBLE", "PROBLEM", page.problem);
  for (const ImportDraftPage::Track& track : page.tracks) {
    const Values field = values.add("TRACK_FIELD");
    field.set("TRACK_ID", track.id);
    field.set("TRACK_TITLE", track.title);
  }
  for (const ImportDraftPage::Place& place : page.places) {
    const Values row = values.add("PLACE");
    row.set("NUMBER", place.number);
    row.set("ID", place.id);
    row.set("TITLE", place.title);
    row.set("FOUND_AS", place.found_as);
    row.set("POSITION", place.position);
    row.set("CRITERIA", place.criteria == 1 ? std::string("1 criterion") : fmt::format("{} criteria", place.criteria));
    for (const ImportDraftPage::Track& track : page.tracks) {
      const Values choice = row.add("CHOICE");
      choice.set("CHOICE_ID", track.id);
      choice.set("CHOICE_TITLE", track.title);
      choice.show_if(track.id == place.track, "CHOSEN");
    }
    if (!place.says.empty()) {
      const Values speaks = row.add("SPEAKS");
      for (const std::string& says : place.says) speaks.add("SAYS").set("SAID", says);
    }
    const Values fork = values.add("FORK");
    fork.set("FORK_ID", place.id);
    fork.set("FORK_TITLE", place.title);
    fork.show_if(place.id == page.fork_at, "FORK_CHOSEN");
  }
  for (const Prose& step : page.first_steps) values.add("STEP").set("WHAT", step);
  if (!page.judgement.is_empty()) {
    const importer::DraftJudgement& judgement = page.judgement;
    const Values said = values.add("LINTED");
    if (!judgement.share.empty()) said.add("DOUBT").set("SHARE", judgement.share);
    if (!judgement.families.empty()) {
      const Values table = said.add("FAMILIES");
      for (const importer::DraftJudgement::Family& family : judgement.families) {
        const Values row = table.add("FAMILY");
        row.set("FAMILY_NAME", family.name);
        row.set("WARNINGS", family.warnings);
        row.set("NOTES", family.notes);
      }
    }
  }
  if (!page.questions.empty()) {
    const Values questions = values.add("QUESTIONS");
    for (std::size_t i = 0; i < std::min(most_questions, page.questions.size()); ++i) questions.add("QUESTION").set("ASKED", page.questions[i]);
    if (page.questions.size() > most_questions) questions.add("MORE").set("UNTOLD", page.questions.size() - most_questions);
  }
  if (!page.set_aside.empty()) {
    const Values aside = values.add("SET_ASIDE");
    for (const ImportDraftPage::Aside& each : page.set_aside) {
      const Values row = aside.add("REASON");
      row.set("WHY", each.reason);
      row.set("COUNT", each.count);
    }
  }
}

}  // namespace waymark::web::pages
