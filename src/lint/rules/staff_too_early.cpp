#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

/// Numbers about the size of the whole organisation; others are about a team or a person.
bool is_about_the_organisation(const pathway::Threshold& threshold) {
  const std::string measure = to_lower_ascii(threshold.measure);
  return measure.find("organisation") != std::string::npos || measure.find("organization") != std::string::npos ||
         measure.find("company") != std::string::npos;
}

void check(const Subject& subject, Reporter& report) {
  if (!subject.style.engineers) return;
  for (const pathway::Level& level : subject.pathway.levels) {
    if (level.dormant) continue;
    const pathway::Threshold* lowest = nullptr;
    for (const pathway::Threshold& threshold : subject.pathway.thresholds) {
      if (threshold.level != level.id || !threshold.from || !is_about_the_organisation(threshold)) continue;
      if (lowest == nullptr || *threshold.from < *lowest->from) lowest = &threshold;
    }
    if (lowest == nullptr || *subject.style.engineers >= *lowest->from) continue;
    Finding& finding = report.at(
        level.place,
        fmt::format("`{}` is in use with {} engineers; its threshold begins at {}.", level.id.value, *subject.style.engineers, *lowest->from),
        fmt::format(
            "Put `{}` under `dormant` until people are doing this work already; a title with no work behind it is soon asked for by everyone.",
            level.id.value));
    finding.related.push_back({lowest->place.file, lowest->place.span, "the threshold"});
  }
}

}  // namespace

Rule staff_too_early() { return {"staff-too-early", Family::inflation, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
