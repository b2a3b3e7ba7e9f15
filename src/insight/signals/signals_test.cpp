// What the structure gives reason to ask about, and to whom it goes.
#include "insight/signals/signals.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/folder.hpp"
#include "base/text.hpp"
#include "insight/signals/words.hpp"
#include "org/org_test.hpp"

using namespace waymark;
using namespace waymark::insight;
using namespace waymark::org::testing;
using org::Changes;
using org::Kind;
using org::PersonIndex;

namespace {

/// The starter, as it is shipped.
const pathway::Pathway& starter() {
  static const pathway::Pathway pathway = [] {
    const auto folder = read_folder(std::filesystem::path(WAYMARK_SOURCE_DIR) / "starter", pathway::document_extensions());
    REQUIRE(folder.has_value());
    return pathway::load(*folder).pathway.value();
  }();
  return pathway;
}

void add(Changes& changes, const std::string& name, std::string_view level, const std::string& manager = {}, std::string_view from = "2024-01-01") {
  join(changes, name, from);
  if (!level.empty()) set(changes, name, Kind::level, from, std::string(level));
  if (!manager.empty()) set(changes, name, Kind::manager, from, manager);
}

/// A head with a manager of seven engineers: nothing to ask about.
Changes calm() {
  Changes changes;
  add(changes, "Hana", "HOE");
  add(changes, "Emil", "EM", "Hana");
  for (int i = 1; i <= 7; ++i) add(changes, "Engineer " + std::to_string(i), i == 1 ? "SSE" : "ISE", "Emil");
  return changes;
}

struct House {
  std::shared_ptr<const org::OrganisationOn> on;
  Signals signals;

  explicit House(const Changes& changes, const pathway::Pathway& pathway = starter(), std::string_view on_day = today)
      : on(org::OrganisationOn::make(after(org::Organisation::empty(), changes), day(on_day))), signals(*on, pathway) {}

