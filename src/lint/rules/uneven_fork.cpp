#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

using pathway::Branch;

/// One branch may have this much more to say than the other.
constexpr double even_length = 1.6;
constexpr std::size_t fewest_words = 40;

std::size_t count_words(const std::vector<pathway::Passage>& passages) {
  std::size_t count = 0;
  for (const pathway::Passage& passage : passages) count += words_of(passage.block.text).size();
  return count;
}

std::size_t count_words(const Branch& branch) {
  std::size_t count = count_words(branch.intro);
  for (const Branch::Aspect& aspect : branch.aspects) count += count_words(aspect.passages);
  return count;
}

const Branch::Aspect* aspect_named(const Branch& branch, std::string_view title) {
  const auto found = std::find_if(branch.aspects.begin(), branch.aspects.end(),
                                  [&](const Branch::Aspect& aspect) { return to_lower_ascii(aspect.title) == to_lower_ascii(title); });
  return found == branch.aspects.end() ? nullptr : &*found;
}

const Branch::Aspect* cost_of(const Branch& branch) {
  const auto found = std::find_if(branch.aspects.begin(), branch.aspects.end(),
                                  [](const Branch::Aspect& aspect) { return to_lower_ascii(aspect.title).find("cost") != std::string::npos; });
  return found == branch.aspects.end() ? nullptr : &*found;
}

pathway::Place place_of(const pathway::Fork& fork, const pathway::Place& place) { return place.file.empty() ? pathway::Place{fork.page, {}} : place; }

void compare_aspects(const pathway::Fork& fork, const Branch& branch, const Branch& other, Reporter& report) {
  for (const Branch::Aspect& aspect : other.aspects) {
    if (aspect_named(branch, aspect.title) != nullptr) continue;
    report.at(place_of(fork, branch.place), fmt::format("`{}` says nothing under `{}`, and `{}` does.", branch.title, aspect.title, other.title),
              "Tell every branch under the same headings, or a reader compares what was told with what was left out.");
  }
}

void check(const Subject& subject, Reporter& report) {
  if (!subject.pathway.fork) return;
  const pathway::Fork& fork = *subject.pathway.fork;
  std::vector<const Branch*> branches;
  for (const Branch& way : fork.ways) {
    if (way.to) branches.push_back(&way);
  }
  for (const Branch* const branch : branches) {
    for (const Branch* const other : branches) {
      if (branch != other) compare_aspects(fork, *branch, *other, report);
    }
    const std::size_t own = count_words(*branch);
    const auto longest =
        std::max_element(branches.begin(), branches.end(), [](const Branch* a, const Branch* b) { return count_words(*a) < count_words(*b); });
    const std::size_t most = count_words(**longest);
    if (most >= fewest_words && static_cast<double>(most) > even_length * static_cast<double>(std::max<std::size_t>(own, 1))) {
      report.at(place_of(fork, branch->place),
                fmt::format("`{}` is told in {}, `{}` in {}.", branch->title, counted(own, "word"), (*longest)->title, most),
                "Give both about the same room: the branch that is told at length is the one that is being recommended.");
    }
    const Branch::Aspect* const cost = cost_of(*branch);
    const bool another_has = std::any_of(branches.begin(), branches.end(), [](const Branch* each) { return cost_of(*each) != nullptr; });
    if (cost == nullptr && !another_has && !branch->aspects.empty()) {
      report.at(place_of(fork, branch->place), fmt::format("`{}` does not say what it costs.", branch->title),
                "Add `### What it costs`: what somebody gives up, in plain words.");
    } else if (cost != nullptr && cost->passages.empty()) {
      report.at(place_of(fork, cost->place), fmt::format("What `{}` costs is left open.", branch->title),
                "Say what somebody gives up here, in plain words.");
    }
  }
}

}  // namespace

Rule uneven_fork() { return {"uneven-fork", Family::ladder, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
