// What a second table says of people who are known, and what is refused.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "org/import/import_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

constexpr std::string_view header = "remote_id,name,email,manager_id,title,department,team,start_date,end_date,status,fte,country\n";

std::shared_ptr<const Organisation> after(const std::shared_ptr<const Organisation>& before, const ImportPlan& plan) {
  CHECK(plan.before->revision() == before->revision());
  for (const Finding& finding : plan.findings) {
    if (finding.severity == Severity::error) FAIL(to_line(finding));
  }
  return plan.revised.organisation;
}

ImportRequest on(std::string_view iso) {
  ImportRequest request = a_request();
  request.as_of = day(iso);
  return request;
}

std::string rows(std::initializer_list<std::string_view> lines) {
  std::string text(header);
  for (const std::string_view line : lines) text += std::string(line) + '\n';
  return text;
}

const std::string january = rows({"1,Ada Park,ada@example.org,,Engineering Manager,Product,Core,2015-01-01,,active,1,DE", "2,Jo Lin,jo@example.org,1,Senior Engineer,Product,Core,2018-01-01,,active,1,DE",
                                  "3,Sam Roe,sam@example.org,1,Graduate Engineer,Product,Core,2019-01-01,,active,1,DE", "4,Kim Ode,kim@example.org,1,Chief Plumber,Product,Core,2019-01-01,,active,0.8,DE"});

std::shared_ptr<const Organisation> in_january() { return after(Organisation::empty(), plan(january, Organisation::empty(), on("2026-01-01"))); }

std::vector<std::string> happens(const std::string& csv, std::string_view iso = "2026-06-01", ImportAllowances allows = {}) {
  ImportRequest request = on(iso);
  request.allows = allows;
  const auto before = in_january();
  const ImportPlan planned = plan(csv, before, request);
  const auto organisation = after(before, planned);
  // Whatever it was, the same table a second time changes nothing.
  const ImportPlan again = plan(csv, organisation, request);
  CHECK(happenings(again).empty());
  CHECK(again.revised.changes_nothing());
  CHECK(again.unchanged + static_cast<std::size_t>(again.findings.size()) >= again.rows);
  return happenings(planned);
}

std::vector<std::string> problems(const ImportPlan& plan) {
  std::vector<std::string> told;
  for (const Finding& finding : plan.findings) told.push_back(fmt::format("{}:{} {} {}", finding.span.begin.line, finding.span.begin.column, to_string(finding.severity), finding.rule));
  return told;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a table says where people are from the day on, and since when they work here") {
  const auto organisation = in_january();
  const PersonIndex jo = organisation->find_by_email("JO@example.org").value();
  CHECK(organisation->at(jo, Kind::employed, day("2018-01-01")).has_value());
  CHECK(!organisation->at(jo, Kind::team, day("2025-12-31")).has_value());
  CHECK(value_of(*organisation, jo, Kind::level) == "SSE");
  const PersonIndex kim = organisation->find_by_reference({"hr", "4"}).value();
  CHECK(value_of(*organisation, kim, Kind::level).empty());
  CHECK(value_of(*organisation, kim, Kind::working_time) == "80");
  CHECK(value_of(*organisation, kim, Kind::title) == "Chief Plumber");
}

TEST_CASE("moves, managers, titles and names") {
  CHECK(happens(january).empty());
  CHECK(happens(rows({"2,Jo Lin-Park,jo@example.org,1,Staff Engineer,Product,Search,2018-01-01,,on leave,0.6,FR"})) ==
        Lines{"moves: Jo Lin-Park: from Core to Search", "level: Jo Lin-Park: SSE → STAFF", "name: Jo Lin: is called Jo Lin-Park now", "other: Jo Lin-Park: country FR", "other: Jo Lin-Park: on leave",
              "other: Jo Lin-Park: title Staff Engineer", "other: Jo Lin-Park: working time 60 %", "team: Search: is new, within Product"});
  CHECK(happens(rows({"3,Sam Roe,sam@example.org,jo@example.org,Graduate Engineer,Product,Core,2019-01-01,,active,1,DE"})) == Lines{"manager: Sam Roe: reports to Jo Lin instead of Ada Park"});
  CHECK(happens(rows({"3,Sam Roe,sam@example.org,,Graduate Engineer,Product,Core,2019-01-01,,active,1,DE"})) == Lines{"manager: Sam Roe: reports to nobody instead of Ada Park"});
}

