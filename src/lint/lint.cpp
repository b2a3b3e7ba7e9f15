#include "lint/lint.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/core.h>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "lint/allowance.hpp"
#include "lint/document_fixes.hpp"
#include "lint/neighbours.hpp"
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
    if (page.size() < 1024) page.append(prose.text()).append("\n");
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
  const Subject english_subject{subject.pathway, in_english ? *in_english : subject.documents, subject.style, subject.today, subject.side_by_side};
  const std::span<const Rule> all = rules();
  std::vector<Findings> found(all.size());
  parallel_for(all.size(), [&](std::size_t i) {
    const Rule& rule = all[i];
    const bool can_speak = rule.needs == Needs::pathway ? usable : rule.needs == Needs::words || english;
    if (!can_speak || subject.style.is_off(rule.id)) return;
    const Subject& about = rule.needs == Needs::english_words ? english_subject : subject;
    Reporter reporter(about.documents, rule.id, rule.severity, found[i]);
    rule.check(about, reporter);
  });
  for (Findings& each : found) std::move(each.begin(), each.end(), std::back_inserter(findings));
  return findings;
}

/// What house style says about severity; the loader's errors stay.
void apply_style(const HouseStyle& style, Findings& findings) {
  std::erase_if(findings, [&](const Finding& finding) { return finding.severity != Severity::error && style.is_off(finding.rule); });
  for (Finding& finding : findings) {
    const auto wanted = style.severities.find(finding.rule);
    if (wanted == style.severities.end() || !wanted->second) continue;
    // What a rule is not sure of it tells more quietly than the rest; a louder rule does not make it surer.
    const RuleInfo* const rule = find_rule(finding.rule);
    const bool unsure = rule != nullptr && finding.severity < rule->severity;
    finding.severity = unsure ? std::min(finding.severity, *wanted->second) : *wanted->second;
  }
}

using Criteria = std::set<const pathway::Criterion*>;

/// The criterion in whose heading or narrative a finding stands.
class Whereabouts {
 public:
  explicit Whereabouts(const pathway::Pathway& pathway) {
    for (const pathway::Level& level : pathway.levels) {
      for (const pathway::Criterion& criterion : level.criteria) {
        const Position end = criterion.passages.empty() ? criterion.place.span.end : criterion.passages.back().block.span.end;
        m_criteria[level.place.file].push_back({criterion.place.span.begin, end, &criterion});
      }
    }
  }

  [[nodiscard]] const pathway::Criterion* of(const Finding& finding) const {
    const auto page = m_criteria.find(finding.file);
    if (page == m_criteria.end()) return nullptr;
    const auto behind = std::upper_bound(page->second.begin(), page->second.end(), finding.span.begin,
                                         [](const Position& place, const Stretch& stretch) { return place < stretch.begin; });
    if (behind == page->second.begin()) return nullptr;
    const Stretch& stretch = *std::prev(behind);
    return finding.span.begin <= stretch.end ? stretch.criterion : nullptr;
  }

 private:
  struct Stretch {
    Position begin;
    Position end;
    const pathway::Criterion* criterion = nullptr;
  };
  std::map<std::string, std::vector<Stretch>, std::less<>> m_criteria;  ///< by page, in order
};

/// A rule that warns of more than a third of the criteria says something about the pathway, not about each of them: one warning, and notes in the places.
void gather_widespread(const HouseStyle& style, const Whereabouts& whereabouts, std::size_t criteria, Findings& findings) {
  constexpr std::size_t fewest = 12;
  if (criteria < fewest) return;
  std::map<std::string, Criteria> hit;
  for (const Finding& finding : findings) {
    const pathway::Criterion* const criterion = finding.severity == Severity::warning ? whereabouts.of(finding) : nullptr;
    const RuleInfo* const rule = find_rule(finding.rule);
    if (criterion != nullptr && rule != nullptr && rule->family != Family::document && !style.severities.contains(finding.rule))
      hit[finding.rule].insert(criterion);
  }
  for (const auto& [rule, where] : hit) {
    if (3 * where.size() <= criteria) continue;
    for (Finding& finding : findings) {
      if (finding.rule == rule && finding.severity == Severity::warning) finding.severity = Severity::note;
    }
    if (style.is_off("widespread-finding")) continue;
    findings.push_back({"widespread-finding",
                        Severity::warning,
                        "pathway.yaml",
                        {},
                        fmt::format("`{}` is found in {} of {} criteria, so each is told as a note.", rule, where.size(), criteria),
                        "Begin with the place people ask about most, and write its page anew; a sentence here and there will not do."});
  }
}