  /// "kind: about → to (observed)" for each.
  [[nodiscard]] std::vector<std::string> told(const std::vector<Signal>& all) const {
    std::vector<std::string> lines;
    for (const Signal& signal : all) {
      std::vector<std::string> names;
      for (const PersonIndex person : signal.about) names.push_back(on->name(person));
      lines.push_back(std::string(to_string(signal.kind)) + ": " + waymark::join(names, ", ") + " → " +
                      (signal.goes_to ? on->name(*signal.goes_to) : std::string("nobody")) + " (" + std::to_string(signal.observed) + ")");
    }
    return lines;
  }
  [[nodiscard]] std::vector<std::string> all() const { return told(signals.all()); }
  [[nodiscard]] std::vector<std::string> of(std::string_view name) const {
    return told(signals.for_person(on->organisation().find(person_id(name)).value()));
  }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("where everything is within its range there is nothing to ask") {
  const House house(calm());
  CHECK(house.all().empty());
}

TEST_CASE("a graduate beyond the range is a question to their manager, from the day after it") {
  Changes changes = calm();
  add(changes, "Gro", "GE", "Emil", "2024-11-24");
  CHECK(House(changes).all().empty());
  const House house(changes, starter(), "2026-11-25");
  CHECK(house.all() == Lines{"graduate-months: Gro → Emil (24)"});
  CHECK(house.of("Emil") == Lines{"graduate-months: Gro → Emil (24)"});
  CHECK(house.of("Gro").empty());
  CHECK(house.of("Hana").empty());
  CHECK(house.signals.all().front().since == day("2026-11-24"));
}

TEST_CASE("months at a place count from when somebody came to it, and 29 February has an anniversary") {
  Changes changes = calm();
  add(changes, "Gro", "GE", "Emil", "2024-02-29");
  CHECK(House(changes, starter(), "2026-02-28").all().empty());
  CHECK(House(changes, starter(), "2026-03-01").all().size() == 1);
}

TEST_CASE("staying is never a signal: fifteen years as an intermediate engineer are nobody's question") {
  Changes changes = calm();
  add(changes, "Stig", "ISE", "Emil", "2011-01-01");
  CHECK(House(changes).all().empty());
}

TEST_CASE("direct reports below and above the range are a question to the manager's manager") {
  Changes changes = calm();
  add(changes, "Few", "EM", "Hana");
  for (int i = 1; i <= 3; ++i) add(changes, "Few " + std::to_string(i), "ISE", "Few");
  add(changes, "Many", "EM", "Hana");
  for (int i = 1; i <= 13; ++i) add(changes, "Many " + std::to_string(i), "ISE", "Many", "2024-0" + std::to_string(1 + i % 9) + "-01");
  const House house(changes);
  CHECK(house.all() == Lines{"manager-direct-reports: Few → Hana (3)", "manager-direct-reports: Many → Hana (13)"});
  CHECK(house.of("Hana").size() == 2);
  CHECK(house.of("Many").empty());
  // Since the last of the thirteen came; since when there were too few nobody who is here today can tell.
  CHECK(house.signals.all()[1].since == day("2024-09-01"));
  CHECK(!house.signals.all()[0].since);
}

TEST_CASE("six and twelve are within the range of six to twelve") {
  Changes changes;
  add(changes, "Hana", "HOE");
  add(changes, "Six", "EM", "Hana");
  add(changes, "Twelve", "EM", "Hana");
  for (int i = 1; i <= 6; ++i) add(changes, "S" + std::to_string(i), "ISE", "Six");
  for (int i = 1; i <= 12; ++i) add(changes, "T" + std::to_string(i), "ISE", "Twelve");
  CHECK(House(changes).all().empty());
}

TEST_CASE("a team lead's engineers are those on the teams they lead, without themselves and other leads") {
  Changes changes = calm();
  found(changes, "Blue", "2024-01-01");
  add(changes, "Lea", "TTL", "Emil");
  set(changes, "Lea", Kind::team, "2024-01-01", "Blue");
  changes.facts.push_back({id_text("Blue"), Kind::team_lead, day("2024-01-01"), id_text("Lea")});
  for (int i = 1; i <= 3; ++i) set(changes, "Engineer " + std::to_string(i), Kind::team, "2024-01-01", "Blue");
  CHECK(House(changes).all() == Lines{"team-lead-engineers: Lea → Emil (3)"});
  set(changes, "Engineer 4", Kind::team, "2024-01-01", "Blue");
  CHECK(House(changes).all().empty());
  // Somebody who left does not count.
  end(changes, "Engineer 4", Kind::employed, "2025-01-01");
  CHECK(House(changes).all() == Lines{"team-lead-engineers: Lea → Emil (3)"});
}

TEST_CASE("a team lead of whom no team is recorded leads none that is too small") {
  Changes changes = calm();
  add(changes, "Lea", "TTL", "Emil");
  CHECK(House(changes).all().empty());
}

TEST_CASE("with several teams the span counts everybody below, managers apart; with one it does not") {
  Changes changes;
  add(changes, "Hana", "HOE");
  add(changes, "Emil", "EM", "Hana");
  add(changes, "Second", "EM", "Emil");
  found(changes, "Blue", "2024-01-01");
  found(changes, "Red", "2024-01-01");
  for (int i = 1; i <= 11; ++i) add(changes, "B" + std::to_string(i), "ISE", "Emil"), set(changes, "B" + std::to_string(i), Kind::team, "2024-01-01", "Blue");
  for (int i = 1; i <= 10; ++i) add(changes, "R" + std::to_string(i), "ISE", "Second"), set(changes, "R" + std::to_string(i), Kind::team, "2024-01-01", "Red");
  CHECK(House(changes).all() == Lines{"manager-span: Emil → Hana (21)"});
  for (int i = 1; i <= 10; ++i) set(changes, "R" + std::to_string(i), Kind::team, "2024-01-01", "Blue");
  CHECK(House(changes).all().empty());
}

TEST_CASE("a head may have three senior engineers, no fourth, and no other engineer at all") {
  Changes changes = calm();
  add(changes, "Lin", "LSE", "Hana");
  add(changes, "Sol", "SSE", "Hana");
  add(changes, "Lou", "LSE", "Hana");
  add(changes, "Other head", "HOE", "Hana");
  CHECK(House(changes).all().empty());
  Changes four = changes;
  add(four, "Fourth", "SSE", "Hana", "2025-05-01");
  const House with_four(four);
  CHECK(with_four.all() == Lines{"head-individual-reports: Hana → nobody (4)"});
  CHECK(with_four.signals.all().front().since == day("2025-05-01"));
  add(changes, "Jun", "JSE", "Hana", "2026-01-01");
  const House house(changes);
  CHECK(house.all() == Lines{"head-individual-reports: Hana → nobody (4)"});
  CHECK(house.signals.all().front().juniors == 1);
  CHECK(house.signals.all().front().since == day("2026-01-01"));
}

TEST_CASE("leadership before the fork is seen where the way there is on record, and only there") {
  Changes changes = calm();
  add(changes, "Early", "ISE", "Hana");
  set(changes, "Early", Kind::level, "2025-03-01", "EM");
  add(changes, "Usual", "SSE", "Hana");
  set(changes, "Usual", Kind::level, "2025-03-01", "EM");
  add(changes, "Hired", "EM", "Hana");
  // There before, and back: what was early once is so no more.
  add(changes, "Back", "ISE", "Hana");
  set(changes, "Back", Kind::level, "2024-06-01", "EM");
  set(changes, "Back", Kind::level, "2025-01-01", "SSE");
  set(changes, "Back", Kind::level, "2026-01-01", "EM");
  int number = 0;
  for (const char* manager : {"Early", "Usual", "Hired", "Back"}) {
    for (int i = 0; i < 6; ++i) add(changes, "Report " + std::to_string(++number), "ISE", manager, "2026-02-01");
  }
  const House house(changes);
  CHECK(house.all() == Lines{"led-before-fork: Early → Hana (0)"});
  CHECK(house.signals.all().front().since == day("2025-03-01"));
}

TEST_CASE("people without a level are one question for each manager, and none where nobody has one") {
  Changes changes = calm();
  add(changes, "Una", "", "Emil");
  add(changes, "Uwe", "L5", "Emil");  // no level of this pathway
  CHECK(House(changes).all() == Lines{"place-unknown: Una, Uwe → Emil (2)"});
  CHECK(House(changes).of("Emil") == Lines{"place-unknown: Una, Uwe → Emil (2)"});
  Changes none;
  add(none, "Una", "");
  add(none, "Uwe", "", "Una");
  CHECK(House(none).all().empty());
}

TEST_CASE("who is on another pathway is not looked at with this one") {
  Changes changes = calm();
  add(changes, "Hardy", "H3", "Emil");
  set(changes, "Hardy", Kind::pathway, "2024-01-01", "Hardware pathway");
  CHECK(House(changes).all().empty());
}

TEST_CASE("limits are the pathway's: another number is another answer, and without one nothing is asked") {
  Changes changes = calm();
  for (int i = 8; i <= 13; ++i) add(changes, "Engineer " + std::to_string(i), "ISE", "Emil");
  CHECK(House(changes).all().size() == 1);
  pathway::Pathway wider = starter();
  for (pathway::Threshold& each : wider.thresholds) {
    if (each.id == "manager-direct-reports") each.to = 15;
  }
  CHECK(House(changes, wider).all().empty());
  pathway::Pathway without = starter();
  std::erase_if(without.thresholds, [](const pathway::Threshold& each) { return each.id == "manager-direct-reports"; });
  CHECK(House(changes, without).all().empty());
}

TEST_CASE("what a signal says names the people, the number, the range, what else it may mean and a first sentence") {
  Changes changes = calm();
  add(changes, "Gro", "GE", "Emil", "2024-05-01");
  add(changes, "Una", "", "Emil");
  const House house(changes);
  const auto all = house.signals.all();
  REQUIRE(all.size() == 2);
  const SignalWords graduate = words_of(all[0], *house.on, starter());
  CHECK(graduate.title == "Gro has been at Graduate Engineer for 30 months");
  CHECK(graduate.observed.find("1 May 2026") != std::string::npos);
  CHECK(graduate.observed.find("12–24 months") != std::string::npos);
  const SignalWords unknown = words_of(all[1], *house.on, starter());
  CHECK(unknown.title == "1 person who reports to you has no level yet");
  for (const SignalWords& words : {graduate, unknown}) {
    CHECK(!words.reason.empty());
    CHECK(!words.also.empty());
    CHECK(!words.conversation.empty());
  }
}
