#include "pathway/version_difference.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "pathway/version_parts.hpp"

namespace waymark::pathway {
namespace {

using Kind = VersionChange::Kind;
using comparing::described;
using comparing::Part;
using comparing::parts_of;

/// Things of two versions, paired by what names them. The first of a name counts, as everywhere.
template <class Thing>
struct Pair {
  const Thing* before = nullptr;
  const Thing* after = nullptr;
};

template <class Thing, class Name>
auto pair_up(const std::vector<Thing>& before, const std::vector<Thing>& after, Name name) {
  std::map<std::string, Pair<Thing>> pairs;
  for (const Thing& each : before) {
    Pair<Thing>& pair = pairs[name(each)];
    if (pair.before == nullptr) pair.before = &each;
  }
  for (const Thing& each : after) {
    Pair<Thing>& pair = pairs[name(each)];
    if (pair.after == nullptr) pair.after = &each;
  }
  return pairs;
}

std::string id_of(const auto& thing) { return thing.id.value; }

std::string ids_in_words(const std::vector<LevelId>& ids) {
  std::vector<std::string> words;
  for (const LevelId& id : ids) words.push_back(id.value);
  return words.empty() ? "nothing" : in_words(words);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

bool same_words(std::string_view a, std::string_view b) { return collapse_white_space(a) == collapse_white_space(b); }

bool equal_or_both_absent(const Level* a, const Level* b) { return (a == nullptr) == (b == nullptr) && (a == nullptr || a->id == b->id); }

std::string route_name(const Route& route) { return route.from.value + " → " + route.to.value; }
std::string_view kind_in_words(Route::Kind kind) { return kind == Route::Kind::onward ? "onward" : "a return"; }

class Comparison {
 public:
  Comparison(const Pathway& before, const Pathway& after) : m_before(before), m_after(after) {}

  std::vector<VersionChange> compare() {
    compare_criteria();
    for (const auto& [id, pair] : pair_up(m_before.levels, m_after.levels, id_of<Level>)) compare(id, pair);
    for (const auto& [name, pair] : pair_up(m_before.routes, m_after.routes, route_name)) compare(name, pair);
    for (const auto& [id, pair] : pair_up(m_before.thresholds, m_after.thresholds, [](const Threshold& each) { return each.id; })) compare(id, pair);
    compare_pages(m_before.capabilities, m_after.capabilities, Kind::capability_changed, "capability");
    for (const auto& [id, pair] : pair_up(m_before.capabilities, m_after.capabilities, id_of<Capability>)) compare_support(id, pair);
    compare_pages(m_before.archetypes, m_after.archetypes, Kind::archetype_changed, "archetype");
    compare_forks();
    compare_equivalences();
    for (const auto& [id, pair] : pair_up(m_before.tracks, m_after.tracks, id_of<Track>)) compare(id, pair);
    if (m_before.scope_axis != m_after.scope_axis) {
      add(Kind::axis_changed, "scope_axis", fmt::format("The axis of scope was {} and is {}.", axis_in_words(m_before), axis_in_words(m_after)));
    }
    compare_names();
    compare_retired();
    const auto by_kind_and_subject = [](const VersionChange& a, const VersionChange& b) {
      return std::tie(a.kind, a.subject) < std::tie(b.kind, b.subject);
    };
    std::stable_sort(m_changes.begin(), m_changes.end(), by_kind_and_subject);
    return std::move(m_changes);
  }

 private:
  void add(Kind kind, const std::string& subject, std::string summary, std::vector<WordEdit> words = {}) {
    m_changes.push_back({kind, subject, std::move(summary), std::move(words), {}});
  }

  // ---- criteria ----

  static std::map<Citation, const Criterion*> criteria_of(const Pathway& pathway) {
    std::map<Citation, const Criterion*> criteria;
    for (const Level& level : pathway.levels) {
      for (const Criterion& criterion : level.criteria) criteria.emplace(criterion.citation(), &criterion);
    }
    return criteria;
  }

  static bool say_the_same(const Criterion& a, const Criterion& b) { return same_words(a.title, b.title) && same_words(a.text(), b.text()); }

  static std::vector<WordEdit> edits(const Criterion& before, const Criterion& after) {
    if (say_the_same(before, after)) return {};
    if (same_words(before.title, after.title)) return word_diff(before.text(), after.text());
    if (same_words(before.text(), after.text())) return word_diff(before.title, after.title);
    return word_diff(before.title + ". " + before.text(), after.title + ". " + after.text());
  }

  void compare_criteria() {
    std::map<Citation, const Criterion*> gone = criteria_of(m_before);
    std::map<Citation, const Criterion*> fresh = criteria_of(m_after);
    for (auto at = gone.begin(); at != gone.end();) {
      const auto same = fresh.find(at->first);
      if (same == fresh.end()) {
        ++at;
        continue;
      }
      compare(*at->second, *same->second);
      fresh.erase(same);
      at = gone.erase(at);
    }
    for (const auto& [citation, criterion] : gone) {
      if (const Criterion* moved = moved_to(*criterion, fresh)) {
        fresh.erase(moved->citation());
        report_moved(*criterion, *moved);
      } else {
        report_gone(*criterion);
      }
    }
    for (const auto& [citation, criterion] : fresh) {
      add(Kind::criterion_added, to_string(citation), fmt::format("“{}” counts at {} from now on.", criterion->title, citation.level.value));
    }
  }

  void compare(const Criterion& before, const Criterion& after) {
    if (say_the_same(before, after)) return;
    const bool title = !same_words(before.title, after.title);
    const bool text = !same_words(before.text(), after.text());
    const std::string_view what = title && text ? "The heading and the words of" : title ? "The heading of" : "The words of";
    add(Kind::criterion_reworded, to_string(after.citation()),
        fmt::format("{} “{}” at {} {} changed.", what, after.title, after.level.value, title && !text ? "has" : "have"), edits(before, after));
  }

  // The same anchor at another level; where several have it, the one that also says the same.
  static const Criterion* moved_to(const Criterion& gone, const std::map<Citation, const Criterion*>& fresh) {
    const Criterion* found = nullptr;
    for (const auto& [citation, criterion] : fresh) {
      if (citation.anchor != gone.anchor) continue;
      if (say_the_same(gone, *criterion)) return criterion;
      if (found == nullptr) found = criterion;
    }
    return found;
  }

  void report_moved(const Criterion& before, const Criterion& after) {
    const std::string_view reworded = say_the_same(before, after) ? "" : ", in other words";
    add(Kind::criterion_moved, to_string(after.citation()),
        fmt::format("“{}” moved from {} to {}{}.", after.title, before.level.value, after.level.value, reworded), edits(before, after));
    m_changes.back().from = to_string(before.citation());
  }

  void report_gone(const Criterion& criterion) {
    const Citation citation = criterion.citation();
    const auto entry = std::find_if(m_after.retired.begin(), m_after.retired.end(), [&](const Retired& each) { return each.criterion == citation; });
    if (entry == m_after.retired.end()) {
      add(Kind::criterion_vanished, to_string(citation),
          fmt::format("“{}” is gone from {} and not listed as retired.", criterion.title, criterion.level.value));
      return;
    }
    std::string summary = fmt::format("“{}” no longer counts at {}.", criterion.title, criterion.level.value);
    if (entry->now)
      summary = fmt::format("“{}” no longer counts at {}; {} stands in its place.", criterion.title, criterion.level.value, to_string(*entry->now));
    add(Kind::criterion_retired, to_string(citation), std::move(summary));
  }

  // ---- levels, routes, thresholds, tracks ----

  void compare(const std::string& id, const Pair<Level>& pair) {
    if (pair.before == nullptr) return add(Kind::level_added, id, fmt::format("{} ({}) is a new place.", id, pair.after->title));
    if (pair.after == nullptr) return add(Kind::level_removed, id, fmt::format("The place {} ({}) is gone.", id, pair.before->title));
    compare_parts(Kind::level_changed, id, parts_of(*pair.before), parts_of(*pair.after));
    if (pair.before->dormant != pair.after->dormant) {
      add(Kind::level_changed, id, fmt::format("{} {}.", id, pair.after->dormant ? "is dormant from now on" : "is in use from now on"));
    }
    compare_stops(*pair.before, *pair.after);
    const Level* base_before = m_before.place_before(*pair.before);
    const Level* base_after = m_after.place_before(*pair.after);
    if (equal_or_both_absent(base_before, base_after)) return;
    const auto name = [](const Level* level) { return level == nullptr ? std::string("nothing") : level->id.value; };
    add(Kind::level_changed, id, fmt::format("What counts at {} builds on {} now; before, it built on {}.", id, name(base_after), name(base_before)));
  }

  void compare_stops(const Level& before, const Level& after) {
    const auto named = [](const Level& level) {
      std::set<std::string> ids;
      for (const StopsCounting& stops : level.stops) ids.insert(to_string(stops.criterion));
      return ids;
    };
    report_set(named(before), named(after), [&](const std::string& id, bool fresh) {
      add(Kind::level_changed, after.id.value,
          fmt::format(fmt::runtime(fresh ? "{} stops counting at {}." : "{} no longer stops counting at {}."), id, after.id.value));
    });
  }

  template <class ReportOne>
  static void report_set(const std::set<std::string>& before, const std::set<std::string>& after, const ReportOne& report) {
    for (const std::string& each : before) {
      if (!after.contains(each)) report(each, false);
    }
    for (const std::string& each : after) {
      if (!before.contains(each)) report(each, true);
    }
  }

  void compare(const std::string& name, const Pair<Route>& pair) {
    if (pair.before == nullptr)
      return add(Kind::route_added, name, fmt::format("There is a route from {} to {} now.", pair.after->from.value, pair.after->to.value));
    if (pair.after == nullptr)
      return add(Kind::route_removed, name, fmt::format("There is no route from {} to {} any more.", pair.before->from.value, pair.before->to.value));
    if (pair.before->kind != pair.after->kind) {
      add(Kind::route_changed, name,
          fmt::format("The route is {} now; it was {}.", kind_in_words(pair.after->kind), kind_in_words(pair.before->kind)));
    }
    compare_parts(Kind::route_changed, name, {{"the note on the route", "note", pair.before->note}},
                  {{"the note on the route", "note", pair.after->note}});
  }

  void compare(const std::string& id, const Pair<Threshold>& pair) {
    const auto name = [](const Threshold& each) { return fmt::format("{}: {}", each.measure, each.range()); };
    if (pair.before == nullptr) return add(Kind::threshold_added, id, fmt::format("There is a new threshold, {}.", name(*pair.after)));
    if (pair.after == nullptr) return add(Kind::threshold_removed, id, fmt::format("The threshold {} is gone.", name(*pair.before)));
    compare_parts(Kind::threshold_changed, id, parts_of(*pair.before), parts_of(*pair.after));
  }

  void compare(const std::string& id, const Pair<Track>& pair) {
    if (pair.before == nullptr) return add(Kind::tracks_changed, id, fmt::format("{} is a new track.", pair.after->title));
    if (pair.after == nullptr) return add(Kind::tracks_changed, id, fmt::format("The track {} is gone.", pair.before->title));
    if (pair.before->levels != pair.after->levels) {
      add(Kind::tracks_changed, id,
          fmt::format("The places of the track were {} and are {}.", ids_in_words(pair.before->levels), ids_in_words(pair.after->levels)));
    }
    const auto parts = [](const Track& track) {
      return std::vector<Part>{{"the title", "title", track.title}, {"the summary", "summary", track.summary}};
    };
    compare_parts(Kind::tracks_changed, id, parts(*pair.before), parts(*pair.after));
  }

  // ---- pages ----

  void compare_parts(Kind kind, const std::string& subject, const std::vector<Part>& before, const std::vector<Part>& after) {
    for (const auto& [key, pair] : pair_up(before, after, [](const Part& part) { return part.key; })) {
      const std::string was = pair.before == nullptr ? std::string() : pair.before->text;
      const std::string is = pair.after == nullptr ? std::string() : pair.after->text;
      if (pair.before == nullptr || (was.empty() && !is.empty())) {
        add(kind, subject, fmt::format("{} is new.", capitalised(pair.after->name)), word_diff(was, is));
      } else if (pair.after == nullptr || (is.empty() && !was.empty())) {
        add(kind, subject, fmt::format("{} is gone.", capitalised(pair.before->name)), word_diff(was, is));
      } else if (!same_words(was, is)) {
        add(kind, subject, fmt::format("{} has changed.", capitalised(pair.after->name)), word_diff(was, is));
      }
    }
  }

  template <class Page>
  void compare_pages(const std::vector<Page>& before, const std::vector<Page>& after, Kind kind, std::string_view what) {
    for (const auto& [id, pair] : pair_up(before, after, id_of<Page>)) {
      if (pair.before == nullptr) {
        add(kind, id, fmt::format("The {} {} is new.", what, pair.after->title));
      } else if (pair.after == nullptr) {
        add(kind, id, fmt::format("The {} {} is gone.", what, pair.before->title));
      } else {
        compare_parts(kind, id, parts_of(*pair.before), parts_of(*pair.after));
      }
    }
  }

  void compare_support(const std::string& id, const Pair<Capability>& pair) {
    if (pair.before == nullptr || pair.after == nullptr) return;
    const auto supported = [](const Capability& capability) {
      std::set<std::string> ids;
      for (const Citation& citation : capability.criteria) ids.insert(to_string(citation));
      return ids;
    };
    report_set(supported(*pair.before), supported(*pair.after), [&](const std::string& criterion, bool fresh) {
      add(Kind::capability_changed, id, fmt::format("{} {} {}.", pair.after->title, fresh ? "now supports" : "no longer supports", criterion));
    });
  }

  void compare_forks() {
    if (m_before.fork.has_value() != m_after.fork.has_value()) {
      const Fork& fork = m_after.fork ? *m_after.fork : *m_before.fork;
      return add(Kind::fork_changed, "fork",
                 fmt::format("{} at {}.", m_after.fork ? "There is a fork now," : "There is no fork any more", fork.at.value));
    }
    if (!m_before.fork) return;
    if (m_before.fork->at != m_after.fork->at) {
      add(Kind::fork_changed, "fork", fmt::format("The fork is at {} now; it was at {}.", m_after.fork->at.value, m_before.fork->at.value));
    }
    const auto branches = [](const Fork& fork) { return std::set<LevelId>(fork.branches.begin(), fork.branches.end()); };
    if (branches(*m_before.fork) != branches(*m_after.fork)) {
      add(Kind::fork_changed, "fork",
          fmt::format("The branches were {} and are {}.", ids_in_words(m_before.fork->branches), ids_in_words(m_after.fork->branches)));
    }
    compare_parts(Kind::fork_changed, "fork", parts_of(*m_before.fork), parts_of(*m_after.fork));
  }

  // ---- the rest of pathway.yaml ----

  void compare_equivalences() {
    for (const auto& [words, pair] : pair_up(m_before.equivalences, m_after.equivalences, described)) {
      const std::string place = (pair.after != nullptr ? pair.after : pair.before)->place.value;
      if (pair.before == nullptr) {
        add(Kind::equivalences_changed, place, fmt::format("From now on {}.", words));
      } else if (pair.after == nullptr) {
        add(Kind::equivalences_changed, place, fmt::format("It is no longer so that {}.", words));
      } else if (!same_words(pair.before->note, pair.after->note)) {
        add(Kind::equivalences_changed, place, fmt::format("The note has changed where {}.", words), word_diff(pair.before->note, pair.after->note));
      }
    }
  }

  static std::string axis_in_words(const Pathway& pathway) { return pathway.scope_axis.empty() ? "empty" : in_words(pathway.scope_axis); }

  void compare_names() {
    const auto compare_one = [&](std::string_view what, const std::string& before, const std::string& after) {
      if (before != after) {
        const auto shown = [](const std::string& value) { return value.empty() ? std::string("not given") : fmt::format("“{}”", value); };
        add(Kind::pathway_changed, "pathway", fmt::format("The {} was {} and is {}.", what, shown(before), shown(after)));
      }
    };
    compare_one("name", m_before.name, m_after.name);
    compare_one("version label", m_before.version_label, m_after.version_label);
    compare_one("language", m_before.language, m_after.language);
    compare_one("address", m_before.url, m_after.url);
    if (m_before.draft != m_after.draft) {
      add(Kind::pathway_changed, "pathway", m_after.draft ? "The pathway is a draft now." : "The pathway is no longer a draft.");
    }
  }

  // Entries about criteria that went in this very version are told with them.
  void compare_retired() {
    const auto name = [](const Retired& each) { return to_string(each.criterion); };
    for (const auto& [id, pair] : pair_up(m_before.retired, m_after.retired, name)) {
      if (pair.after == nullptr) {
        add(Kind::pathway_changed, id, fmt::format("{} is no longer listed as retired.", id));
      } else if (pair.before == nullptr) {
        const Citation& gone = pair.after->criterion;
        const bool was_there = gone.anchor.empty() ? m_before.level(gone.level) != nullptr : m_before.criterion(gone) != nullptr;
        if (!was_there) add(Kind::pathway_changed, id, fmt::format("{} is listed as retired now.", id));
      } else if (pair.before->in != pair.after->in || pair.before->now != pair.after->now || !same_words(pair.before->because, pair.after->because)) {
        add(Kind::pathway_changed, id, fmt::format("What is said about the retired {} has changed.", id),
            word_diff(pair.before->because, pair.after->because));
      }
    }
  }

  const Pathway& m_before;
  const Pathway& m_after;
  std::vector<VersionChange> m_changes;
};

}  // namespace

std::string_view to_string(VersionChange::Kind kind) {
  switch (kind) {
    case Kind::criterion_added: return "criterion-added";
    case Kind::criterion_reworded: return "criterion-reworded";
    case Kind::criterion_moved: return "criterion-moved";
    case Kind::criterion_retired: return "criterion-retired";
    case Kind::criterion_vanished: return "criterion-vanished";
    case Kind::level_added: return "level-added";
    case Kind::level_removed: return "level-removed";
    case Kind::level_changed: return "level-changed";
    case Kind::route_added: return "route-added";
    case Kind::route_removed: return "route-removed";
    case Kind::route_changed: return "route-changed";
    case Kind::threshold_added: return "threshold-added";
    case Kind::threshold_removed: return "threshold-removed";
    case Kind::threshold_changed: return "threshold-changed";
    case Kind::capability_changed: return "capability-changed";
    case Kind::archetype_changed: return "archetype-changed";
    case Kind::fork_changed: return "fork-changed";
    case Kind::equivalences_changed: return "equivalences-changed";
    case Kind::tracks_changed: return "tracks-changed";
    case Kind::axis_changed: return "axis-changed";
    case Kind::pathway_changed: return "pathway-changed";
  }
  return {};
}

std::vector<VersionChange> compare_versions(const Pathway& before, const Pathway& after) { return Comparison(before, after).compare(); }

}  // namespace waymark::pathway
