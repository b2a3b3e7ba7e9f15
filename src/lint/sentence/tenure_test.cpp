#include <doctest/doctest.h>

#include <string>

#include "lint/sentence/judge.hpp"

using namespace waymark::lint;

namespace {

/// The stretches found, in the words of the text, joined by " | ".
std::string found_in(std::string_view text) {
  std::string found;
  for (const Occurrence& each : tenure_phrases(text))
    found += (found.empty() ? "" : " | ") + std::string(text.substr(each.begin, each.end - each.begin));
  return found;
}

}  // namespace

TEST_CASE("time served is found, in digits and in words") {
  CHECK(found_in("Has five years of experience") == "five years of experience");
  CHECK(found_in("5+ yrs Java") == "5+ yrs");
  CHECK(found_in("At least 3 years in a senior role") == "3 years in a senior role");
  CHECK(found_in("two years of Go") == "two years of");
  CHECK(found_in("Several years of leading teams") == "Several years of");
  CHECK(found_in("a minimum of 18 months") == "minimum of 18 months");
  CHECK(found_in("10 years' industry experience") == "10 years' industry");
  CHECK(found_in("2-3 years") == "2-3 years");
  CHECK(found_in("~4 years") == "4 years");
  CHECK(found_in("Promoted after the usual time in role") == "time in role");
  CHECK(found_in("based on tenure") == "tenure");
  CHECK(found_in("Does not require professional experience") == "require professional experience");
}

TEST_CASE("the kind of what was found is told") {
  REQUIRE(tenure_phrases("time at this level").size() == 1);
  CHECK(tenure_phrases("time at this level").front().kind == TenureKind::time_in_role);
  CHECK(tenure_phrases("two years of Go").front().kind == TenureKind::elapsed_time);
  CHECK(tenure_phrases("a degree in mathematics").front().kind == TenureKind::credential);
}

TEST_CASE("papers are found") {
  CHECK(found_in("Holds a university degree or equivalent") == "a university degree");
  CHECK(found_in("Bachelor's degree in physics").find("degree") != std::string::npos);
  CHECK(found_in("PhD preferred") == "PhD");
  CHECK(found_in("Attains a professional certification") == "certification");
}

TEST_CASE("years of something else are left alone") {
  for (const char* const text :
       {"Sets up seven years of data retention", "Leads a team of five", "Reviews the last two years of incident reports and logs",
        "Shows a high degree of care", "Writes a two-year roadmap for storage", "Plans over a horizon of six to twelve months",
        "Looks 12 months ahead", "Meets their report every two months", "Runs the survey twice a year",
        "Rotates the TLS certificate before it expires", "Automates certificate renewal", "Delivers the migration within six months",
        "Keeps the software running for the next six months", "Estimates with a fair degree of accuracy", "Cuts cost by 20 % in one year",
        "A feature in ten days"}) {
    CAPTURE(text);
    CHECK(found_in(text) == "");
  }
}

TEST_CASE("all of a text is read, with the bytes counted from its beginning") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "Reviews code. ";
  const std::size_t begin = text.size();
  text += "Has 4 years of experience.";
  const auto found = tenure_phrases(text);
  REQUIRE(found.size() == 1);
  CHECK(found.front().begin == begin + 4);
  CHECK(text.substr(found.front().begin, found.front().end - found.front().begin) == "4 years of experience");
}
