#include "lint/allowance.hpp"

#include <algorithm>
#include <limits>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"
#include "markup/markdown.hpp"
#include "markup/yaml.hpp"

namespace waymark::lint {
namespace {

using markup::Block;

constexpr std::string_view mark = "waymark:";
constexpr std::size_t to_the_end = std::numeric_limits<std::size_t>::max();

struct Lines {
  std::size_t first = 1;
  std::size_t last = 1;
};

/// Reads what stands behind the mark.
class Reader {
 public:
  Reader(std::vector<Allowance>& allowances, Findings& findings) : m_allowances(allowances), m_findings(findings) {}

  void read(const std::string& file, const Span& span, std::string_view text, const Lines& covers) {
    const std::string_view order = trim(text);
    if (!order.starts_with("allow ") && order != "allow") {
      complain(file, span, "This comment speaks to Waymark, and is not understood.",
               "Write `waymark: allow RULE because …`, or leave the word `waymark:` out.");
      return;
    }
    const std::size_t because = order.find(" because");
    const std::string_view reason = because == std::string_view::npos ? std::string_view() : trim(order.substr(because + 8));
    const std::string_view names = trim(order.substr(5, because == std::string_view::npos ? std::string_view::npos : because - 5));
    if (names.empty()) {
      complain(file, span, "This comment allows nothing: it names no rule.", "Write `waymark: allow RULE because …`.");
    } else if (reason.empty()) {
      complain(file, span, "This comment gives no reason, so it allows nothing.",
               fmt::format("Write `waymark: allow {} because …`: whoever reads it next should know why.", names.substr(0, names.find(' '))));
    } else {
      for (const std::string_view name : split(names, ',')) read_rule(file, span, trim(name), reason, covers);
    }
  }

 private:
  void read_rule(const std::string& file, const Span& span, std::string_view name, std::string_view reason, const Lines& covers) {
    const RuleInfo* const rule = find_rule(name);
    if (rule == nullptr) {
      const auto near = nearest(name, rule_ids());
      complain(file, span, fmt::format("There is no rule `{}` to allow.", name),
               fmt::format("`waymark lint --explain` lists them.{}", near ? fmt::format(" Did you mean `{}`?", *near) : std::string()));
    } else if (rule->family == Family::document && rule->severity == Severity::error) {
      complain(file, span, fmt::format("`{}` cannot be allowed: without it the pathway cannot be used.", name),
               "Mend what it names, and remove this comment.");
    } else {
      m_allowances.push_back({file, span, covers.first, covers.last, std::string(name), std::string(reason)});
    }
  }

  void complain(const std::string& file, const Span& span, std::string message, std::string way_out) {
    m_findings.push_back({"bad-suppression", Severity::warning, file, span, std::move(message), std::move(way_out)});
  }

