#include "release/obstacles.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "release/citation_events.hpp"
#include "release/release_records.hpp"

namespace waymark::release {
namespace {

using pathway::Pathway;
using ChangeKind = pathway::VersionChange::Kind;
using Kind = Obstacle::Kind;

constexpr std::size_t longest_text = 4000;

bool lists(const Pathway& pathway, const pathway::Citation& citation) {
  return std::any_of(pathway.retired.begin(), pathway.retired.end(), [&](const pathway::Retired& each) { return each.criterion == citation; });
}

bool stands(const Pathway& pathway, const pathway::Citation& citation) {
  return citation.anchor.empty() ? pathway.level(citation.level) != nullptr : pathway.criterion(citation) != nullptr;
}

std::string entry_for(std::string_view id, const Pathway& after, std::string_view now) {
  std::string entry = fmt::format("  - id: {}\n", id);
  if (!after.version_label.empty()) entry += fmt::format("    in: \"{}\"\n", after.version_label);
  entry += "    because: …\n";
  if (!now.empty()) entry += fmt::format("    now: {}\n", now);
  return entry;
}

}  // namespace

std::vector<Obstacle> vanished_ids(const Pathway& before, const Pathway& after, const std::vector<Change>& changes) {
  std::vector<Obstacle> obstacles;
  const auto add = [&](const std::string& id, std::string message, std::string_view now = {}) {
    obstacles.push_back({Kind::vanished, id, std::move(message), "Say under `retired:` in pathway.yaml what became of it, or bring it back.",
                         entry_for(id, after, now)});
  };
  for (const Change& change : changes) {
    const std::string& subject = change.what.subject;
    if (change.what.kind == ChangeKind::criterion_vanished) {
      add(subject, fmt::format("{} is gone, and nothing says what became of it.", subject));
    } else if (change.what.kind == ChangeKind::criterion_moved) {
      const auto from = pathway::parse_citation(change.what.from);
      if (from && !lists(after, *from)) {
        add(change.what.from, fmt::format("{} is {} now, and nothing says so to whoever cited it.", change.what.from, subject), subject);
      }
    } else if (change.what.kind == ChangeKind::level_removed && !lists(after, {{subject}, {}})) {
      add(subject, fmt::format("The place {} is gone, and nothing says what became of it.", subject));
    }
  }
  for (const pathway::Retired& each : before.retired) {
    if (lists(after, each.criterion) || stands(after, each.criterion)) continue;
    const std::string id = to_string(each.criterion);
    add(id, fmt::format("{} was retired, and is no longer listed.", id), each.now ? to_string(*each.now) : std::string());
  }
  return obstacles;
}

std::vector<Rewording> rewordings(db::Reader& reader, std::string_view pathway, const Pathway& after, const std::vector<Change>& changes) {
  std::vector<Rewording> found;
  for (const Change& change : changes) {
    const bool moved = change.what.kind == ChangeKind::criterion_moved;
    if (change.what.kind == ChangeKind::criterion_reworded || (moved && !change.what.words.empty())) found.push_back({change.what.subject, false});
    if (change.what.kind != ChangeKind::criterion_added && !moved) continue;
    const auto before = last_said(reader, pathway, change.what.subject);
    const auto now = pathway::cite(after, change.what.subject);
    if (before && now && before->words != said_by(*now) && (found.empty() || found.back().citation != change.what.subject)) {
      found.push_back({change.what.subject, true});
    }
  }
  return found;
}

std::vector<Obstacle> undeclared(const std::vector<Rewording>& rewordings, const std::vector<std::string>& same_meaning,
                                 std::vector<Change>& changes) {
  std::vector<Obstacle> obstacles;
  std::set<std::string> declared;
  std::vector<std::string> ids;
  for (const Rewording& each : rewordings) ids.push_back(each.citation);
  for (const std::string& said : same_meaning) {
    const std::string id(trim(said));
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
      declared.insert(id);
      continue;
    }
    const auto near = nearest(id, ids);
    obstacles.push_back({Kind::declaration, id, fmt::format("`{}` is declared to mean the same, and was not reworded.", id.substr(0, 80)),
                         near ? fmt::format("Did you mean {}?", *near) : "Leave it out."});
  }
  for (const Rewording& each : rewordings) {
    if (declared.contains(each.citation)) continue;
    obstacles.push_back({Kind::meaning, each.citation,
                         each.is_back ? fmt::format("{} was in use before, with other words.", each.citation)
                                      : fmt::format("{} is reworded. Does it mean what it meant?", each.citation),
                         "Declare that it means the same, or give it a new id and list the old one under `retired:`."});
  }
  for (Change& change : changes) change.same_meaning = declared.contains(change.what.subject);
  return obstacles;
}

std::optional<Obstacle> wrong_text(std::string_view text, std::string_view what) {
  if (!is_valid_utf8(text) ||
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; })) {
    return Obstacle{Kind::note, {}, fmt::format("{} holds characters that are no text.", what), "Write it anew."};
  }
  if (text.size() <= longest_text) return std::nullopt;
  return Obstacle{Kind::note,
                  {},
                  fmt::format("{} is too long: {} bytes.", what, text.size()),
                  fmt::format("{} bytes are the most; link to the rest.", longest_text)};
}

}  // namespace waymark::release
