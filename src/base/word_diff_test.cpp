#include "base/word_diff.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"

using namespace waymark;
using Kind = WordEdit::Kind;

TEST_CASE("a reworded sentence shows the words that changed") {
  CHECK(word_diff("Writes the design of a change", "Writes and defends the design of a change") ==
        std::vector<WordEdit>{{Kind::same, "Writes"}, {Kind::added, "and defends"}, {Kind::same, "the design of a change"}});
  CHECK(word_diff("one old word", "one new word") ==
        std::vector<WordEdit>{{Kind::same, "one"}, {Kind::removed, "old"}, {Kind::added, "new"}, {Kind::same, "word"}});
  CHECK(word_diff("", "").empty());
  CHECK(word_diff("a  b\nc", "a b c") == std::vector<WordEdit>{{Kind::same, "a b c"}});
}

TEST_CASE("both texts can be read out of the difference") {
  CHECK(rc::check("same and removed is before, same and added is after", [](const std::vector<bool>& a, const std::vector<bool>& b) {
    const auto text = [](const std::vector<bool>& words) {
      std::vector<std::string> result;
      for (const bool word : words) result.emplace_back(word ? "one" : "two");
      return join(result, " ");
    };
    std::vector<std::string> before, after;
    for (const WordEdit& edit : word_diff(text(a), text(b))) {
      if (edit.kind != Kind::added) before.push_back(edit.text);
      if (edit.kind != Kind::removed) after.push_back(edit.text);
    }
    RC_ASSERT(join(before, " ") == text(a));
    RC_ASSERT(join(after, " ") == text(b));
  }));
}
