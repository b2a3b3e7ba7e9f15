#include "web/judge_draft.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/lint.hpp"
#include "lint/rule.hpp"
#include "pathway/pathway.hpp"

namespace waymark::web {
namespace {

using importer::DraftJudgement;
using lint::Family;

std::string_view step_for(Family family) {
  switch (family) {
    case Family::document: return "Fill in what the source does not say: the gaps are marked `not in the source` in every file.";
    case Family::structure: return "Give every place its routes and its examples: nobody should be able to get there and not on.";
    case Family::vagueness: return "Say in each vague criterion what a reader would see, or take it out.";
    case Family::tenure: return "Take years and dates out of the criteria, and ask for the work they stood for.";
    case Family::grid: return "Keep each criterion at the place where it begins: what counts there counts on without being said again.";
    case Family::distinguishability: return "Say what is different at places that read alike, or make them one.";
    case Family::ladder: return "Put the work in place of words that rank people.";
    case Family::inflation: return "Look again at titles and bands that say more than the work does.";
    case Family::examples: return "Write examples of work that was done, where they only say the criterion again.";
    case Family::fairness: return "Change wording that shuts people out or counts for one gender only.";
    case Family::bundling: return "Divide criteria that ask for several things at once: each must be met or not met alone.";
    case Family::freshness: return "Read again what has not been read for long.";
    case Family::statement:
    case Family::settings: break;
  }
  return {};
}

struct Told {
  std::size_t warnings = 0;
  std::size_t notes = 0;
  std::map<std::string, std::size_t> by_file;  ///< of the warnings
};

std::string first_step(Family family, const Told& told) {
  const auto most = std::max_element(told.by_file.begin(), told.by_file.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const std::string where = told.by_file.size() == 1 ? "all" : fmt::format("{} of them", most->second);
  return fmt::format("{} The linter has {} about it, {} in `{}`.", step_for(family), counted(told.warnings, "warning"), where, most->first);
}

}  // namespace

DraftJudgement judge_draft(const Folder& draft, Date today) {
  const lint::Linted linted = lint::lint(draft, pathway::load(draft), today);
  std::map<Family, Told> by_family;
  for (const Finding& finding : linted.findings) {
    const lint::RuleInfo* rule = lint::find_rule(finding.rule);
    Told& told = by_family[rule == nullptr ? Family::document : rule->family];
    if (finding.severity == Severity::note) {
      ++told.notes;
    } else {
      ++told.warnings;
      ++told.by_file[finding.file];
    }
  }
  std::vector<std::pair<Family, Told>> most_first(by_family.begin(), by_family.end());
  std::stable_sort(most_first.begin(), most_first.end(), [](const auto& a, const auto& b) { return a.second.warnings > b.second.warnings; });
  DraftJudgement judgement;
  judgement.criteria = linted.criteria;
  judgement.share = lint::told_share(linted);
  if (judgement.share.empty() && linted.criteria > 0)
    judgement.share = fmt::format("Nothing is to be mended in {}.", counted(linted.criteria, "criterion", "criteria"));
  for (const auto& [family, told] : most_first) {
    judgement.families.push_back({std::string(lint::to_string(family)), told.warnings, told.notes});
    if (told.warnings > 0 && !step_for(family).empty()) judgement.first_steps.push_back(first_step(family, told));
  }
  return judgement;
}

}  // namespace waymark::web
