/// For tests: a pathway made by hand, small enough to keep in one's head; and the starter.
///
///   JSE → ISE → SSE → LSE      what each adds            what stops counting there
///                |      |      JSE  delivers, asks
///               TTL →  EM      ISE  owns
///                              SSE  designs, objects     ISE.owns
///                              LSE  strategy             SSE.objects
///                              TTL  team                 SSE.designs
///                              EM   people               TTL.team
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "pathway/pathway.hpp"

namespace waymark::pathway::testing {

inline Passage say(const std::string& text, const std::string& anchor = "p-1") {
  Passage passage;
  passage.anchor = anchor;
  passage.block.text = text;
  passage.block.html = "<p>" + markup::escape_html(text) + "</p>\n";
  return passage;
}

inline Passage say_with_link(const std::string& text, const std::string& target, const std::string& anchor = "p-1") {
  Passage passage = say(text, anchor);
  passage.block.links.push_back({target, text, {}});
  return passage;
}

inline Criterion criterion(const std::string& level, const std::string& anchor, const std::string& title, const std::string& text) {
  return {{level}, anchor, title, title, {say(text, anchor + "-1")}, {"levels/" + level + ".md", {}}};
}

inline Level level(const std::string& id, const std::string& track, const std::string& title, std::vector<Criterion> criteria) {
  Level made;
  made.id = {id};
  made.track = {track};
  made.title = title;
  made.shift = "What changes at " + id;
  made.summary = {say("The sentence about " + id + ".", "summary-1")};
  made.sections = {
      {SectionKind::autonomy,
       "autonomy",
       "Autonomy",
       {say("They agree on the aim once a month.", "autonomy-1"), say("Between those days nobody asks.", "autonomy-2")},
       {}},
      {SectionKind::what_changes_here, "what-changes-here", "What changes here", {}, {}},
      {SectionKind::not_expected_yet, "not-expected-yet", "Not expected yet", {say("Anything beyond " + id + ".", "not-expected-yet-1")}, {}}};
  made.criteria = std::move(criteria);
  made.place.file = "levels/" + id + ".md";
  return made;
}

inline StopsCounting stops(const std::string& level, const std::string& anchor, const std::string& because) {
  return {{{level}, anchor}, say_with_link(because, level + ".md#" + anchor, "stops-1")};
}

inline Pathway small_pathway() {
  Pathway pathway;
  pathway.name = "A small pathway";
  pathway.language = "en";
  pathway.scope_axis = {"feature", "component", "system", "domain"};
  pathway.tracks = {{{"ic"}, "Individual Contributor", "Building.", {{"JSE"}, {"ISE"}, {"SSE"}, {"LSE"}}},
                    {{"leadership"}, "Leadership", "Leading.", {{"TTL"}, {"EM"}}}};
  pathway.levels = {
      level("JSE", "ic", "Junior Software Engineer",
            {criterion("JSE", "delivers", "Delivers a feature", "Delivers a feature somebody else described, and shows it to them."),
             criterion("JSE", "asks", "Asks early", "Asks within the day when something is in the way.")}),
      level("ISE", "ic", "Intermediate Software Engineer",
            {criterion("ISE", "owns", "Owns a component", "Keeps one component healthy and says what it costs.")}),
      level("SSE", "ic", "Senior Software Engineer",
            {criterion("SSE", "designs", "Drives the design of a system change", "Takes a written design through a review that ends in agreement."),
             criterion("SSE", "objects", "Raises a concern before work is built", "Writes down the case in which a plan fails.")}),
      level("LSE", "ic", "Lead Software Engineer",
            {criterion("LSE", "strategy", "Writes the strategy of a domain", "Several teams decide by it what to leave out.")}),
      level("TTL", "leadership", "Technical Team Lead", {criterion("TTL", "team", "Runs one team", "The team delivers and can say why.")}),
      level("EM", "leadership", "Engineering Manager",
            {criterion("EM", "people", "Helps engineers grow", "Each person can name what they learned this year.")}),
  };
  const auto at = [&](const char* id) -> Level& { return const_cast<Level&>(*pathway.level(LevelId{id})); };
  at("SSE").stops = {stops("ISE", "owns", "Components have caretakers of their own.")};
  at("LSE").stops = {stops("SSE", "objects", "Concerns are gathered in the strategy.")};
  at("TTL").stops = {stops("SSE", "designs", "The team designs; the lead makes room for it.")};
  at("EM").stops = {stops("TTL", "team", "Each team has its own lead.")};
  pathway.routes = {{{"JSE"}, {"ISE"}, Route::Kind::onward, "On."},    {{"ISE"}, {"SSE"}, Route::Kind::onward, "On."},
                    {{"SSE"}, {"LSE"}, Route::Kind::onward, "On."},    {{"SSE"}, {"TTL"}, Route::Kind::onward, "On."},
                    {{"LSE"}, {"TTL"}, Route::Kind::onward, "Later."}, {{"TTL"}, {"EM"}, Route::Kind::onward, "On."},
                    {{"TTL"}, {"SSE"}, Route::Kind::return_, "Back."}, {{"EM"}, {"LSE"}, Route::Kind::return_, "Back."}};
  pathway.equivalences = {{{"SSE"}, {{"TTL"}}, std::nullopt, std::nullopt, ""}};
  pathway.retired = {{{{"SSE"}, "reviews"}, "1.1", "Everybody reviews.", Citation{{"SSE"}, "designs"}}};
  return pathway;
}

/// The pathway that ships with Waymark, for what must hold however its words are edited.
inline Pathway starter() { return load(read_folder(WAYMARK_SOURCE_DIR "/starter", document_extensions()).value()).pathway.value(); }

/// "SSE.designs SSE.objects", in the order given.
template <class Criteria>
std::string ids(const Criteria& criteria) {
  std::string words;
  for (const Criterion* each : criteria) words += (words.empty() ? "" : " ") + to_string(each->citation());
  return words;
}

}  // namespace waymark::pathway::testing
