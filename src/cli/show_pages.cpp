#include "cli/show_pages.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

using namespace pathway;

const Margin body = Margin::of(2);
const Margin inner = Margin::of(4);

std::string destinations(const Pathway& pathway, const Level& level) {
  std::vector<std::string> onward;
  std::vector<std::string> back;
  for (const Route* const route : pathway.routes_from(level.id)) {
    (route->kind == Route::Kind::return_ ? back : onward).push_back(route->to.value);
  }
  std::string text;
  if (!onward.empty()) text = "Routes to " + in_words(onward);
  if (!back.empty()) text += (text.empty() ? "An ordinary return to " : "; an ordinary return to ") + in_words(back);
  return text.empty() ? text : text + ".";
}

std::string fork_of(const Pathway& pathway, const Level& level) {
  if (!pathway.fork || pathway.fork->at != level.id) return {};
  return "The fork is here: read `waymark show fork`.";
}

void tell_place(Page& page, const Pathway& pathway, const Level& level) {
  page.gap();
  page.say(Runs{{name_of(level), Ink::strong}, {level.dormant ? ", dormant for now" : ""}}, body);
  page.say(sentence(level.shift), inner);
  page.say(Runs{{standing_of(level), Ink::faint}}, inner);
  if (level.dormant && !level.when.empty()) page.say("When: " + level.when, inner);
  std::vector<std::string> closing;
  for (const std::string& text : {destinations(pathway, level), fork_of(pathway, level)}) {
    if (!text.empty()) closing.push_back(text);
  }
  if (!closing.empty()) page.say(join(closing, " "), inner);
}

void section(Page& page, std::string_view title, const std::vector<Passage>& passages) {
  page.gap();
  page.heading(title);
  if (!passages.empty()) page.passages(passages, body);
}

void sections(Page& page, const std::vector<Section>& all) {
  for (const Section& each : all) section(page, each.title, each.passages);
}

void at_levels(Page& page, const Pathway& pathway, const std::vector<AtLevel>& levels) {
  for (const AtLevel& at : levels) {
    const Level* const level = pathway.level(at.level);
    section(page, level == nullptr ? at.title : name_of(*level), at.passages);
  }
}

void tell_ways_on(Page& page, const Pathway& pathway, const Level& level) {
  const auto routes = pathway.routes_from(level.id);
  page.gap();
  page.heading("From here");
  for (const Route* const route : routes) tell_route(page, pathway, *route, body.with("- "));
  std::vector<std::string> equals;
  for (const Level* const equal : pathway.equals(level.id)) equals.push_back(name_of(*equal));
  if (!routes.empty()) page.gap();
  if (!equals.empty()) page.say(fmt::format("Of equal standing: {}.", in_words(equals)), body);
  page.say(routes.empty() ? "A place to stay in."
                          : fmt::format("A place to stay in, too. `waymark diff {} --next` tells what would change.", level.id.value),
           body);
}

}  // namespace

void tell_places(Page& page, const Pathway& pathway) {
  page.say(Runs{{pathway.name, Ink::strong}, {", " + version_of(pathway)}});
  for (const Track& track : pathway.tracks) {
    page.gap();
    page.heading(track.title);
    if (!track.summary.empty()) page.say(track.summary);
    for (const LevelId& id : track.levels) {
      if (const Level* const level = pathway.level(id)) tell_place(page, pathway, *level);
    }
  }
  page.gap();
  const std::string example = pathway.levels.empty() ? "LEVEL" : (pathway.fork ? pathway.fork->at : pathway.levels.front().id).value;
  page.say(fmt::format("Every place is one to stay in. `waymark show {}` opens its page.", example));
}

void tell_level(Page& page, const Pathway& pathway, const Level& level, const Archetype* archetype) {
  const Track* const track = pathway.track(level.track);
  page.heading(level.title);
  page.say(Runs{{fmt::format("{} · {} · {}", level.id.value, track == nullptr ? level.track.value : track->title, standing_of(level)), Ink::faint}});
  page.say(sentence(level.shift));
  if (level.dormant) page.say(fmt::format("Dormant for now.{}", level.when.empty() ? "" : " When: " + level.when));
  page.gap();
  page.passages(level.summary);
  if (archetype != nullptr) {
    const AtLevel* const at = archetype->at(level.id);
    section(page, archetype->title, at == nullptr ? std::vector<Passage>{} : at->passages);
    if (at == nullptr) page.say("It says nothing about this place.", body);
  }
  for (const Section& each : level.sections) {
    section(page, each.title, each.passages);
    if (each.kind != SectionKind::what_changes_here) continue;
    for (const Criterion& criterion : level.criteria) {
      page.gap();
      tell_criterion(page, criterion, body);
    }
  }
  tell_ways_on(page, pathway, level);
}

void tell_capability(Page& page, const Pathway& pathway, const Capability& capability) {
  page.heading(capability.title);
  page.say(capability.summary);
  page.gap();
  page.passages(capability.intro);
  at_levels(page, pathway, capability.levels);
  sections(page, capability.sections);
}

void tell_archetype(Page& page, const Pathway& pathway, const Archetype& archetype) {
  page.heading(archetype.title);
  page.say(archetype.summary);
  page.gap();
  page.passages(archetype.intro);
  at_levels(page, pathway, archetype.levels);
  sections(page, archetype.sections);
}

void tell_fork(Page& page, const Pathway& pathway, const Fork& fork) {
  const Level* const at = pathway.level(fork.at);
  page.heading(fork.title.empty() ? "The fork" : fork.title);
  page.say(Runs{{fmt::format("at {}", at == nullptr ? fork.at.value : name_of(*at)), Ink::faint}});
  page.gap();
  page.passages(fork.intro);
  for (const Branch& way : fork.ways) {
    section(page, way.title, way.intro);
    for (const Branch::Aspect& aspect : way.aspects) {
      page.gap();
      page.heading(aspect.title, body);
      page.passages(aspect.passages, inner);
    }
  }
  sections(page, fork.sections);
}

}  // namespace waymark::cli
