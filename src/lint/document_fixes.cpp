#include "lint/document_fixes.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::lint {
namespace {

/// The required sections in the order of the format (doc/pathway-format.md).
constexpr std::array<std::string_view, 7> section_order{"Scope of impact",  "Autonomy",           "What changes here", "What stops counting",
                                                        "Not expected yet", "What it looks like", "Watch for"};

/// What stands between backticks in a text, the n-th time.
std::string_view backticked(std::string_view text, int which = 0) {
  std::size_t at = 0;
  for (int i = 0;; ++i) {
    const std::size_t open = text.find('`', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) return {};
    if (i == which) return text.substr(open + 1, close - open - 1);
    at = close + 1;
  }
}

bool is_heading_of(std::string_view line, std::string_view title) {
  if (!line.starts_with("## ")) return false;
  const std::string_view text = trim(line.substr(3));
  return slug(text.substr(0, text.find("{#"))) == slug(title) || text.find(fmt::format("{{#{}}}", slug(title))) != std::string_view::npos;
}

/// `## Title` before the first section that comes later in the format, else at the end.
std::optional<Edit> inserted_section(const SourceText& source, std::string_view title) {
  const auto own = std::find(section_order.begin(), section_order.end(), title);
  if (own == section_order.end()) return std::nullopt;
  for (std::size_t line = 1; line <= source.line_count(); ++line) {
    const bool later = std::any_of(own + 1, section_order.end(), [&](std::string_view other) { return is_heading_of(source.line(line), other); });
    if (later) return Edit{source.name(), {{line, 1}, {line, 1}}, fmt::format("## {}\n\n", title)};
  }
  const Position end = source.position(source.text().size());
  return Edit{source.name(), {end, end}, fmt::format("{}\n## {}\n", source.text().ends_with('\n') ? "" : "\n", title)};
}

/// The id the loader offers may have been taken meanwhile on the page; then nothing is offered.
void give_id(const pathway::Pathway& pathway, const SourceText& source, Finding& finding) {
  const std::size_t line = finding.span.begin.line;
  const std::string_view text = source.line(line);
  if (!text.starts_with('#') || text.find('{') != std::string_view::npos) return;
  const auto level =
      std::find_if(pathway.levels.begin(), pathway.levels.end(), [&](const pathway::Level& each) { return each.place.file == finding.file; });
  if (level == pathway.levels.end()) return;
  const auto criterion = std::find_if(level->criteria.begin(), level->criteria.end(),
                                      [&](const pathway::Criterion& each) { return each.place.span.begin.line == line; });
  if (criterion == level->criteria.end()) return;
  const std::size_t end = source.line_start(line) + text.find_last_not_of(" \t#") + 1;
  finding.fixes.push_back({Fix::Kind::mechanical,
                           fmt::format("Give it the id `{}`", criterion->anchor),
                           {{finding.file, source.span(end, end), fmt::format(" {{#{}}}", criterion->anchor)}}});
}

/// "Did you mean `x`?" names what to write in place of the words the finding stands on.
void take_suggestion(const SourceText& source, Finding& finding) {
  const std::size_t question = finding.way_out.find("Did you mean `");
  if (question == std::string::npos || finding.span.begin.line != finding.span.end.line) return;
  const std::string_view meant = backticked(std::string_view(finding.way_out).substr(question));
  std::string_view wrong = backticked(finding.message);
  std::string right(meant);
  // Of a link only what stands behind its `#` was wrong.
  if (finding.rule == "dangling-link") {
    const std::size_t anchor = wrong.find('#');
    if (anchor == std::string_view::npos) return;
    right = std::string(wrong.substr(0, anchor + 1)) + right;
  }
  const std::string_view line = source.line(finding.span.begin.line);
  const std::size_t from = source.line_start(finding.span.begin.line);
  const std::size_t at = line.find(wrong);
  if (wrong.empty() || at == std::string_view::npos || line.find(wrong, at + 1) != std::string_view::npos) return;
  finding.fixes.push_back(
      {Fix::Kind::suggestion, fmt::format("Write `{}`", right), {{finding.file, source.span(from + at, from + at + wrong.size()), right}}});
}

}  // namespace

void add_fixes(const pathway::Pathway& pathway, const Documents& documents, Findings& findings) {
  for (Finding& finding : findings) {
    if (!finding.fixes.empty()) continue;
    const SourceText* const source = documents.source(finding.file);
    if (source == nullptr || finding.span.begin.line > source->line_count()) continue;
    if (finding.rule == "criterion-without-id") {
      give_id(pathway, *source, finding);
    } else if (finding.rule == "missing-section") {
      const std::string title(backticked(finding.message));
      if (auto edit = inserted_section(*source, title))
        finding.fixes.push_back({Fix::Kind::suggestion, fmt::format("Add the section `{}`", title), {std::move(*edit)}});
    } else if (finding.rule == "empty-range") {
      continue;
    } else {
      take_suggestion(*source, finding);
    }
  }
}

}  // namespace waymark::lint
