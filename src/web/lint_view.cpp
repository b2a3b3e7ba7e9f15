#include "web/lint_view.hpp"

#include <algorithm>
#include <map>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "lint/lint.hpp"

namespace waymark::web {
namespace {

/// A reader needs about a sentence around the place.
constexpr std::size_t most_around = 140;
constexpr std::size_t most_marked = 400;

/// Whole characters only.
std::string_view first_bytes(std::string_view text, std::size_t most) {
  std::size_t end = std::min(most, text.size());
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return text.substr(0, end);
}

std::string shortened_before(std::string_view text) {
  if (text.size() <= most_around) return std::string(text);
  const std::size_t word = text.find(' ', text.size() - most_around);
  return word == std::string_view::npos ? "…" : "…" + std::string(text.substr(word));
}

std::string shortened_after(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const std::string_view head = first_bytes(text, most);
  const std::size_t word = head.rfind(' ');
  return std::string(head.substr(0, word == std::string_view::npos ? head.size() : word)) + " …";
}

std::size_t byte_of(std::string_view line, std::size_t column) {
  std::size_t at = 0;
  for (std::size_t i = 1; i < column && at < line.size(); ++i) at += std::max<std::size_t>(utf8_sequence_length(line.substr(at)), 1);
  return at;
}

void cut_out(const SourceText& source, LintView::Found& found) {
  const Span& span = found.finding.span;
  if (span.begin.line < 1 || span.begin.line > source.line_count()) return;
  const std::string_view line = source.line(span.begin.line);
  const std::size_t begin = byte_of(line, span.begin.column);
  const std::size_t end = std::max(begin, span.end.line == span.begin.line ? byte_of(line, span.end.column) : line.size());
  found.before = shortened_before(line.substr(0, begin));
  found.marked = shortened_after(line.substr(begin, end - begin), most_marked);
  found.after = shortened_after(line.substr(end), most_around);
}

}  // namespace

std::shared_ptr<const LintView> make_lint_view(const Folder& folder, const pathway::Loaded& loaded, Date today) {
  lint::Linted linted = lint::lint(folder, loaded, today);
  auto view = std::make_shared<LintView>();
  view->share = lint::told_share(linted);
  view->allowed = linted.allowed.size();
  // What is said of the pathway as a whole comes first.
  std::stable_partition(linted.findings.begin(), linted.findings.end(), [](const Finding& finding) { return finding.file == "pathway.yaml"; });
  std::map<std::string, std::unique_ptr<SourceText>, std::less<>> sources;
  for (Finding& finding : linted.findings) {
    auto source = sources.find(finding.file);
    if (source == sources.end()) {
      const FolderFile* const file = folder.find(finding.file);
      source = sources.emplace(finding.file, file == nullptr ? nullptr : std::make_unique<SourceText>(file->path, file->bytes)).first;
    }
    view->found.push_back({std::move(finding), {}, {}, {}});
    if (source->second != nullptr) cut_out(*source->second, view->found.back());
  }
  return view;
}

}  // namespace waymark::web