TEST_CASE("leaving, coming back, and a leaving that is called off") {
  const std::string leaves = "3,Sam Roe,sam@example.org,1,Graduate Engineer,Product,Core,2019-01-01,2026-05-31,inactive,1,DE";
  CHECK(happens(rows({leaves})) == Lines{"leaves: Sam Roe: on 1 June 2026"});
  CHECK(happens(rows({"3,Sam Roe,sam@example.org,1,Graduate Engineer,Product,Core,2019-01-01,,left,1,DE"})) == Lines{"leaves: Sam Roe: on 1 June 2026"});
  const auto before = in_january();
  const auto gone = after(before, plan(rows({leaves}), before, on("2026-06-01")));
  const PersonIndex sam = gone->find_by_reference({"hr", "3"}).value();
  CHECK(gone->is_employed(sam, day("2026-05-31")));
  CHECK(!gone->is_employed(sam, day("2026-06-01")));
  const ImportPlan back = plan(rows({"3,Sam Roe,sam@example.org,1,Junior Engineer,Product,Core,2026-11-02,,active,1,DE"}), gone, on("2026-11-10"));
  CHECK(happenings(back) == Lines{"returns: Sam Roe: on 2 November 2026, as JSE"});
  CHECK(after(gone, back)->history(sam, Kind::employed).size() == 2);

  const std::string will_leave = "3,Sam Roe,sam@example.org,1,Graduate Engineer,Product,Core,2019-01-01,2026-12-31,active,1,DE";
  CHECK(happens(rows({will_leave})) == Lines{"leaves: Sam Roe: on 1 January 2027"});
  const auto leaving = after(before, plan(rows({will_leave}), before, on("2026-06-01")));
  CHECK(happenings(plan(january, leaving, on("2026-07-01"))) == Lines{"other: Sam Roe: does not leave after all"});
}

TEST_CASE("somebody who will come is there from their first day on") {
  const std::string row = "9,New Person,new@example.org,2,Graduate Engineer,Product,Core,2027-02-01,,pending,1,DE";
  CHECK(happens(rows({row})) == Lines{"joins: New Person: on 1 February 2027, in Core, as GE, reporting to Jo Lin"});
  const auto before = in_january();
  const auto planned = after(before, plan(rows({row}), before, on("2026-06-01")));
  const std::string later = "9,New Person,new@example.org,2,Graduate Engineer,Product,Core,2027-03-01,,pending,1,DE";
  const ImportPlan moved = plan(rows({later}), planned, on("2026-07-01"));
  CHECK(happenings(moved) == Lines{"joins: New Person: on 1 March 2027, in Core, as GE, reporting to Jo Lin"});
  const auto organisation = after(planned, moved);
  CHECK(!organisation->is_employed(organisation->find_by_email("new@example.org").value(), day("2027-02-10")));
}

TEST_CASE("a level that somebody settled stays when the title stays") {
  Changes settled;
  const auto before = in_january();
  const std::string jo = before->person(before->find_by_email("jo@example.org").value()).id.text();
  settled.facts.push_back({jo, Kind::level, day("2026-03-01"), "STAFF"});
  const auto organisation = testing::after(before, settled);
  CHECK(happenings(plan(january, organisation, on("2026-06-01"))).empty());
  ImportRequest always = on("2026-06-01");
  always.mapping.levels_from_titles = LevelsFromTitles::always;
  CHECK(happenings(plan(january, organisation, always)) == Lines{"level: Jo Lin: STAFF → SSE"});
  ImportRequest never = on("2026-06-01");
  never.mapping.levels_from_titles = LevelsFromTitles::never;
  CHECK(plan(january, Organisation::empty(), never).without_level == 4);
}

