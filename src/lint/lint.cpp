#include "lint/lint.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/allowance.hpp"
#include "lint/document_fixes.hpp"
#include "lint/rule.hpp"

namespace waymark::lint {
namespace {

bool is_in_english(const pathway::Pathway& pathway) {
  const std::string language = to_lower_ascii(pathway.language);
  return language == "en" || language.starts_with("en-") || language.starts_with("en_");
}

Findings check(const Subject& subject, bool usable) {
  Findings findings;
  const bool english = is_in_english(subject.pathway);
  if (!english && !subject.style.is_off("english-only")) {
    findings.push_back({"english-only",
                        Severity::note,
                        "pathway.yaml",
                        {},
                        fmt::format("The rules about wording are written for English, and stay silent about `{}`.", subject.pathway.language),
                        "Nothing needs to be done; `waymark lint --explain english-only` says which rules speak."});
  }
  for (const Rule& rule : rules()) {
    const bool can_speak = rule.needs == Needs::pathway ? usable : rule.needs == Needs::words || english;
    if (!can_speak || subject.style.is_off(rule.id)) continue;
    Reporter reporter(subject.documents, rule.id, rule.severity, findings);
    rule.check(subject, reporter);
  }
  return findings;
}

/// What house style says about severity; the loader's errors stay.
void apply_style(const HouseStyle& style, Findings& findings) {
  std::erase_if(findings, [&](const Finding& finding) { return finding.severity != Severity::error && style.is_off(finding.rule); });
  for (Finding& finding : findings) {
    const auto wanted = style.severities.find(finding.rule);
    if (wanted != style.severities.end() && wanted->second) finding.severity = *wanted->second;
  }
}

std::size_t criteria_in_doubt(const pathway::Pathway& pathway, const Findings& findings) {
  std::set<const pathway::Criterion*> doubtful;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::note) continue;
    for (const pathway::Level& level : pathway.levels) {
      if (level.place.file != finding.file) continue;
      for (const pathway::Criterion& criterion : level.criteria) {
        const Position end = criterion.passages.empty() ? criterion.place.span.end : criterion.passages.back().block.span.end;
        if (criterion.place.span.begin <= finding.span.begin && finding.span.begin <= end) doubtful.insert(&criterion);
      }
    }
  }
  return doubtful.size();
}

}  // namespace

Linted lint(const Folder& folder, const pathway::Loaded& loaded, const Date& today) {
  Linted linted{loaded.findings, {}, 0, 0};
  const pathway::Pathway* const pathway = loaded.pathway ? &*loaded.pathway : loaded.unusable ? &*loaded.unusable : nullptr;
  if (pathway == nullptr) return linted;
  const HouseStyle style = read_house_style(*pathway, linted.findings);
  const Documents documents(folder, *pathway);
  Findings found = check({*pathway, documents, style, today}, loaded.pathway.has_value());
  std::move(found.begin(), found.end(), std::back_inserter(linted.findings));
  apply_style(style, linted.findings);
  const std::vector<Allowance> allowances = read_allowances(folder, documents, linted.findings);
  sort_findings(linted.findings);
  apply_allowances(allowances, documents, linted.findings, linted.allowed);
  add_fixes(*pathway, documents, linted.findings);
  sort_findings(linted.findings);
  for (const pathway::Level& level : pathway->levels) linted.criteria += level.criteria.size();
  linted.criteria_in_doubt = criteria_in_doubt(*pathway, linted.findings);
  return linted;
}

}  // namespace waymark::lint
