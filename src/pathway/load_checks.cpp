#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "pathway/loading.hpp"

namespace waymark::pathway::loading {
namespace {

using markup::Block;
using Page = std::pair<Target::Kind, std::string>;

void add(std::set<std::string>& anchors, const std::vector<Passage>& passages) {
  for (const Passage& passage : passages) anchors.insert(passage.anchor);
}

void add(std::set<std::string>& anchors, const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    anchors.insert(section.anchor);
    add(anchors, section.passages);
  }
}

void add(std::set<std::string>& anchors, const std::vector<AtLevel>& levels) {
  for (const AtLevel& level : levels) {
    anchors.insert(level.level.value);
    add(anchors, level.passages);
  }
}

std::map<Page, std::set<std::string>> anchors_of(const Pathway& pathway) {
  std::map<Page, std::set<std::string>> pages;
  for (const Level& level : pathway.levels) {
    auto& anchors = pages[{Target::Kind::level, level.id.value}];
    add(anchors, level.summary);
    add(anchors, level.sections);
    for (const Criterion& criterion : level.criteria) {
      anchors.insert(criterion.anchor);
      add(anchors, criterion.passages);
    }
  }
  for (const Capability& capability : pathway.capabilities) {
    auto& anchors = pages[{Target::Kind::capability, capability.id.value}];
    add(anchors, capability.intro);
    add(anchors, capability.levels);
    add(anchors, capability.sections);
  }
  for (const Archetype& archetype : pathway.archetypes) {
    auto& anchors = pages[{Target::Kind::archetype, archetype.id.value}];
    add(anchors, archetype.intro);
    add(anchors, archetype.levels);
    add(anchors, archetype.sections);
  }
  if (pathway.fork) {
    auto& anchors = pages[{Target::Kind::fork, ""}];
    add(anchors, pathway.fork->intro);
    add(anchors, pathway.fork->sections);
    for (const Branch& way : pathway.fork->ways) {
      anchors.insert(way.anchor);
      add(anchors, way.intro);
      for (const Branch::Aspect& aspect : way.aspects) {
        anchors.insert(aspect.anchor);
        add(anchors, aspect.passages);
      }
    }
  }
  pages[{Target::Kind::pathway, ""}];
  return pages;
}

bool is_relative_markdown(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('#'));
  return path.ends_with(".md") && path.find("://") == std::string_view::npos && !path.starts_with('/');
}

}  // namespace

void check_levels(Pathway& pathway, const Manifest& manifest, Report& report) {
  for (Level& level : pathway.levels) {
    level.dormant = manifest.dormant.contains(level.id.value);
    const auto listed = manifest.track_of_level.find(level.id.value);
    if (manifest.is_broken) {
      // Nothing is listed anywhere, and that was said once.
    } else if (listed == manifest.track_of_level.end()) {
      report.error("level-not-listed", level.place, fmt::format("No track in pathway.yaml lists `{}`.", level.id.value),
                   fmt::format("Add it to `levels:` of the track `{}`.", level.track.value));
    } else if (listed->second.text != level.track.value && pathway.track(level.track) != nullptr) {
      report.error("track-differs", level.place,
                   fmt::format("This page says `{}` is on the track `{}`; pathway.yaml lists it on `{}`.", level.id.value, level.track.value,
                               listed->second.text),
                   "Correct one of the two.");
    }
    for (const StopsCounting& stops : level.stops) {
      if (stops.criterion.level == level.id) {
        report.error("stops-its-own", {level.place.file, stops.because.block.span},
                     fmt::format("`{}` is a criterion of this very place.", to_string(stops.criterion)), "Name a criterion of an earlier place.");
      }
    }
  }
  // By track, in track order: everything that lists places relies on it.
  const auto order = [&](const Level& level) {
    for (std::size_t t = 0; t < pathway.tracks.size(); ++t) {
      const auto& ids = pathway.tracks[t].levels;
      if (const auto at = std::find(ids.begin(), ids.end(), level.id); at != ids.end()) return std::pair(t, at - ids.begin());
    }
    return std::pair(pathway.tracks.size(), std::ptrdiff_t{0});
  };
  std::stable_sort(pathway.levels.begin(), pathway.levels.end(), [&](const Level& a, const Level& b) { return order(a) < order(b); });
}

void check_references(const Pathway& pathway, const Manifest& manifest, Report& report) {
  const std::vector<std::string> ids = level_ids(pathway);
  for (const LevelReference& reference : manifest.references) {
    if (pathway.level(LevelId{reference.id.text}) != nullptr || manifest.broken_pages.contains(reference.id.text)) continue;
    const std::string near = did_you_mean(reference.id.text, ids);
    report.error(reference.rule, reference.id.place, fmt::format("{} `{}`, and there is no such level.", reference.phrase, reference.id.text),
                 near.empty() ? fmt::format("Write levels/{}.md, or correct the id.", reference.id.text) : "Correct the id." + near);
  }
  for (const Retired& retired : pathway.retired) {
    if (const Criterion* criterion = pathway.criterion(retired.criterion)) {
      report.error("retired-id-in-use", criterion->place,
                   fmt::format("`{}` is listed under `retired:` and still stands here.", to_string(retired.criterion)),
                   "Give the criterion a new id, or take the old one off the list.");
    }
    const Level* const level = retired.criterion.anchor.empty() ? pathway.level(retired.criterion.level) : nullptr;
    if (level != nullptr) {
      report.error("retired-id-in-use", level->place, fmt::format("`{}` is listed under `retired:` and still stands here.", level->id.value),
                   "Give the place a new id, or take the old one off the list.");
    }
  }
  for (const auto& [citation, place] : manifest.replacements) {
    const bool is_there = citation.anchor.empty() ? pathway.level(citation.level) != nullptr : pathway.criterion(citation) != nullptr;
    if (!is_there) {
      report.error("dangling-link", place, fmt::format("There is no {} `{}`.", citation.anchor.empty() ? "place" : "criterion", to_string(citation)),
                   "Correct `now:`, or leave it out.");
    }
  }
}

void check_links(const Pathway& pathway, const Manifest& manifest, const std::vector<std::shared_ptr<const Document>>& documents, Report& report) {
  const std::map<Page, std::set<std::string>> pages = anchors_of(pathway);
  for (const std::shared_ptr<const Document>& shared : documents) {
    const Document& document = *shared;
    for (const Block& block : document.blocks) {
      for (const markup::Link& link : block.links) {
        const Place place = document.place(link.span);
        const std::optional<Target> target = resolve_link(document.source.name(), link.target);
        if (!target) {
          if (is_relative_markdown(link.target)) {
            report.warning("foreign-link", place, fmt::format("`{}` is no page of the pathway.", link.target),
                           "Link a page of levels/, capabilities/ or archetypes/, or a full address.");
          }
          continue;
        }
        const bool unknowable = (target->kind == Target::Kind::level && manifest.broken_pages.contains(target->id)) ||
                                (target->kind == Target::Kind::fork && manifest.is_broken);
        if (unknowable) continue;
        const auto page = pages.find({target->kind, target->id});
        if (page == pages.end()) {
          report.error("dangling-link", place, fmt::format("`{}` leads to a page that is not there.", link.target),
                       "Correct the link, or write the page.");
        } else if (!target->anchor.empty() && !page->second.contains(target->anchor)) {
          const std::vector<std::string> anchors(page->second.begin(), page->second.end());
          report.error("dangling-link", place, fmt::format("`{}` leads to an id that is not on that page.", link.target),
                       "Correct the id." + did_you_mean(target->anchor, anchors));
        }
      }
    }
  }
}

}  // namespace waymark::pathway::loading