TEST_CASE("who is not in the table has left only where the table is whole, and not many at once") {
  const std::string without_two = rows({"1,Ada Park,ada@example.org,,Engineering Manager,Product,Core,2015-01-01,,active,1,DE", "2,Jo Lin,jo@example.org,1,Senior Engineer,Product,Core,2018-01-01,,active,1,DE"});
  CHECK(happens(without_two).empty());
  ImportRequest request = on("2026-06-01");
  request.mapping.is_complete = true;
  CHECK(problems(plan(without_two, in_january(), request)) == Lines{"1:1 error many-leavers"});
  CHECK(plan(without_two, in_january(), request).revised.changes_nothing());
  request.allows.many_leavers = true;
  CHECK(happenings(plan(without_two, in_january(), request)) == Lines{"leaves: Kim Ode: on 1 June 2026: not in the table", "leaves: Sam Roe: on 1 June 2026: not in the table"});
}

TEST_CASE("people are found by key, else by number, else by address") {
  const auto before = in_january();
  CHECK(happenings(plan("email,name\nJO@EXAMPLE.org,Jo Lin\n", before)).empty());
  CHECK(happenings(plan("employee_number,email,name\n77,jo@example.org,Jo Lin\n", before)) == Lines{"other: Jo Lin: employee number 77"});
  const auto numbered = after(before, plan("employee_number,email,name\n77,jo@example.org,Jo Lin\n", before));
  CHECK(happenings(plan("employee_number,email,name\n77,lin@example.org,Jo Lin\n", numbered)) == Lines{"other: Jo Lin: e-mail address lin@example.org"});
  // Another key is another person, and one address cannot be two people's.
  CHECK(problems(plan("remote_id,email,name\n99,jo@example.org,Jo Lin\n", before)) == Lines{"2:4 error contradiction"});
}

TEST_CASE("a table says once what it says of a team, wherever it is a part of") {
  const ImportPlan planned = plan("id,name,department,team\n1,A B,Cloud,Platform\n2,C D,Data,Platform\n3,E F,Data,\n");
  CHECK(planned.count(PlanLine::Kind::team) == 4);
  const auto organisation = after(Organisation::empty(), planned);
  CHECK(organisation->teams() == 4);
  CHECK(happenings(plan("id,name,department,team\n1,A B,Cloud,Platform\n2,C D,Data,platform\n3,E F,Data,\n", organisation)).empty());
  CHECK(problems(plan("id,name,team\n1,A B,Platform\n", organisation)) == Lines{"2:7 error ambiguous-team"});
  const ImportPlan moved = plan("id,name,department,team\n3,E F,Cloud,Storage\n", after(organisation, plan("id,name,department,team\n3,E F,Data,Storage\n", organisation)));
  CHECK(happenings(moved) == Lines{"team: Storage: is a part of Cloud"});
}

TEST_CASE("a team that begins with somebody who will come is there once") {
  CHECK(happens(rows({"9,New Person,new@example.org,2,Graduate Engineer,Product,Labs,2027-02-01,,pending,1,DE"})) ==
        Lines{"joins: New Person: on 1 February 2027, in Labs, as GE, reporting to Jo Lin", "team: Labs: is new, within Product"});
}

TEST_CASE("people without a manager who is known are refused, or let in when that is said") {
  const std::string row = rows({"5,Lou Fay,lou@example.org,nobody-here,,,,,,,,"});
  CHECK(problems(plan(row)) == Lines{"2:27 error unknown-manager"});
  ImportRequest request = a_request();
  request.allows.unknown_managers = true;
  const ImportPlan planned = plan(row, Organisation::empty(), request);
  CHECK(problems(planned) == Lines{"2:27 warning unknown-manager"});
  CHECK(happenings(planned) == Lines{"joins: Lou Fay: on 24 November 2026"});
}

