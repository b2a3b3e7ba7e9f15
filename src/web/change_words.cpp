#include "web/change_words.hpp"

namespace waymark::web {
namespace {

using Kind = pathway::VersionChange::Kind;

std::string_view heading_of(Kind kind) {
  switch (kind) {
    case Kind::criterion_added: return "Criteria that are new";
    case Kind::criterion_reworded: return "Criteria in other words";
    case Kind::criterion_moved: return "Criteria that moved";
    case Kind::criterion_retired: return "Criteria retired";
    case Kind::criterion_vanished: return "Criteria gone without a word";
    case Kind::level_added:
    case Kind::level_removed:
    case Kind::level_changed: return "Places";
    case Kind::route_added:
    case Kind::route_removed:
    case Kind::route_changed: return "Routes";
    case Kind::threshold_added:
    case Kind::threshold_removed:
    case Kind::threshold_changed: return "Thresholds";
    default: return "Everything else";
  }
}

}  // namespace

std::vector<pages::Sheet::Section> change_sections(const std::vector<pathway::VersionChange>& changes,
                                                   const std::function<std::string(std::string_view)>& address) {
  std::vector<pages::Sheet::Section> sections;
  for (const pathway::VersionChange& change : changes) {
    const std::string_view heading = heading_of(change.kind);
    if (sections.empty() || sections.back().heading != heading) {
      sections.push_back({.id = "changes-" + std::to_string(sections.size() + 1), .heading = std::string(heading)});
    }
    const bool is_there = change.kind != Kind::criterion_retired && change.kind != Kind::criterion_vanished && change.kind != Kind::level_removed;
    sections.back().changes.push_back({.subject = change.subject, .href = is_there ? address(change.subject) : std::string(), .summary = change.summary, .words = change.words});
  }
  return sections;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace waymark::web
