#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

constexpr std::size_t fewest_words = 8;

constexpr std::array<std::string_view, 17> openings{
    "e.g.", "eg ",  "eg. ",        "for example",  "for instance",    "such as", "might ", "could ",     "would ",
    "may ", "can ", "someone who", "somebody who", "an engineer who", "imagine", "if ",    "things like"};

void check(const Subject& subject, Reporter& report) {
  for (const Prose& prose : subject.documents.prose()) {
    if (prose.role != Role::example && prose.role != Role::archetype_example) continue;
    if (prose.block->kind == markup::Block::Kind::heading) continue;
    const std::string lower = to_lower_ascii(prose.text().substr(0, 40));
    const auto opening = std::find_if(openings.begin(), openings.end(), [&](std::string_view each) { return lower.starts_with(each); });
    const bool asks_for_more = prose.text().ends_with(':');  // introduces the list
    if (opening != openings.end()) {
      report.at(prose, 0, trim(*opening).size(), "This is what somebody could do, not what somebody did.",
                "Tell one case: who needed it, what was done, what came of it.");
    } else if (prose.words.size() < fewest_words && !asks_for_more && subject.style.examples > 0) {
      report.at(prose, fmt::format("{} are too few to recognise a case by.", counted(prose.words.size(), "word")),
                "Tell what was done, on which system or for whom, and what came of it.");
    }
  }
}

}  // namespace

Rule generic_example() { return {"generic-example", Family::examples, Severity::warning, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
