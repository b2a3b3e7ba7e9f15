#include "lint/lint.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/allowance.hpp"
#include "lint/document_fixes.hpp"
#include "lint/rule.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint {
namespace {

bool is_in_english(const pathway::Pathway& pathway) {
  const std::string language = to_lower_ascii(pathway.language);
  return language.empty() || language == "en" || language.starts_with("en-") || language.starts_with("en_");
}

using Files = std::set<std::string, std::less<>>;

/// Pages that say they are in English, with the rest of the pathway, and are not.
Files foreign_pages(const Documents& documents) {
  std::map<std::string_view, std::string> pages;
  for (const Prose& prose : documents.prose()) {
    std::string& page = pages[prose.file];
    if (page.size() < 4096) page.append(prose.text()).append("\n");
  }
  Files foreign;
  for (const auto& [file, text] : pages) {
    if (!is_english(text)) foreign.emplace(file);
  }
  return foreign;
}

void say_english_only(const Subject& subject, bool english, const Files& foreign, Findings& findings) {
  const std::string way_out = "Nothing needs to be done; `waymark lint --explain english-only` says which rules speak.";
  if (!english) {
    findings.push_back({"english-only",
                        Severity::note,
                        "pathway.yaml",
                        {},
                        fmt::format("The rules about wording are written for English, and stay silent about `{}`.", subject.pathway.language),
                        way_out});
  }
  for (const std::string& file : foreign) {
    findings.push_back(
        {"english-only", Severity::note, file, {}, "This page is not in English, so the rules about wording stay silent about it.", way_out});
  }
}

Findings check(const Subject& subject, const Folder& folder, bool usable) {
  Findings findings;
  const bool english = is_in_english(subject.pathway);
  const Files foreign = english ? foreign_pages(subject.documents) : Files();
  say_english_only(subject, english, foreign, findings);
  const std::optional<Documents> in_english =
      foreign.empty() ? std::nullopt : std::optional<Documents>(std::in_place, folder, subject.pathway, foreign);
  const Subject english_subject{subject.pathway, in_english ? *in_english : subject.documents, subject.style, subject.today};
  for (const Rule& rule : rules()) {
    const bool can_speak = rule.needs == Needs::pathway ? usable : rule.needs == Needs::words || english;
    if (!can_speak || subject.style.is_off(rule.id)) continue;
    const Subject& about = rule.needs == Needs::english_words ? english_subject : subject;
    Reporter reporter(about.documents, rule.id, rule.severity, findings);
    rule.check(about, reporter);
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

Linted lint(const Folder& folder, const pathway::Loaded& loaded, Date today) {
  Linted linted{loaded.findings, {}, 0, 0};
  const pathway::Pathway* const pathway = loaded.pathway ? &*loaded.pathway : loaded.unusable ? &*loaded.unusable : nullptr;
  if (pathway == nullptr) return linted;
  const HouseStyle style = read_house_style(*pathway, linted.findings);
  const Documents documents(folder, *pathway);
  Findings found = check({*pathway, documents, style, today}, folder, loaded.pathway.has_value());
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