/// What these rules find, two people judge differently.
bool rests_on_opinion(std::string_view rule) {
  return rule == "vague-criterion" || rule == "gut-feeling" || rule == "personality-criterion" || rule == "visibility-criterion";
}

void count_criteria(const Whereabouts& whereabouts, Linted& linted) {
  Criteria doubtful, vague, perhaps_vague;
  for (const Finding& finding : linted.findings) {
    const bool about_vagueness = rests_on_opinion(finding.rule);
    if (finding.severity == Severity::note && !about_vagueness) continue;
    const pathway::Criterion* const criterion = whereabouts.of(finding);
    if (criterion == nullptr) continue;
    if (finding.severity != Severity::note) doubtful.insert(criterion);
    if (about_vagueness) (finding.severity == Severity::note ? perhaps_vague : vague).insert(criterion);
  }
  for (const pathway::Criterion* const criterion : vague) perhaps_vague.erase(criterion);
  linted.criteria_in_doubt = doubtful.size();
  linted.criteria_vague = vague.size();
  linted.criteria_perhaps_vague = perhaps_vague.size();
}

std::string share(std::size_t part, std::size_t whole) { return fmt::format("{} %", (100 * part + whole / 2) / whole); }

}  // namespace

Linted lint(const Folder& folder, const pathway::Loaded& loaded, Date today) {
  Linted linted{loaded.findings, {}, 0, 0};
  const pathway::Pathway* const pathway = loaded.pathway ? &*loaded.pathway : loaded.unusable ? &*loaded.unusable : nullptr;
  if (pathway == nullptr) return linted;
  const HouseStyle style = read_house_style(*pathway, linted.findings);
  std::optional<Documents> read;
  std::optional<SideBySide> compared;
  parallel_for(2, [&](std::size_t i) {
    if (i == 0)
      read.emplace(folder, *pathway);
    else
      compared.emplace(*pathway);
  });
  const Documents& documents = *read;
  Findings found = check({*pathway, documents, style, today, *compared}, folder, loaded.pathway.has_value());
  std::move(found.begin(), found.end(), std::back_inserter(linted.findings));
  apply_style(style, linted.findings);
  const std::vector<Allowance> allowances = read_allowances(folder, documents, linted.findings);
  sort_findings(linted.findings);
  apply_allowances(allowances, documents, linted.findings, linted.allowed);
  add_fixes(*pathway, documents, linted.findings);
  for (const pathway::Level& level : pathway->levels) linted.criteria += level.criteria.size();
  const Whereabouts whereabouts(*pathway);
  count_criteria(whereabouts, linted);
  gather_widespread(style, whereabouts, linted.criteria, linted.findings);
  sort_findings(linted.findings);
  return linted;
}

void prepare() { static_cast<void>(judge_sentence("Writes the plan")); }

std::string told_share(const Linted& linted) {
  const std::size_t all = linted.criteria, vague = linted.criteria_vague, perhaps = linted.criteria_perhaps_vague;
  std::vector<std::string> sentences;
  if (linted.criteria_in_doubt > 0)
    sentences.push_back(fmt::format("Something is to be mended in {} of {} ({}).", linted.criteria_in_doubt, counted(all, "criterion", "criteria"),
                                    share(linted.criteria_in_doubt, all)));
  if (vague > 0) {
    const std::string more =
        perhaps == 0 ? "" : fmt::format(", and {} more ({}) {} in doubt", perhaps, share(perhaps, all), perhaps == 1 ? "is" : "are");
    sentences.push_back(fmt::format("As written, {} ({}) cannot be judged{}.", counted(vague, "criterion", "criteria"), share(vague, all), more));
  } else if (perhaps > 0) {
    sentences.push_back(
        fmt::format("As written, {} ({}) {} in doubt.", counted(perhaps, "criterion", "criteria"), share(perhaps, all), perhaps == 1 ? "is" : "are"));
  }
  return join(sentences, " ");
}

}  // namespace waymark::lint
