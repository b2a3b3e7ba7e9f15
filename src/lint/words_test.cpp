#include "lint/words.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "lint/similarity.hpp"

using namespace waymark::lint;

namespace {

std::string found(const Phrases& phrases, const std::string& text) {
  std::string all;
  for (const Phrases::Match& match : phrases.in(text)) all += (all.empty() ? "" : "|") + text.substr(match.begin, match.end - match.begin);
  return all;
}

}  // namespace

TEST_CASE("phrases are found as whole words, in any case, the longest first") {
  const Phrases phrases("# a comment\nrock star\nrock\nself driven\nhis/her\ndon't\n");
  CHECK(found(phrases, "A Rock Star, a rock; rocks and rockets") == "Rock Star|rock");
  CHECK(found(phrases, "a rock-star and a rock\nstar") == "rock-star|rock\nstar");
  CHECK(found(phrases, "rock, star") == "rock");
  CHECK(found(phrases, "Self-driven people read his/her plan") == "Self-driven|his/her");
  CHECK(found(phrases, "They don\xE2\x80\x99t and don't") == "don\xE2\x80\x99t|don't");
}

TEST_CASE("groups and notes belong to their phrases") {
  const Phrases phrases("[first]\none\tuno\n[second]\ntwo\n");
  const auto matches = phrases.in("one two");
  REQUIRE(matches.size() == 2);
  CHECK(matches[0].phrase->group == "first");
  CHECK(matches[0].phrase->note == "uno");
  CHECK(matches[1].phrase->group == "second");
  CHECK(matches[1].phrase->note.empty());
}

TEST_CASE("what stands between quotation marks is quoted") {
  const std::string text = "He said \xE2\x80\x9Cso much gravitas here\xE2\x80\x9D and had gravitas.";
  const std::size_t first = text.find("gravitas");
  const std::size_t second = text.rfind("gravitas");
  CHECK(is_quoted(text, first, first + 8));
  CHECK_FALSE(is_quoted(text, second, second + 8));
}

TEST_CASE("words lie inside the text and apart, whatever it is") {
  rc::check("any bytes", [](const std::string& text) {
    std::uint32_t done = 0;
    for (const Word& word : words_of(text)) {
      RC_ASSERT(word.begin >= done);
      RC_ASSERT(word.end > word.begin);
      RC_ASSERT(word.end <= text.size());
      done = word.end;
    }
  });
}

TEST_CASE("words of degree do not make two texts differ") {
  CHECK(likeness(content_words("Reviews designs"), content_words("Consistently reviews very complex designs")) == 1.0);
  CHECK(likeness(content_words("Reviews designs"), content_words("Writes runbooks")) == 0.0);
  CHECK(likeness({}, {}) == 0.0);
}

TEST_CASE("looking only at rare words misses no pair") {
  rc::check("as comparing all with all", [] {
    const auto sets = rc::gen::container<std::vector<WordSet>>(
        rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0, 12)), [](WordSet set) {
          std::sort(set.begin(), set.end());
          set.erase(std::unique(set.begin(), set.end()), set.end());
          return set;
        }));
    const auto left = *sets;
    const auto right = *sets;
    const double threshold = *rc::gen::element(0.3, 0.6, 0.8, 1.0);
    std::size_t expected = 0;
    for (const WordSet& a : left) {
      for (const WordSet& b : right) expected += a.size() >= 2 && b.size() >= 2 && likeness(a, b) >= threshold ? 1 : 0;
    }
    RC_ASSERT(alike(left, right, threshold, 2).size() == expected);
  });
}
