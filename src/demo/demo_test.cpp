// The demo organisation: the same seed the same bytes, nothing that an organisation would refuse, and what it says of itself.
#include "demo/demo.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <map>
#include <set>

#include "base/date.hpp"
#include "base/text.hpp"
#include "demo/model.hpp"
#include "demo/names.hpp"
#include "org/on.hpp"
#include "org/org_test.hpp"

using namespace waymark;
using namespace waymark::demo;
using org::Kind;

namespace {

const Date until = org::testing::day("2026-11-24");

Demo make(std::size_t people, std::uint64_t seed, int years = 5) { return Demo::make({.people = people, .years = years, .seed = seed, .until = until}); }

std::shared_ptr<const org::Organisation> organisation_of(const Demo& demo) {
  auto organisation = org::Organisation::empty();
  for (std::size_t i = 0; i < demo.parts(); ++i) {
    const org::Revised revised = revise(organisation, demo.part(i), until);
    for (const org::Problem& problem : revised.problems) FAIL(problem.message);
    organisation = revised.organisation;
  }
  return organisation;
}

std::shared_ptr<const org::OrganisationOn> today_of(const Demo& demo) { return org::OrganisationOn::make(organisation_of(demo), until); }

std::map<std::string, std::size_t> levels_of(const org::OrganisationOn& on) {
  std::map<std::string, std::size_t> count;
  for (const org::PersonIndex person : on.people()) ++count[std::string(on.level(person))];
  return count;
}

}  // namespace

