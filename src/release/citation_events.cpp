#include "release/citation_events.hpp"

#include <set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "pathway/cite.hpp"

namespace waymark::release {
namespace {

using pathway::Citation;
using pathway::Level;
using pathway::Passage;
using Event = CitationEvent::Event;

std::set<std::string> anchors_of(const Level& level) {
  std::set<std::string> anchors;
  const auto add = [&](const std::vector<Passage>& passages) {
    for (const Passage& passage : passages) anchors.insert(passage.anchor);
  };
  add(level.summary);
  for (const pathway::Criterion& criterion : level.criteria) {
    anchors.insert(criterion.anchor);
    add(criterion.passages);
  }
  for (const pathway::Section& section : level.sections) {
    anchors.insert(section.anchor);
    add(section.passages);
  }
  for (const pathway::StopsCounting& stops : level.stops) anchors.insert(stops.because.anchor);
  anchors.erase(std::string());
  return anchors;
}

}  // namespace

std::string said_by(const pathway::CitedWords& cited) {
  // Of a paragraph the title is that of its section and no part of what it says.
  const bool is_paragraph =
      cited.criterion == nullptr && (cited.section == nullptr ? !cited.citation.anchor.empty() : cited.section->anchor != cited.citation.anchor);
  if (is_paragraph) return sha256_hex(collapse_white_space(cited.words));
  // Without the place, so that a criterion that moves says what it said.
  return sha256_hex(collapse_white_space((cited.criterion != nullptr ? cited.criterion->title : cited.title) + '\n' + cited.words));
}

std::map<std::string, std::string> said_in(const pathway::Pathway& pathway) {
  std::map<std::string, std::string> said;
  const auto add = [&](const Citation& citation) {
    const std::string id = to_string(citation);
    if (const auto cited = pathway::cite(pathway, id)) said.emplace(to_string(cited->citation), said_by(*cited));
  };
  for (const Level& level : pathway.levels) {
    add({level.id, {}});
    for (const std::string& anchor : anchors_of(level)) add({level.id, anchor});
  }
  return said;
}

std::vector<CitationEvent> citation_events(const pathway::Pathway* before, const pathway::Pathway& after, const std::vector<Change>& changes) {
  std::vector<CitationEvent> events;
  const std::map<std::string, std::string> was = before == nullptr ? std::map<std::string, std::string>() : said_in(*before);
  const std::map<std::string, std::string> is = said_in(after);
  for (const auto& [citation, words] : is) {
    const auto old = was.find(citation);
    if (old == was.end() || old->second != words) events.push_back({.citation = citation, .event = Event::said, .words = words});
  }
  std::map<std::string, std::string> moved;
  for (const Change& change : changes) {
    if (!change.what.from.empty()) moved.emplace(change.what.from, change.what.subject);
  }
  std::map<std::string, const pathway::Retired*> retired;
  for (const pathway::Retired& each : after.retired) retired.emplace(to_string(each.criterion), &each);
  for (const auto& [citation, words] : was) {
    if (is.contains(citation)) continue;
    if (const auto to = moved.find(citation); to != moved.end()) {
      events.push_back({.citation = citation, .event = Event::moved, .other = to->second});
    } else if (const auto entry = retired.find(citation); entry != retired.end()) {
      events.push_back({.citation = citation,
                        .event = Event::retired,
                        .other = entry->second->now ? to_string(*entry->second->now) : std::string(),
                        .because = entry->second->because});
    } else {
      events.push_back({.citation = citation, .event = Event::gone});
    }
  }
  return events;
}

}  // namespace waymark::release
