#include <algorithm>
#include <map>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/phrase_rule.hpp"

namespace waymark::lint::checks {
namespace {

constexpr std::size_t fewest = 8;
constexpr double one_sided = 0.8;

struct Count {
  std::map<std::string, std::size_t> words[2];
  std::size_t total[2] = {0, 0};
};

std::string most_frequent(const std::map<std::string, std::size_t>& words) {
  std::vector<std::pair<std::size_t, std::string>> order;
  for (const auto& [word, count] : words) order.emplace_back(count, word);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return std::pair(b.first, a.second) < std::pair(a.first, b.second); });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < order.size() && i < 4; ++i) names.push_back("`" + order[i].second + "`");
  return in_words(names);
}

void check(const Subject& subject, Reporter& report) {
  std::map<const pathway::Level*, Count> pages;
  for_each_phrase(
      subject, "gender-coded", [](Role role) { return is_expectation(role) || role == Role::example; },
      [&](const PhraseMatch& match) {
        if (match.prose.level == nullptr || match.prose.file != match.prose.level->place.file) return;
        Count& count = pages[match.prose.level];
        const std::size_t side = match.phrase.group == "communal" ? 1 : 0;
        ++count.words[side][match.phrase.text];
        ++count.total[side];
      });
  for (const pathway::Level& level : subject.pathway.levels) {
    const auto page = pages.find(&level);
    if (page == pages.end()) continue;
    const Count& count = page->second;
    const std::size_t all = count.total[0] + count.total[1];
    const std::size_t side = count.total[1] > count.total[0] ? 1 : 0;
    if (all < fewest || static_cast<double>(count.total[side]) < one_sided * static_cast<double>(all)) continue;
    report.at(level.place,
              fmt::format("{} of {} words on this page that studies find coded for one gender lean to {}: {}.", count.total[side], all,
                          side == 0 ? "men" : "women", most_frequent(count.words[side])),
              "No single word is wrong. Read the page once for whom it describes, and exchange some for the act they stand for.");
  }
}

}  // namespace

Rule gendered_balance() { return {"gendered-balance", Family::fairness, Severity::note, Needs::english_words, check}; }

}  // namespace waymark::lint::checks