TEST_CASE("the draws are the same everywhere") {
  // The ten thousandth number of the standard's own example (rand.predef).
  Draws standard(5489);
  std::uint64_t bits = 0;
  for (int i = 0; i < 10'000; ++i) bits = standard.bits();
  CHECK(bits == 9981545732273789042u);
  Draws draws(7);
  std::array<int, 6> sides{};
  for (int i = 0; i < 60'000; ++i) ++sides[draws.below(6)];
  for (const int side : sides) CHECK(std::abs(side - 10'000) < 500);
  int happened = 0;
  for (int i = 0; i < 100'000; ++i) happened += draws.happens(Chance::of(0.03)) ? 1 : 0;
  CHECK(std::abs(happened - 3'000) < 300);
  CHECK(draws.happens(Chance::certain()));
  CHECK(!draws.happens(Chance{}));
}

TEST_CASE("the same seed gives the same people, ids, days and truths, and another seed does not") {
  const Demo once = make(180, 1);
  const Demo again = make(180, 1);
  const Demo other = make(180, 2);
  CHECK(to_json(once.truths()) == to_json(again.truths()));
  CHECK(to_json(once.truths()) != to_json(other.truths()));
  const std::string told = org::testing::told(*organisation_of(once));
  CHECK(told == org::testing::told(*organisation_of(again)));
  CHECK(told != org::testing::told(*organisation_of(other)));
}

TEST_CASE("in parts and in one it is the same organisation") {
  const Demo demo = make(60, 3);
  const org::Revised revised = revise(org::Organisation::empty(), demo.whole(), until);
  REQUIRE(revised.problems.empty());
  CHECK(org::testing::told(*revised.organisation) == org::testing::told(*organisation_of(demo)));
}

TEST_CASE("whatever the size, the years and the seed, an organisation takes it, and as many people work there as were wished") {
  rc::check([] {
    const auto people = static_cast<std::size_t>(*rc::gen::inRange(40, 401));
    const int years = *rc::gen::inRange(1, 11);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const Demo demo = make(people, seed, years);
    const auto on = today_of(demo);
    RC_ASSERT(on->people().size() == people);
    RC_ASSERT(on->tops().size() == 1u);
    for (const org::PersonIndex person : on->people()) RC_ASSERT(!on->standing(person).manager_left);
  });
}

TEST_CASE("there are more engineers in the middle than at either end, and about one manager for ten people") {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const auto on = today_of(make(4'000, seed));
    const auto count = levels_of(*on);
    const auto share = [&](const std::string& level) { return static_cast<double>(count.at(level)) / static_cast<double>(on->people().size()); };
    CHECK(count.at("") == 1);
    CHECK(share("GE") > 0.03);
    CHECK(share("GE") < 0.2);
    CHECK(share("ISE") > share("JSE"));
    CHECK(share("ISE") > share("SSE"));
    CHECK(share("SSE") > share("LSE"));
    CHECK(share("LSE") > 0.01);
    CHECK(share("LSE") < 0.15);
    CHECK(share("EM") > 0.08);
    CHECK(share("EM") < 0.12);
    CHECK(share("HOE") > 0.01);
    CHECK(share("HOE") < 0.03);
  }
}

TEST_CASE("people come, leave, move, go on leave, come back and are promoted; teams are led and reorganised") {
  const Demo demo = make(1'000, 4, 8);
  const auto organisation = organisation_of(demo);
  std::size_t left = 0, came_back = 0, moved = 0, promoted = 0, away = 0, part_time = 0, returned = 0;
  for (std::size_t i = 0; i < organisation->people(); ++i) {
    const auto person = static_cast<org::PersonIndex>(i);
    const auto employed = organisation->history(person, Kind::employed);
    left += employed.back().to ? 1 : 0;
    came_back += employed.size() > 1 ? 1 : 0;
    moved += organisation->history(person, Kind::team).size() > 1 ? 1 : 0;
    away += organisation->history(person, Kind::away).empty() ? 0 : 1;
    part_time += organisation->history(person, Kind::working_time).empty() ? 0 : 1;
    const auto levels = organisation->history(person, Kind::level);
    promoted += levels.size() > 1 ? 1 : 0;
    for (std::size_t at = 1; at < levels.size(); ++at) {
      const auto before = organisation->text_of(Kind::level, levels[at - 1].value);
      const auto after = organisation->text_of(Kind::level, levels[at].value);
      returned += (before == "TTL" && after == "SSE") || (before == "EM" && after == "LSE") ? 1 : 0;
    }
  }
  CHECK(organisation->people() == demo.people_ever());
  CHECK(left > 100);
  CHECK(came_back > 2);
  CHECK(moved > 50);
  CHECK(away > 100);
  CHECK(part_time > 50);
  CHECK(promoted > 300);
  CHECK(returned > 2);
  std::size_t reorganised = 0;
  for (std::size_t i = 0; i < organisation->teams(); ++i) {
    reorganised += organisation->history(static_cast<org::TeamIndex>(i), Kind::parent_team).size() > 1 ? 1 : 0;
  }
  CHECK(reorganised > 2);
}

TEST_CASE("names come from many scripts, some are a single word, and every address is somebody's alone") {
  const auto organisation = organisation_of(make(1'000, 5));
  std::set<std::string> emails;
  std::size_t single = 0, beyond_latin = 0, with_marks = 0, long_ones = 0;
  for (std::size_t i = 0; i < organisation->people(); ++i) {
    const auto& details = organisation->person(static_cast<org::PersonIndex>(i)).details;
    CHECK(emails.insert(details.email.value()).second);
    CHECK(details.email->ends_with("@example.org"));
    CHECK(is_valid_utf8(details.name));
    single += details.name.find(' ') == std::string::npos ? 1 : 0;
    beyond_latin += static_cast<unsigned char>(details.name.front()) >= 0xCE ? 1 : 0;
    with_marks += std::any_of(details.name.begin(), details.name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) ? 1 : 0;
    long_ones += count_code_points(details.name) > 24 ? 1 : 0;
  }
  CHECK(single > 20);
  CHECK(beyond_latin > 50);
  CHECK(with_marks > 200);
  CHECK(long_ones > 5);
}

TEST_CASE("group B goes from ISE to SSE half as often in a month, as is stated") {
  const Demo demo = make(20'000, 6, 8);
  const auto organisation = organisation_of(demo);
  std::string except_in;
  std::set<std::string> later;
  for (const Truth& truth : demo.truths()) {
    if (truth.kind != "group_promoted_later") continue;
    except_in = std::get<std::string>(*truth.parameter("except_in"));
    const auto& members = std::get<std::vector<std::string>>(*truth.parameter("members"));
    later.insert(members.begin(), members.end());
    CHECK(std::get<double>(*truth.parameter("hazard_ratio")) == 0.5);
  }
  REQUIRE(later.size() > 1'000);
  // Promotions over years at ISE, from the day when a promotion can be: a plain rate, by the piece of the hazard.
  std::array<std::array<double, 2>, 2> days{}, promotions{};
  for (std::size_t i = 0; i < organisation->people(); ++i) {
    const auto person = static_cast<org::PersonIndex>(i);
    const bool is_later = later.contains(organisation->person(person).id.text());
    const auto end = organisation->history(person, Kind::employed).back().to.value_or(until);
    for (const org::Spell& spell : organisation->history(person, Kind::level)) {
      if (organisation->text_of(Kind::level, spell.value) != "ISE") continue;
      const bool goes_on = spell.to && organisation->history(person, Kind::level).size() > 1;
      const auto last = spell.to.value_or(end);
      const double months = static_cast<double>((last - spell.from).count()) / 30.4375;
      if (months > 19) days[0][is_later ? 1 : 0] += std::min(months, 37.0) - 19;
      if (months > 37) days[1][is_later ? 1 : 0] += months - 37;
      if (goes_on && months > 17.5) ++promotions[months > 37 ? 1 : 0][is_later ? 1 : 0];
    }
  }
  for (std::size_t piece = 0; piece < 2; ++piece) {
    const double ratio = (promotions[piece][1] / days[piece][1]) / (promotions[piece][0] / days[piece][0]);
    CAPTURE(piece);
    CHECK(ratio > 0.38);
    CHECK(ratio < 0.65);
  }
}

TEST_CASE("in the department that promotes by tenure the months decide, and nowhere else") {
  const Demo demo = make(1'000, 8, 8);
  const auto organisation = organisation_of(demo);
  const auto on = org::OrganisationOn::make(organisation, until);
  std::string department;
  for (const Truth& truth : demo.truths()) {
    if (truth.kind == "department_promotes_by_tenure") department = truth.subject;
  }
  const auto part = organisation->find(org::TeamId::from(department).value()).value();
  std::size_t here = 0, longest_here = 0, longest_elsewhere = 0;
  for (const org::PersonIndex person : on->people()) {
    if (on->level(person) != "ISE" || !on->standing(person).team) continue;
    const auto above = on->parts_above(*on->standing(person).team);
    const bool is_here = std::find(above.begin(), above.end(), part) != above.end();
    here += is_here ? 1 : 0;
    const auto months = static_cast<std::size_t>(months_between(*on->standing(person).level_since, until));
    std::size_t& longest = is_here ? longest_here : longest_elsewhere;
    longest = std::max(longest, months);
  }
  CHECK(here > 5);
  CHECK(longest_here <= 37);
  CHECK(longest_elsewhere > 48);
}

TEST_CASE("a small organisation says what it has no room for, and a large one plants everything") {
  std::set<std::string> kinds;
  const Demo large = make(400, 1);
  for (const Truth& truth : large.truths()) kinds.insert(truth.kind);
  CHECK(kinds == std::set<std::string>{"department_promotes_by_tenure", "graduate_stalled", "group_promoted_later", "head_with_engineers", "judge_severe",
                                       "led_before_fork", "manager_with_few_reports", "manager_with_many_reports", "place_unknown", "promise_not_kept",
                                       "stretch_work_uneven", "team_lead_with_many_engineers"});
  CHECK(large.not_planted().empty());
  const Demo small = make(40, 1);
  std::set<std::string> planted, not_planted;
  for (const Truth& truth : small.truths()) planted.insert(truth.kind);
  for (const NotPlanted& each : small.not_planted()) {
    not_planted.insert(each.kind);
    CHECK(!each.because.empty());
  }
  CHECK(planted.contains("graduate_stalled"));
  CHECK(planted.contains("team_lead_with_many_engineers"));
  CHECK(planted.contains("manager_with_few_reports"));
  for (const std::string& kind : kinds) CHECK(planted.contains(kind) != not_planted.contains(kind));
}

TEST_CASE("what is not recorded yet says so") {
  const Demo demo = make(180, 1);
  for (const Truth& truth : demo.truths()) {
    const bool is_later = truth.kind == "judge_severe" || truth.kind == "stretch_work_uneven" || truth.kind == "promise_not_kept";
    if (is_later) CHECK(std::get<bool>(*truth.parameter("recorded")) == false);
    if (!is_later) CHECK(truth.parameter("recorded") == nullptr);
    CHECK(truth.since.has_value());
    CHECK(!truth.should_be_found_by.empty());
  }
}

TEST_CASE("somebody stands for each kind of person, each with an address") {
  for (const std::size_t people : {40u, 180u, 1'000u}) {
    const Demo demo = make(people, 1);
    REQUIRE(demo.stands().size() == stand_count);
    const auto on = today_of(demo);
    std::set<std::string> different;
    for (int i = 0; i < stand_count; ++i) {
      const Stand& stand = demo.stands()[static_cast<std::size_t>(i)];
      CHECK(static_cast<int>(stand.what) == i);
      different.insert(stand.person);
      const auto person = on->organisation().find(org::PersonId::from(stand.person).value()).value();
      CHECK(on->standing(person).is_employed);
      CHECK(on->organisation().person(person).details.email == stand.email);
      if (stand.what == Stand::For::manager) CHECK(on->level(person) == "EM");
      if (stand.what == Stand::For::head) CHECK(on->level(person) == "HOE");
      if (stand.what == Stand::For::team_lead) CHECK(on->level(person) == "TTL");
    }
    CHECK(different.size() == static_cast<std::size_t>(stand_count));
  }
}

TEST_CASE("what is too small or too long is refused in words") {
  CHECK(check({.people = 40, .years = 1, .until = until}).has_value());
  CHECK(check({.people = 39, .until = until}).error().message == "A demo organisation has from 40 to 200000 people.");
  CHECK(check({.people = 180, .years = 0, .until = until}).error().message == "A demo organisation has from 1 to 20 years of history.");
}
