#include "editor/checking.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "lint/lint.hpp"
#include "lint/rule.hpp"

namespace waymark::editor {
namespace {

constexpr std::size_t most_changed = 2;

bool is_among(const std::vector<std::string>& files, std::string_view file) { return std::find(files.begin(), files.end(), file) != files.end(); }

bool is_same(const Finding& a, const Finding& b) { return a.rule == b.rule && a.file == b.file && a.span == b.span && a.message == b.message; }

const Finding* find_same(const Findings& findings, const Finding& finding) {
  const auto at = std::find_if(findings.begin(), findings.end(), [&](const Finding& each) { return is_same(each, finding); });
  return at == findings.end() ? nullptr : &*at;
}

bool is_the_loaders(const Finding& finding) {
  const lint::RuleInfo* const rule = lint::find_rule(finding.rule);
  return rule == nullptr || rule->family == lint::Family::document;
}

/// Whether it follows from more than the words of its own page, so that looking at the page alone does not say it again.
bool is_about_more_than_its_page(const Finding& finding) {
  const auto rules = lint::rules();
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const lint::Rule& each) { return each.id == finding.rule; });
  if (rule == rules.end()) return finding.rule == "unused-suppression";
  const bool speaks_of_another =
      std::any_of(finding.related.begin(), finding.related.end(), [&](const Related& related) { return related.file != finding.file; });
  return rule->needs == lint::Needs::pathway || speaks_of_another;
}

/// Everything the other pages say left out; their levels can still be named.
pathway::Pathway only_of(const pathway::Pathway& whole, const std::vector<std::string>& files) {
  pathway::Pathway part;
  part.language = whole.language;
  part.draft = whole.draft;
  part.scope_axis = whole.scope_axis;
  part.tracks = whole.tracks;
  part.thresholds = whole.thresholds;
  part.house_style = whole.house_style;
  for (const pathway::Level& level : whole.levels) {
    if (is_among(files, level.place.file)) {
      part.levels.push_back(level);
      continue;
    }
    pathway::Level named;
    named.id = level.id;
    named.track = level.track;
    named.title = level.title;
    named.scope = level.scope;
    named.scope_position = level.scope_position;
    named.dormant = level.dormant;
    named.place = level.place;
    named.reviewed = level.reviewed;
    part.levels.push_back(std::move(named));
  }
  for (const pathway::Capability& capability : whole.capabilities) {
    if (is_among(files, capability.place.file)) part.capabilities.push_back(capability);
  }
  for (const pathway::Archetype& archetype : whole.archetypes) {
    if (is_among(files, archetype.place.file)) part.archetypes.push_back(archetype);
  }
  if (whole.fork && is_among(files, whole.fork->page)) part.fork = whole.fork;
  return part;
}

/// What the loader and the rules about words say of some pages alone.
Findings look_at_pages(const Folder& folder, const pathway::Loaded& loaded, const std::vector<std::string>& files, Date today) {
  const pathway::Pathway* const whole = loaded.pathway ? &*loaded.pathway : loaded.unusable ? &*loaded.unusable : nullptr;
  Folder pages{folder.name, {}, {}};
  for (const std::string& file : files) pages.files.push_back(*folder.find(file));
  pathway::Loaded part;
  for (const Finding& finding : loaded.findings) {
    if (is_among(files, finding.file)) part.findings.push_back(finding);
  }
  if (whole != nullptr) part.unusable = only_of(*whole, files);
  Findings findings = lint::lint(pages, part, today).findings;
  std::erase_if(findings, [&](const Finding& finding) { return !is_among(files, finding.file) || finding.rule == "unused-suppression"; });
  return findings;
}

}  // namespace

LineShift::LineShift(std::string_view before, std::string_view after) {
  const std::vector<std::string_view> old_lines = split(before, '\n');
  const std::vector<std::string_view> new_lines = split(after, '\n');
  const std::size_t most = std::min(old_lines.size(), new_lines.size());
  while (m_same_before < most && old_lines[m_same_before] == new_lines[m_same_before]) ++m_same_before;
  std::size_t same_behind = 0;
  while (same_behind < most - m_same_before && old_lines[old_lines.size() - 1 - same_behind] == new_lines[new_lines.size() - 1 - same_behind])
    ++same_behind;
  m_first_behind = old_lines.size() - same_behind + 1;
  m_shift = static_cast<std::ptrdiff_t>(new_lines.size()) - static_cast<std::ptrdiff_t>(old_lines.size());
}

