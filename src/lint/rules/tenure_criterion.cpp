#include <fmt/core.h>

#include "lint/rule.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const Prose& prose : subject.documents.prose()) {
    if (!is_of_criterion(prose.role)) continue;
    for (const Occurrence& found : tenure_phrases(prose.text())) {
      const std::string_view words = prose.text().substr(found.begin, found.end - found.begin);
      if (subject.style.allows(words) || is_quoted(prose.text(), found.begin, found.end)) continue;
      const bool paper = found.kind == TenureKind::credential;
      report.at(prose, found.begin, found.end,
                fmt::format("`{}` asks for {}, not for work that is done.", words, paper ? "a certificate" : "time that has passed"),
                paper ? "Name what somebody with it does here that others do not."
                      : "Name what the time would have taught, as an act; a usual length of time belongs under `thresholds` in pathway.yaml.");
    }
  }
}

}  // namespace

Rule tenure_criterion() { return {"tenure-criterion", Family::tenure, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
