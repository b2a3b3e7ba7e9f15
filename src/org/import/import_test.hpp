/// Short ways to plan an import and to read what it would do.
#pragma once

#include <fmt/format.h>

#include "org/import/plan.hpp"
#include "org/org_test.hpp"

namespace waymark::org::testing {

[[nodiscard]] inline ImportRequest a_request() {
  return {.mapping = {},
          .as_of = day(today),
          .today = day(today),
          .levels = {{"GE", "Graduate Engineer"}, {"JSE", "Junior Software Engineer"}, {"ISE", "Intermediate Software Engineer"}, {"SSE", "Senior Software Engineer"},
                     {"STAFF", "Staff Engineer"}, {"EM", "Engineering Manager"}, {"HOE", "Head of Engineering"}}};
}

[[nodiscard]] inline Table table_of(std::string_view csv) {
  auto table = read_table("people.csv", csv, columns_of({}));
  REQUIRE(table.has_value());
  return *std::move(table);
}

[[nodiscard]] inline ImportPlan plan(std::string_view csv, const std::shared_ptr<const Organisation>& organisation = Organisation::empty(), const ImportRequest& request = a_request()) {
  return plan_import(organisation, table_of(csv), request);
}

/// On `today`; empty where nothing holds.
[[nodiscard]] inline std::string value_of(const Organisation& organisation, PersonIndex person, Kind kind) {
  const auto spell = organisation.at(person, kind, day(today));
  return spell ? std::string(organisation.text_of(kind, spell->value)) : std::string();
}

/// What happens, without lines of the table.
[[nodiscard]] inline std::vector<std::string> happenings(const ImportPlan& plan) {
  std::vector<std::string> lines;
  for (const PlanLine& line : plan.lines) lines.push_back(fmt::format("{}: {}: {}", to_string(line.kind), line.who, line.what));
  return lines;
}

[[nodiscard]] inline std::string in_lines(const ImportPlan& plan) {
  std::string text = fmt::format("{} rows, {} unchanged, {} without a level\n", plan.rows, plan.unchanged, plan.without_level);
  for (const auto& [field, header] : plan.read.mapping.columns) text += fmt::format("column {} is {}\n", header, row_of(field).name);
  if (plan.read.mapping.days) text += fmt::format("days are {}\n", name_of(*plan.read.mapping.days));
  for (const auto& [header, what] : plan.read.at_the_door) text += fmt::format("left at the door: {} ({})\n", header, what);
  for (const auto& [title, level] : plan.read.mapping.titles) text += fmt::format("title {} is {}\n", title, level);
  for (const PlanLine& line : plan.lines) text += fmt::format("{}: {}: {} [{}]\n", to_string(line.kind), line.who, line.what, line.line);
  for (const Finding& finding : plan.findings) text += fmt::format("{}\n    {}\n", to_line(finding), finding.way_out);
  return text;
}

}  // namespace waymark::org::testing
