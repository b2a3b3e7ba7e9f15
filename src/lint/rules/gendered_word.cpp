#include <fmt/core.h>

#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for_each_phrase(
      subject, "gendered-words", [](Role) { return true; },
      [&](const PhraseMatch& match) {
        const std::string& better = match.phrase.note;
        Finding& finding = report.at(match.prose, match.begin, match.end, fmt::format("`{}` speaks of one gender.", match.words()),
                                     better.empty() ? "Use a word for everybody." : fmt::format("Write `{}`.", better));
        // The words of these groups can be exchanged without touching the verb.
        const bool exchangeable = match.phrase.group == "exchangeable";
        if (!better.empty())
          finding.fixes.push_back({exchangeable ? Fix::Kind::mechanical : Fix::Kind::suggestion,
                                   fmt::format("Write `{}`", better),
                                   {{finding.file, finding.span, better}}});
      });
}

}  // namespace

Rule gendered_word() { return {"gendered-word", Family::fairness, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
