// The demo's planted truths against the signals: each one that the structure shows is found, and nothing else is.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/folder.hpp"
#include "demo/demo.hpp"
#include "insight/signals/signals.hpp"
#include "org/on.hpp"
#include "pathway/pathway.hpp"

using namespace waymark;

namespace {

const Date until = parse_date("2026-11-24").value();

const pathway::Pathway& starter() {
  static const pathway::Pathway pathway = [] {
    const auto folder = read_folder(std::filesystem::path(WAYMARK_SOURCE_DIR) / "starter", pathway::document_extensions());
    REQUIRE(folder.has_value());
    return pathway::load(*folder).pathway.value();
  }();
  return pathway;
}

std::shared_ptr<const org::OrganisationOn> today_of(const demo::Demo& demo) {
  auto organisation = org::Organisation::empty();
  for (std::size_t i = 0; i < demo.parts(); ++i) {
    const org::Revised revised = revise(organisation, demo.part(i), until);
    REQUIRE(revised.problems.empty());
    organisation = revised.organisation;
  }
  return org::OrganisationOn::make(organisation, until);
}

/// "signals:graduate-months PERSON"
std::set<std::string> planted(const demo::Demo& demo) {
  const std::set<std::string> from_structure{"signals:graduate-months",         "signals:manager-direct-reports", "signals:team-lead-engineers",
                                             "signals:head-individual-reports", "signals:led-before-fork",        "signals:place-unknown"};
  std::set<std::string> all;
  for (const demo::Truth& truth : demo.truths()) {
    if (from_structure.contains(truth.should_be_found_by)) all.insert(truth.should_be_found_by + ' ' + truth.subject);
  }
  return all;
}

std::set<std::string> found(const org::OrganisationOn& on, const std::vector<insight::Signal>& signals) {
  std::set<std::string> all;
  for (const insight::Signal& signal : signals) {
    for (const org::PersonIndex person : signal.about) {
      all.insert("signals:" + std::string(to_string(signal.kind)) + ' ' + on.organisation().person(person).id.text());
    }
  }
  return all;
}

}  // namespace

TEST_CASE("every planted truth that the structure shows is found by its signal, and nothing else is found") {
  const auto compare = [](std::size_t people, int years, std::uint64_t seed) {
    CAPTURE(people);
    CAPTURE(seed);
    const demo::Demo demo = demo::Demo::make({.people = people, .years = years, .seed = seed, .until = until});
    const auto on = today_of(demo);
    const auto signals = insight::Signals(*on, starter()).all();
    CHECK(planted(demo) == found(*on, signals));
    // What is said of the day holds: since then, or for longer.
    for (const insight::Signal& signal : signals) {
      for (const demo::Truth& truth : demo.truths()) {
        if (signal.about.empty() || !signal.since || truth.subject != on->organisation().person(signal.about.front()).id.text()) continue;
        if (truth.should_be_found_by != "signals:" + std::string(to_string(signal.kind))) continue;
        CHECK(signal.since.value() >= truth.since.value());
      }
    }
  };
  for (std::uint64_t seed = 1; seed <= 20; ++seed) compare(40, 5, seed);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) compare(180, 5, seed);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) compare(400, 5, seed);
  for (std::uint64_t seed = 1; seed <= 6; ++seed) compare(400, static_cast<int>(seed), 100 + seed);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) compare(10'000, 10, seed);
}

TEST_CASE("what goes to one person is what goes to them of all") {
  const demo::Demo demo = demo::Demo::make({.people = 400, .years = 5, .seed = 9, .until = until});
  const auto on = today_of(demo);
  const insight::Signals signals(*on, starter());
  std::set<std::string> one_by_one, together;
  for (const org::PersonIndex person : on->people()) {
    for (const insight::Signal& signal : signals.for_person(person)) {
      CHECK(signal.goes_to == person);
      one_by_one.insert(std::string(to_string(signal.kind)) + on->name(signal.about.front()));
    }
  }
  for (const insight::Signal& signal : signals.all()) {
    if (signal.goes_to) together.insert(std::string(to_string(signal.kind)) + on->name(signal.about.front()));
  }
  CHECK(one_by_one == together);
  CHECK(together.size() >= 6);
}
