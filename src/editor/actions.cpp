#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "editor/features.hpp"
#include "editor/text_places.hpp"
#include "markup/markdown.hpp"

namespace waymark::editor {
namespace {

bool touch(const Span& a, const Span& b) { return a.begin <= b.end && b.begin <= a.end; }

bool overlap(const Edit& a, const Edit& b) {
  if (a.file != b.file) return false;
  const bool same_insertion = a.span == b.span && a.span.begin == a.span.end;
  return same_insertion || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

/// Where a comment covers the line of a finding and as little else as can be: before its outermost block; behind the front matter for what stands in it.
std::optional<std::size_t> line_for_comment(const Page& page, std::size_t line) {
  if (line < page.body_line) return page.body_line;
  for (const markup::Block& block : markup::parse_markdown(page.source, page.body_line).blocks) {
    if (block.span.begin.line <= line && line <= block.span.end.line) return block.span.begin.line;
  }
  return std::nullopt;
}

Edit inserted_line(const Page& page, std::size_t line, const std::string& text) {
  if (line <= page.source.line_count()) return {page.source.name(), {{line, 1}, {line, 1}}, text + "\n"};
  const Position end = end_of(page.source);
  return {page.source.name(), {end, end}, (page.source.text().ends_with('\n') ? "" : "\n") + text + "\n"};
}

std::optional<Action> allow(const Page& page, const Finding& finding) {
  // An error is never allowed, and neither is what speaks of the comments themselves.
  if (finding.severity == Severity::error || finding.rule.ends_with("-suppression")) return std::nullopt;
  Action action{fmt::format("Allow `{}` here, with a reason", finding.rule), Action::Kind::allow, false, {}, finding};
  const std::string order = fmt::format("waymark: allow {} because …", finding.rule);
  const std::size_t line = finding.span.begin.line;
  if (page.source.name() == "pathway.yaml") {
    const std::string_view text = line_at(page.source, line);
    const std::string indent(std::min(text.find_first_not_of(' '), text.size()), ' ');
    action.change.edits.push_back(inserted_line(page, line, indent + "# " + order));
    return action;
  }
  const std::optional<std::size_t> place = line_for_comment(page, line);
  if (!place || !page.is_document()) return std::nullopt;
  action.change.edits.push_back(inserted_line(page, *place, "<!-- " + order + " -->"));
  return action;
}

}  // namespace

std::vector<Action> actions(const PathwayFolder& folder, std::string_view file, const Span& range) {
  std::vector<Action> found;
  const Page* const page = folder.page(file);
  for (const Finding& finding : folder.findings()) {
    if (finding.file != file || !touch(finding.span, range)) continue;
    bool first = true;
    for (const Fix& fix : finding.fixes) {
      found.push_back({fix.title, Action::Kind::fix, first && fix.kind == Fix::Kind::mechanical, {fix.edits, {}}, finding});
      first = false;
    }
    if (page == nullptr) continue;
    if (auto action = allow(*page, finding)) found.push_back(*std::move(action));
  }
  // What mends comes before what allows.
  std::stable_sort(found.begin(), found.end(), [](const Action& a, const Action& b) { return a.kind < b.kind; });
  return found;
}

Change fix_all(const PathwayFolder& folder, std::string_view file) {
  Change change;
  for (const Finding& finding : folder.findings()) {
    if (finding.file != file) continue;
    for (const Fix& fix : finding.fixes) {
      if (fix.kind != Fix::Kind::mechanical) continue;
      const bool stays_here = std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return edit.file == file; });
      const bool free = std::none_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
        return std::any_of(change.edits.begin(), change.edits.end(), [&](const Edit& other) { return overlap(edit, other); });
      });
      if (stays_here && free) change.edits.insert(change.edits.end(), fix.edits.begin(), fix.edits.end());
      break;
    }
  }
  return change;
}

}  // namespace waymark::editor
