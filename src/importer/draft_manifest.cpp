#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/draft.hpp"
#include "importer/outline_builder.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

bool is_index(const Document& document) {
  const std::string lower = to_lower_ascii(document.path);
  const std::string name = lower.substr(lower.find_last_of('/') + 1);
  return name.starts_with("readme.") || name.starts_with("index.") || name.starts_with("_index.");
}

/// The index page nearest to the top, or the only document, gives the pathway its name.
const Document* naming_document(const Draft& draft) {
  const Document* best = nullptr;
  std::size_t depth = 0;
  for (const Document& document : draft.outline.documents) {
    const std::size_t here = split(document.path, '/').size();
    const bool fits = (is_index(document) || draft.outline.documents.size() == 1) && !document.root.sentences.empty() &&
                      !read_title(document.root.title).names_level;
    if (!fits || (best != nullptr && here >= depth)) continue;
    best = &document;
    depth = here;
  }
  return best;
}

std::string ids_of(const Draft& draft, const FoundTrack& track) {
  std::vector<std::string> ids;
  for (const std::size_t level : track.levels) ids.push_back(draft.found.levels[level].id);
  return join(ids, ", ");
}

}  // namespace

std::string name_in_source(const Draft& draft) {
  const Document* naming = naming_document(draft);
  std::string name = naming != nullptr ? read_title(naming->root.title).plain : std::string();
  if (name.empty()) name = title_from_path(draft.outline.name);
  return name.empty() ? "Imported framework" : name;
}

void name_pathway(Draft& draft) {
  const Document* naming = draft.name.empty() ? naming_document(draft) : nullptr;
  if (naming != nullptr) {
    draft.name = read_title(naming->root.title).plain;
    draft.name_from = naming->root.place;
    draft.ledger.keep(naming->root.sentences, "pathway.yaml, name");
  }
  if (draft.name.empty()) draft.name = title_from_path(draft.outline.name);
  if (draft.name.empty()) draft.name = "Imported framework";
}

void write_manifest(Draft& draft) {
  const std::string name_from = draft.name_from ? fmt::format("  # from: {}", comment_text(to_string(*draft.name_from))) : std::string();
  std::string text = fmt::format(
      "# A draft made by `waymark import framework`. import-report.md says what was guessed.\nname: {}{}\nversion: draft\nlanguage: en\nstatus: "
      "draft\n\n",
      yaml_value(draft.name), name_from);
  text += fmt::format("# not in the source: Waymark's own axis of scope\nscope_axis: [{}]\n\ntracks:\n", join(scope_axis(), ", "));
  for (const FoundTrack& track : draft.found.tracks) {
    const std::string reason = track.order_reason.empty() ? std::string() : fmt::format("    # ordered {}\n", track.order_reason);
    text += fmt::format("  - id: {}\n    title: {}\n{}    levels: [{}]\n", track.id, track.title, reason, ids_of(draft, track));
  }
  std::string routes;
  for (const FoundTrack& track : draft.found.tracks) {
    for (std::size_t i = 1; i < track.levels.size(); ++i) {
      routes += fmt::format("  - from: {}\n    to: {}\n", draft.found.levels[track.levels[i - 1]].id, draft.found.levels[track.levels[i]].id);
    }
  }
  std::string forks;
  for (const FoundTrack& track : draft.found.tracks) {
    if (!track.comes_from) continue;
    const FoundLevel& from = draft.found.levels[*track.comes_from];
    const FoundLevel& first = draft.found.levels[track.levels.front()];
    routes += fmt::format("  # {}\n  - from: {}\n    to: {}\n", comment_text(track.fork_reason), from.id, first.id);
    const FoundTrack& own = draft.found.track_of(*track.comes_from);
    const auto at = std::find(own.levels.begin(), own.levels.end(), *track.comes_from);
    if (at + 1 == own.levels.end() || !forks.empty()) continue;
    forks = fmt::format("\n# {}\nfork:\n  at: {}\n  branches: [{}, {}]\n", comment_text(track.fork_reason), from.id, draft.found.levels[*(at + 1)].id,
                        first.id);
  }
  text += routes.empty() ? "\n# not in the source: routes\n"
                         : "\n# onward, in the order of each track; not in the source: the ways back\nroutes:\n" + routes;
  text += forks + fmt::format("\n# not in the source: {}equivalences, thresholds\n", forks.empty() ? "fork, " : "");
  for (const FoundTrack& track : draft.found.tracks) {
    const FoundLevel& first = draft.found.levels[track.levels.front()];
    if (!first.leads_people || track.comes_from || draft.found.tracks.size() < 2) continue;
    draft.questions.push_back(
        fmt::format("{}: From which place does one come to “{}”? The source does not say, so pathway.yaml has no route there and no fork.",
                    to_string(first.place()), first.title));
  }
  draft.files.push_back({"pathway.yaml", std::move(text)});
}

}  // namespace waymark::importer
