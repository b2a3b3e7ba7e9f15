// Tables: every cell with its place, in any pieces; what nobody asked for is never kept.
#include <doctest/doctest.h>

#include "org/import/import_test.hpp"
#include "org/import/values_of_cells.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

const KeepColumn all = [](std::string_view) { return true; };

Table read(std::string_view bytes) {
  auto table = read_table("t.csv", bytes, all);
  REQUIRE(table.has_value());
  return *std::move(table);
}

std::string cells(const Table& table) {
  std::string text;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t column = 0; column < table.headers().size(); ++column) {
      const Position place = table.place(row, column);
      text += fmt::format("{}:{} {}|", place.line, place.column, table.cell(row, column));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("every cell has the line and the column in which it begins") {
  CHECK(cells(read("a,b\nÄé,x\n\n\"two\nlines\",\"y\"\"\"\n  z  ,\n")) == "2:1 Äé|2:4 x|4:1 two\nlines|5:8 y\"|6:1 z|6:7 |");
  CHECK(cells(read("a;b\r\n1;2\r\n\r\n3;4\r\n")) == "2:1 1|2:3 2|4:1 3|4:3 4|");
  CHECK(cells(read("a\tb\r1\t2\r3\t4")) == "2:1 1|2:3 2|3:1 3|3:3 4|");
}

TEST_CASE("the same table comes out in whatever pieces it came in") {
  const std::string bytes = "\xEF\xBB\xBFname;e\r\n\"Zo\xC3\xAB; a\r\nb\";1\r\nx;\"2\"\r\n";
  const std::string whole = cells(read(bytes));
  for (std::size_t size = 1; size < 12; ++size) {
    TableReader reader("t.csv", all);
    for (std::size_t at = 0; at < bytes.size(); at += size) reader.feed(std::string_view(bytes).substr(at, size));
    const auto table = reader.finish();
    REQUIRE(table.has_value());
    CHECK(cells(*table) == whole);
  }
}

TEST_CASE("one row of many that does not fit is named with its line") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 100'000; ++i) bytes += i == 76'543 ? "1\n" : "1,2\n";
  const Table table = read(bytes);
  CHECK(table.rows() == 99'999);
  REQUIRE(table.findings().size() == 1);
  CHECK(table.findings().front().span.begin == Position{76'545, 1});
}

TEST_CASE("what is no table is said to be none") {
  CHECK(!read_table("t.csv", "", all).has_value());
  CHECK(!read_table("t.csv", "just a line\nand another\n", all).has_value());
  CHECK(read_table("t.csv", "PK\x03\x04rest", all).error().way_out == "Save the sheet as CSV, and import that.");
  CHECK(!read_table("t.csv", std::string_view("a,b\n\0,2\n", 8), all).has_value());
}

TEST_CASE("what is nobody's business is not kept, and hidden where a file is kept") {
  const std::string bytes = "name,IBAN,\"Date of birth\"\nAda,\"DE 12\",1980\nJo,,\"19\n81\"\n";
  const Table table = read_table("t.csv", bytes, columns_of({})).value();
  CHECK(table.has(0));
  CHECK(!table.has(1));
  CHECK(table.cell(0, 1).empty());
  CHECK(with_hidden_columns(bytes, [](std::string_view header) { return left_at_the_door(header).has_value(); }) == "name,IBAN,\"Date of birth\"\nAda,\"xx xx\",xxxx\nJo,,\"xx\nxx\"\n");
}

TEST_CASE("headers are known by their usual spellings") {
  for (const auto& each : {std::pair("remote_id", Field::reference), std::pair("Employee Number", Field::employee_number), std::pair("display_full_name", Field::name),
                                        std::pair("Work Email", Field::email), std::pair("managerId", Field::manager), std::pair("Job title", Field::title), std::pair("groups", Field::groups),
                                        std::pair("START DATE", Field::start_date), std::pair("termination-date", Field::end_date), std::pair("Employment_Status", Field::status),
                                        std::pair("Führungskraft", Field::manager), std::pair("Prénom", Field::first_name), std::pair("Date d’embauche", Field::start_date)}) {
    CAPTURE(each.first);
    CHECK(guess_field(each.first) == each.second);
  }
  for (const std::string_view secret : {"SSN", "Social Security Number", "IBAN", "Bank account", "Date of Birth", "Geburtsdatum", "Salary", "Grundgehalt", "Home address", "Gender", "Geschlecht",
                                        "Nationality", "Numéro de sécurité sociale", "Termination reason", "Religion", "Marital status", "Disability"}) {
    CAPTURE(secret);
    CHECK(left_at_the_door(secret).has_value());
  }
  for (const std::string_view header : {"Work email", "Operating unit", "Start date", "Country", "Manager", "Language", "Payments team", "Personnel number"}) {
    CAPTURE(header);
    CHECK(!left_at_the_door(header).has_value());
  }
}

TEST_CASE("days, working times and countries") {
  CHECK(read_day("2024-02-29T00:00:00Z", DayFormat::iso).day == day("2024-02-29"));
  CHECK(read_day("2023-02-29", DayFormat::iso).problem == "There is no 29 February 2023: 2023 is no leap year.");
  CHECK(read_day("31.4.2021", DayFormat::dots).problem == "April has no day 31.");
  CHECK(read_day("1. März 2021", DayFormat::named).day == day("2021-03-01"));
  CHECK(read_day("Sept 5th, 2021", DayFormat::named).day == day("2021-09-05"));
  CHECK(read_day("1er août 2021", DayFormat::named).day == day("2021-08-01"));
  CHECK(!read_day("03/04/21", DayFormat::day_first).day.has_value());
  CHECK(guess_day_format({"03/04/2021", "13/04/2021"}).format == DayFormat::day_first);
  CHECK(guess_day_format({"03/04/2021", "04/13/2021"}).format == DayFormat::month_first);
  CHECK(guess_day_format({"03/04/2021"}).is_ambiguous);
  CHECK(!guess_day_format({"04/04/2021"}).is_ambiguous);
  CHECK(working_time("80 %") == 80);
  CHECK(working_time("0,8") == 80);
  CHECK(working_time("1") == 100);
  CHECK(working_time("4/5") == 80);
  CHECK(!working_time("40h").has_value());
  CHECK(!working_time("0").has_value());
  CHECK(country_code("Côte") == std::nullopt);
  CHECK(country_code("deutschland") == "DE");
  CHECK(country_code("fra") == "FR");
}

TEST_CASE("a mapping says what it was made from, and what is wrong with it") {
  const ImportPlan planned = plan("id,name,title\n1,Ada,\"Wizard: \"\"light\"\"\"\n2,Jo,Senior Engineer\n");
  const std::string yaml = to_yaml(planned.read.mapping);
  auto read = parse_people_mapping("m.yaml", yaml);
  REQUIRE(read.has_value());
  read->lines.clear();
  read->file = planned.read.mapping.file;
  CHECK(*read == planned.read.mapping);
  CHECK(parse_people_mapping("m.yaml", "colums:\n").error().message == "m.yaml:1: There is no key “colums” in a mapping; did you mean columns?");
  CHECK(parse_people_mapping("m.yaml", "columns:\n  name: Name\n  title: Gender\n").error().message.starts_with("m.yaml:3: “Gender” is left at the door"));
  CHECK(parse_people_mapping("m.yaml", "dates: DDMM\n").error().message.starts_with("m.yaml:1:"));
}