std::optional<Span> LineShift::moved(const Span& span) const {
  if (span.end.line <= m_same_before) return span;
  if (span.begin.line < m_first_behind) return std::nullopt;
  const auto shifted = [&](Position position) {
    position.line = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(position.line) + m_shift);
    return position;
  };
  return Span{shifted(span.begin), shifted(span.end)};
}

void Checking::check_all(const Folder& folder, Date today) {
  pathway::Loaded loaded = pathway::load(folder, m_memory);
  m_whole = lint::lint(folder, loaded, today).findings;
  m_findings = m_whole;
  m_loaded = std::move(loaded.findings);
  if (loaded.pathway) m_pathway = std::move(loaded.pathway);
  m_texts.clear();
  for (const FolderFile& file : folder.files) m_texts.emplace(file.path, file.bytes);
  m_checked = true;
}

std::optional<std::vector<std::string>> Checking::changed_files(const Folder& folder) const {
  if (!m_checked || folder.files.size() != m_texts.size()) return std::nullopt;
  std::vector<std::string> changed;
  for (const FolderFile& file : folder.files) {
    const auto before = m_texts.find(file.path);
    if (before == m_texts.end()) return std::nullopt;
    if (before->second == file.bytes) continue;
    // Everything depends on what pathway.yaml says.
    if (file.path == "pathway.yaml" || changed.size() == most_changed) return std::nullopt;
    changed.push_back(file.path);
  }
  return changed;
}

Findings Checking::loader_findings_elsewhere(const Findings& loaded, const std::vector<std::string>& files) const {
  Findings findings;
  for (const Finding& finding : loaded) {
    if (is_among(files, finding.file)) continue;
    if (const Finding* const told = find_same(m_whole, finding)) {
      findings.push_back(*told);  // with its severity by house style, and its fixes
    } else if (find_same(m_loaded, finding) == nullptr) {
      findings.push_back(finding);
    }
    // One that was there and was not told is allowed, or switched off.
  }
  return findings;
}

Findings Checking::kept_of_last_time(const Folder& folder, const std::vector<std::string>& files) const {
  std::map<std::string, LineShift> shifts;
  for (const std::string& file : files) shifts.emplace(file, LineShift(m_texts.at(file), folder.find(file)->bytes));
  const auto move = [&](const std::string& file, Span& span) {
    const auto shift = shifts.find(file);
    const std::optional<Span> moved = shift == shifts.end() ? std::optional(span) : shift->second.moved(span);
    if (moved) span = *moved;
    return moved.has_value();
  };
  Findings findings;
  for (const Finding& told : m_whole) {
    const bool here = is_among(files, told.file);
    if (is_the_loaders(told) || (here && !is_about_more_than_its_page(told))) continue;
    Finding finding = told;
    if (!move(finding.file, finding.span)) continue;
    std::erase_if(finding.related, [&](Related& related) { return !move(related.file, related.span); });
    // A fix is offered once the whole folder has been looked at again.
    if (here) finding.fixes.clear();
    findings.push_back(std::move(finding));
  }
  return findings;
}

bool Checking::check_quickly(const Folder& folder, Date today) {
  const auto files = changed_files(folder);
  if (!files) return false;
  pathway::Loaded loaded = pathway::load(folder, m_memory);
  Findings findings = look_at_pages(folder, loaded, *files, today);
  for (Findings more : {loader_findings_elsewhere(loaded.findings, *files), kept_of_last_time(folder, *files)}) {
    std::move(more.begin(), more.end(), std::back_inserter(findings));
  }
  sort_findings(findings);
  m_findings = std::move(findings);
  if (loaded.pathway) m_pathway = std::move(loaded.pathway);
  return true;
}

}  // namespace waymark::editor
