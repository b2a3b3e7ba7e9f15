#include "pathway/version_parts.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::pathway::comparing {
namespace {

std::string text_of(const std::vector<Passage>& passages) {
  std::string text;
  for (const Passage& passage : passages) text += passage.block.text + ' ';
  return collapse_white_space(text);
}

void add_parts(std::vector<Part>& parts, const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    parts.push_back({fmt::format("the section “{}”", section.title), "section " + section.anchor,
                     collapse_white_space(section.title + ' ' + text_of(section.passages))});
  }
}

template <class Page>
std::vector<Part> parts_of_page(const Page& page) {
  std::vector<Part> parts{
      {"the title", "title", page.title}, {"the summary", "summary", page.summary}, {"the opening", "opening", text_of(page.intro)}};
  for (const AtLevel& at : page.levels) {
    parts.push_back({"the part at " + at.level.value, "level " + at.level.value, collapse_white_space(at.title + ' ' + text_of(at.passages))});
  }
  add_parts(parts, page.sections);
  return parts;
}

}  // namespace

std::vector<Part> parts_of(const Capability& capability) { return parts_of_page(capability); }
std::vector<Part> parts_of(const Archetype& archetype) { return parts_of_page(archetype); }

std::vector<Part> parts_of(const Fork& fork) {
  std::vector<Part> parts{{"the title", "title", fork.title}, {"the opening", "opening", text_of(fork.intro)}};
  for (const Branch& way : fork.ways) {
    const std::string name = way.to ? "the branch to " + way.to->value : std::string("the part about staying");
    parts.push_back({name, "way " + way.anchor, collapse_white_space(way.title + ' ' + text_of(way.intro))});
    for (const Branch::Aspect& aspect : way.aspects) {
      parts.push_back({fmt::format("“{}” in {}", aspect.title, name), "way " + way.anchor + ' ' + aspect.title, text_of(aspect.passages)});
    }
  }
  add_parts(parts, fork.sections);
  return parts;
}

std::vector<Part> parts_of(const Level& level) {
  std::vector<Part> parts{{"the title", "title", level.title},
                          {"the track", "track", level.track.value},
                          {"the scope", "scope", level.scope},
                          {"the place on the axis of scope", "position", fmt::format("{}", level.scope_position)},
                          {"the autonomy", "autonomy", level.autonomy},
                          {"the span", "span", level.span},
                          {"the shift", "shift", level.shift},
                          {"when to switch it on", "when", level.when},
                          {"the band", "band", level.band},
                          {"the summary", "summary", text_of(level.summary)}};
  add_parts(parts, level.sections);
  return parts;
}

std::vector<Part> parts_of(const Threshold& threshold) {
  return {{"the level", "level", threshold.level ? threshold.level->value : std::string()},
          {"the measure", "measure", threshold.measure},
          {"the range", "range", threshold.range()},
          {"the reason", "reason", threshold.reason},
          {"what else it may mean", "also", threshold.also},
          {"the conversation it suggests", "ask", threshold.ask}};
}

std::string described(const Equivalence& equivalence) {
  std::vector<std::string> equals;
  for (const LevelId& id : equivalence.equals) equals.push_back(id.value);
  std::sort(equals.begin(), equals.end());
  std::string words = fmt::format("{} stands level with {}", equivalence.place.value, in_words(equals));
  if (equivalence.while_dormant) words += fmt::format(" while {} is dormant", equivalence.while_dormant->value);
  if (equivalence.once_active) words += fmt::format(" once {} is in use", equivalence.once_active->value);
  return words;
}

}  // namespace waymark::pathway::comparing
