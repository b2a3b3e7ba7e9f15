#include <map>
#include <string_view>
#include <unordered_map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/neighbours.hpp"

namespace waymark::lint::checks {
namespace {

constexpr std::size_t fewest_words = 7;

struct Sentence {
  const Prose* prose = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Letters and digits only, in lower case.
std::string key_of(std::string_view sentence) {
  std::string key;
  for (const char c : to_lower_ascii(sentence)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) key += c;
  }
  return key;
}

/// "In this role: …", "… in the following parts.": says what comes next, on every page alike.
bool leads_in(std::string_view sentence) {
  const std::string lower = to_lower_ascii(sentence);
  if (lower.find(" following") != std::string::npos || lower.find(" below") != std::string::npos) return true;
  const std::size_t colon = sentence.find(':');
  return colon != std::string_view::npos && words_of(sentence.substr(0, colon)).size() <= 4;
}

using Sentences = std::unordered_map<std::string, Sentence>;

std::map<const pathway::Level*, Sentences> sentences_by_level(const Documents& documents) {
  std::map<const pathway::Level*, Sentences> levels;
  for (const Prose& prose : documents.prose()) {
    if (prose.block->kind == markup::Block::Kind::heading) continue;
    if (prose.level == nullptr || prose.role == Role::stops || is_of_criterion(prose.role) || prose.file != prose.level->place.file) continue;
    for (const std::string_view sentence : sentences(prose.text())) {
      if (words_of(sentence).size() < fewest_words || std::string_view(".!?").find(sentence.back()) == std::string_view::npos || leads_in(sentence))
        continue;
      const auto begin = static_cast<std::size_t>(sentence.data() - prose.text().data());
      levels[prose.level].emplace(key_of(sentence), Sentence{&prose, begin, begin + sentence.size()});
    }
  }
  return levels;
}

void check(const Subject& subject, Reporter& report) {
  const auto levels = sentences_by_level(subject.documents);
  for (const auto& [before, after] : neighbours(subject.pathway)) {
    const auto earlier = levels.find(before);
    const auto later = levels.find(after);
    if (earlier == levels.end() || later == levels.end()) continue;
    // One finding a paragraph: the first sentence that was taken over.
    std::map<const Prose*, std::pair<Sentence, Sentence>> copies;
    for (const auto& [key, sentence] : later->second) {
      const auto same = earlier->second.find(key);
      if (same == earlier->second.end()) continue;
      const auto [copy, added] = copies.emplace(sentence.prose, std::pair(sentence, same->second));
      if (!added && sentence.begin < copy->second.first.begin) copy->second = {sentence, same->second};
    }
    for (const auto& [prose, copy] : copies) {
      const auto& [sentence, original] = copy;
      Finding& finding = report.at(*prose, sentence.begin, sentence.end, fmt::format("{} has this sentence too.", before->id.value),
                                   "Say here what differs, or leave it to the page it was written for.");
      finding.related.push_back(report.related(*original.prose, "the same sentence"));
    }
  }
}

}  // namespace

Rule copied_sentence() { return {"copied-sentence", Family::grid, Severity::warning, Needs::words, check}; }

}  // namespace waymark::lint::checks
