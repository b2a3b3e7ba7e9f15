#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& level : subject.pathway.levels) {
    if (level.summary.empty()) continue;
    std::size_t count = 0;
    for (const pathway::Passage& passage : level.summary) count += sentences(passage.block.text).size();
    const Span span{level.summary.front().block.span.begin, level.summary.back().block.span.end};
    if (count > 1) {
      report.at({level.place.file, span}, fmt::format("The summary has {} sentences.", count),
                "Keep the one that says what changes at this place; the sections below hold the rest.");
    } else if (level.summary.front().block.kind != markup::Block::Kind::paragraph) {
      report.at({level.place.file, span}, "The summary is not a sentence.", "Write one sentence that says what changes at this place.");
    }
  }
}

}  // namespace

Rule summary_not_one_sentence() { return {"summary-not-one-sentence", Family::structure, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