  std::vector<Allowance>& m_allowances;
  Findings& m_findings;
};

/// The first block, outermost, that begins behind a place.
const Block* block_behind(const std::vector<Block>& blocks, const Position& place) {
  for (const Block& block : blocks) {
    if (block.span.begin >= place) return &block;
    if (block.span.end > place) {
      if (const Block* const inside = block_behind(block.children, place)) return inside;
    }
  }
  return nullptr;
}

Lines lines_of(const Span& span) {
  return {span.begin.line, span.end.column > 1 || span.end.line == span.begin.line ? span.end.line : span.end.line - 1};
}

Lines covered(const markup::Markdown& page, const Position& place) {
  const auto heading = std::find_if(page.blocks.begin(), page.blocks.end(), [](const Block& block) { return block.kind == Block::Kind::heading; });
  const bool before_headings = heading == page.blocks.end() || place < heading->span.begin;
  // A title is not what a page begins to speak with.
  if (before_headings) return {1, to_the_end};
  const Block* const next = block_behind(page.blocks, place);
  if (next == nullptr) return {place.line, place.line};
  Lines lines = lines_of(next->span);
  if (next->kind != Block::Kind::heading) return lines;
  lines.last = to_the_end;
  for (const Block& block : page.blocks) {
    if (block.span.begin > next->span.begin && block.kind == Block::Kind::heading && block.level <= next->level) {
      lines.last = block.span.begin.line - 1;
      break;
    }
  }
  return lines;
}

void read_page(const SourceText& source, Reader& reader) {
  const markup::Markdown page = markup::parse_markdown(source, markup::parse_front_matter(source).body_line);
  for (const markup::Comment& comment : page.comments) {
    if (comment.text.starts_with(mark))
      reader.read(source.name(), comment.span, std::string_view(comment.text).substr(mark.size()), covered(page, comment.span.end));
  }
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }
bool is_empty_line(std::string_view line) { return trim(line).empty() || trim(line).starts_with('#'); }

Lines covered_in_yaml(const SourceText& source, std::size_t comment_line) {
  std::size_t first = comment_line + 1;
  while (first <= source.line_count() && is_empty_line(source.line(first))) ++first;
  if (first > source.line_count()) return {comment_line, comment_line};
  std::size_t last = first;
  const std::size_t indent = indent_of(source.line(first));
  for (std::size_t line = first + 1; line <= source.line_count(); ++line) {
    if (is_empty_line(source.line(line))) continue;
    if (indent_of(source.line(line)) <= indent) break;
    last = line;
  }
  return {first, last};
}

void read_manifest(const SourceText& source, Reader& reader) {
  for (std::size_t line = 1; line <= source.line_count(); ++line) {
    const std::string_view text = trim(source.line(line));
    if (!text.starts_with('#')) continue;
    const std::string_view comment = trim(text.substr(1));
    if (comment.starts_with(mark)) reader.read(source.name(), source.line_span(line), comment.substr(mark.size()), covered_in_yaml(source, line));
  }
}

bool covers(const Allowance& allowance, const Finding& finding) {
  return finding.rule == allowance.rule && finding.file == allowance.file && finding.severity != Severity::error &&
         finding.span.begin.line >= allowance.first_line && finding.span.begin.line <= allowance.last_line;
}

/// The comment, and its line when nothing else stands there.
Span to_remove(const SourceText& source, const Span& comment) {
  const bool alone = trim(source.line(comment.begin.line).substr(0, comment.begin.column - 1)).empty() && comment.end.line < source.line_count() &&
                     count_code_points(source.line(comment.end.line)) + 1 == comment.end.column;
  return alone ? Span{{comment.begin.line, 1}, {comment.end.line + 1, 1}} : comment;
}

}  // namespace

std::vector<Allowance> read_allowances(const Folder& folder, const Documents& documents, Findings& findings) {
  std::vector<Allowance> allowances;
  Reader reader(allowances, findings);
  for (const FolderFile& file : folder.files) {
    if (file.bytes.find(mark) == std::string::npos) continue;
    const SourceText* const source = documents.source(file.path);
    if (file.path == "pathway.yaml") {
      read_manifest(*source, reader);
    } else if (documents.is_page(file.path)) {
      read_page(*source, reader);
    }
  }
  return allowances;
}

void apply_allowances(const std::vector<Allowance>& allowances, const Documents& documents, Findings& findings, Findings& allowed) {
  std::vector<bool> used(allowances.size(), false);
  const auto is_allowed = [&](const Finding& finding) {
    bool any = false;
    for (std::size_t i = 0; i < allowances.size(); ++i) {
      if (!covers(allowances[i], finding)) continue;
      used[i] = any = true;
    }
    return any;
  };
  Findings kept;
  for (Finding& finding : findings) (is_allowed(finding) ? allowed : kept).push_back(std::move(finding));
  findings = std::move(kept);
  for (std::size_t i = 0; i < allowances.size(); ++i) {
    if (used[i]) continue;
    const Allowance& allowance = allowances[i];
    Finding finding{"unused-suppression",
                    Severity::warning,
                    allowance.file,
                    allowance.comment,
                    fmt::format("Nothing here needs `{}` to be allowed.", allowance.rule),
                    "Remove the comment."};
    if (const SourceText* const source = documents.source(allowance.file)) {
      finding.fixes.push_back({Fix::Kind::mechanical, "Remove the comment", {{allowance.file, to_remove(*source, allowance.comment), ""}}});
    }
    findings.push_back(std::move(finding));
  }
}

}  // namespace waymark::lint