TEST_CASE("a manager who has left is told of, and what holds of people stays where the table says nothing") {
  const auto before = in_january();
  const ImportPlan planned = plan(rows({"2,Jo Lin,jo@example.org,1,Senior Engineer,Product,Core,2018-01-01,2026-05-31,left,1,DE", "3,Sam Roe,sam@example.org,2,,Product,Core,2019-01-01,,active,,"}), before, on("2026-06-01"));
  CHECK(problems(planned) == Lines{"3:27 warning manager-left"});
  CHECK(happenings(planned) == Lines{"leaves: Jo Lin: on 1 June 2026", "manager: Sam Roe: reports to Jo Lin instead of Ada Park"});
}

TEST_CASE("the order of the rows means nothing") {
  rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(2, 30);
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < count; ++i) {
      const auto manager = *rc::gen::inRange<std::size_t>(0, i + 1);
      const auto team = *rc::gen::inRange(0, 4);
      lines.push_back(fmt::format("{},Person {},p{}@example.org,{},{},Part {},Team {},20{:02}-03-01,,{},1,DE", i, i, i, manager == i ? std::string() : std::to_string(manager),
                                  *rc::gen::element<std::string>("Senior Engineer", "Engineer", "Plumber"), team % 2, team, 10 + i % 10, *rc::gen::element<std::string>("active", "away")));
    }
    const auto whole = [](const std::vector<std::string>& each) { return std::string(header) + waymark::join(each, "\n") + "\n"; };
    std::vector<std::string> shuffled = lines;
    for (std::size_t i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
    const ImportPlan first = plan(whole(lines));
    const ImportPlan second = plan(whole(shuffled));
    RC_ASSERT(happenings(first) == happenings(second));
    RC_ASSERT(!first.has_errors());
    const auto organisation = first.revised.organisation;
    RC_ASSERT(plan(whole(shuffled), organisation).revised.changes_nothing());
  });
}

TEST_CASE("whoever imports changes everybody's place but their own") {
  const auto before = in_january();
  ImportRequest request = on("2026-06-01");
  request.importer = before->find_by_email("jo@example.org");
  const std::string table = rows({"2,Jo Lin-Park,jo@example.org,1,Head of Engineering,Product,Core,2018-01-01,,active,1,FR",
                                  "3,Sam Roe,sam@example.org,jo@example.org,Graduate Engineer,Product,Core,2019-01-01,,active,1,DE"});
  const ImportPlan made = plan(table, before, request);
  CHECK(happenings(made) == Lines{"manager: Sam Roe: reports to Jo Lin instead of Ada Park"});
  REQUIRE(made.findings.size() == 1);
  CHECK(made.findings.front().rule == "own-row");
  CHECK(made.findings.front().severity == Severity::warning);
  CHECK(made.findings.front().span.begin.line == 2);
  CHECK(made.findings.front().message.find("SSE → HOE") != std::string::npos);
  const auto then = after(before, made);
  CHECK(value_of(*then, *request.importer, Kind::level) == "SSE");
  CHECK(then->person(*request.importer).details.name == "Jo Lin");

  // Nor do they leave because they are not in it; and a row that is as it was is not spoken of.
  request.mapping.is_complete = true;
  request.allows.many_leavers = true;
  CHECK(happenings(plan(rows({"3,Sam Roe,sam@example.org,1,Graduate Engineer,Product,Core,2019-01-01,,active,1,DE"}), before, request)) ==
        Lines{"leaves: Ada Park: on 1 June 2026: not in the table", "leaves: Kim Ode: on 1 June 2026: not in the table"});
  CHECK(plan(january, before, request).findings.empty());
}
