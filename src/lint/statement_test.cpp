#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "lint/explanation.hpp"
#include "lint/lint.hpp"

using namespace waymark::lint;

namespace {

/// "rule: words", joined.
std::string found_in(const std::string& text) {
  std::string all;
  for (const StatementFinding& finding : lint_statement(text)) {
    all += (all.empty() ? "" : "; ") + finding.rule + ": " + text.substr(finding.begin, finding.end - finding.begin);
  }
  return all;
}

}  // namespace

TEST_CASE("a statement about work that was done has nothing to mend") {
  CHECK(found_in("In spring she wrote the event contract both teams signed; the review is linked. Two engineers run incidents alone since she paired "
                 "with them.") == "");
  CHECK(found_in("") == "");
}

TEST_CASE("a statement hears what it argues from") {
  CHECK(found_in("This is long overdue.") == "argues-from-tenure: long overdue");
  CHECK(found_in("He has great potential and will grow into the place.") ==
        "argues-from-potential: great potential; argues-from-potential: will grow into");
  CHECK(found_in("She shows leadership.") == "argues-from-impression: shows leadership");
  CHECK(found_in("They are passionate about it.") == "argues-from-personality: passionate about");
  CHECK(found_in("She can be abrasive.") == "gendered-praise: abrasive");
}

TEST_CASE("what is quoted or denied is not argued from") {
  CHECK(found_in("This does not argue from potential.") == "");
  CHECK(found_in("The last case spoke of \"executive presence\" and was sent back.") == "");
}

TEST_CASE("any bytes: findings lie inside the text, in order, apart, and each rule has a page") {
  rc::check("any text", [](const std::string& text) {
    std::size_t done = 0;
    for (const StatementFinding& finding : lint_statement(text + " has great potential " + text)) {
      RC_ASSERT(finding.begin >= done);
      RC_ASSERT(finding.end > finding.begin);
      RC_ASSERT(finding.end <= 2 * text.size() + 21);
      RC_ASSERT(explain(finding.rule).has_value());
      done = finding.end;
    }
  });
}
