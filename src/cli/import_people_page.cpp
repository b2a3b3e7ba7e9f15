#include "cli/import_people_page.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "cli/json.hpp"

namespace waymark::cli {
namespace {

using org::ImportPlan;
using org::PlanLine;
using org::Table;

std::string separator_in_words(char separator) {
  switch (separator) {
    case ',': return "commas";
    case ';': return "semicolons";
    case '\t': return "tabs";
    default: return fmt::format("{}", separator);
  }
}

void tell_reading(Page& page, const Table& table, const ImportPlan& plan) {
  page.heading(fmt::format("{}, as of {}", table.name(), in_words(plan.as_of)));
  const auto& mapping = plan.read.mapping;
  page.say(fmt::format("{}, {} between the cells, {}{}.", counted(plan.rows, "row"), separator_in_words(table.separator()), table.encoding(),
                       mapping.days ? fmt::format(", days as {}", org::name_of(*mapping.days)) : ""));
  std::vector<std::string> columns;
  for (const auto& [field, header] : mapping.columns) columns.push_back(fmt::format("{} ← {}", org::row_of(field).name, printable(header)));
  if (!columns.empty()) page.say(fmt::format("Columns: {}.", join(columns, ", ")));
  std::vector<std::string> dropped;
  for (const auto& [header, what] : plan.read.at_the_door) dropped.push_back(fmt::format("{} ({})", printable(header), what));
  if (!dropped.empty()) page.say(fmt::format("Left at the door, and read by nobody: {}.", join(dropped, ", ")));
  page.gap();
}

void tell_titles(Page& page, const ImportPlan& plan, std::size_t most) {
  std::vector<std::pair<std::size_t, std::string>> open;
  for (const auto& [title, people] : plan.read.titles) {
    const auto level = plan.read.mapping.titles.find(title);
    if (level != plan.read.mapping.titles.end() && level->second == org::unknown_level) open.emplace_back(people, title);
  }
  if (open.empty()) return;
  std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  page.heading(counted(open.size(), "title without a level yet", "titles without a level yet"));
  const std::size_t shown = most == 0 ? open.size() : std::min(most, open.size());
  for (std::size_t i = 0; i < shown; ++i) page.say(fmt::format("{} ({})", printable(open[i].second), counted(open[i].first, "person", "people")), Margin::of(2).with("- "));
  if (shown < open.size()) page.say(fmt::format("and {} more", open.size() - shown), Margin::of(2));
  page.gap();
}

boost::json::array problems_of(const ImportPlan& plan) {
  boost::json::array problems;
  for (const Finding& finding : plan.findings) {
    problems.push_back(boost::json::object{{"file", finding.file}, {"line", finding.span.begin.line}, {"column", finding.span.begin.column}, {"severity", to_string(finding.severity)},
                                           {"rule", finding.rule}, {"message", finding.message}, {"way_out", finding.way_out}});
  }
  return problems;
}

}  // namespace

void tell_plan(Page& page, const Table& table, const ImportPlan& plan, std::size_t most) {
  tell_reading(page, table, plan);
  for (std::size_t at = 0; at < plan.lines.size();) {
    const PlanLine::Kind kind = plan.lines[at].kind;
    const std::size_t count = plan.count(kind);
    page.heading(fmt::format("{}: {}", heading_of(kind), count));
    const std::size_t shown = most == 0 ? count : std::min(most, count);
    for (std::size_t i = 0; i < shown; ++i) page.say(fmt::format("{}: {}", printable(plan.lines[at + i].who), printable(plan.lines[at + i].what)), Margin::of(2).with("- "));
    if (shown < count) page.say(fmt::format("and {} more", count - shown), Margin::of(2));
    page.gap();
    at += count;
  }
  tell_titles(page, plan, most);
  std::vector<std::string> rest;
  if (plan.unchanged > 0) rest.push_back(fmt::format("{} as before", counted(plan.unchanged, "person stays", "people stay")));
  if (plan.without_level > 0) rest.push_back(fmt::format("{} not levelled yet, which can be done later", counted(plan.without_level, "person is", "people are")));
  if (!rest.empty()) page.say(fmt::format("{}.", join(rest, "; ")));
}

std::string plan_json(const Table& table, const ImportPlan& plan, bool applied) {
  boost::json::object columns, counts;
  for (const auto& [field, header] : plan.read.mapping.columns) columns[org::row_of(field).name] = header;
  boost::json::array dropped, titles, lines;
  for (const auto& [header, what] : plan.read.at_the_door) dropped.push_back(boost::json::object{{"column", header}, {"what", what}});
  for (const auto& [title, people] : plan.read.titles) {
    const auto level = plan.read.mapping.titles.find(title);
    const bool is_known = level != plan.read.mapping.titles.end() && level->second != org::unknown_level;
    titles.push_back(boost::json::object{{"title", title}, {"level", is_known ? boost::json::value(level->second) : boost::json::value(nullptr)}, {"people", people}});
  }
  for (int kind = 0; kind < org::plan_kind_count; ++kind) counts[to_string(static_cast<PlanLine::Kind>(kind))] = plan.count(static_cast<PlanLine::Kind>(kind));
  for (const PlanLine& line : plan.lines) {
    lines.push_back(boost::json::object{{"kind", to_string(line.kind)}, {"who", line.who}, {"what", line.what}, {"line", line.line == 0 ? boost::json::value(nullptr) : boost::json::value(line.line)}});
  }
  const auto& days = plan.read.mapping.days;
  return pretty_json(boost::json::object{{"file", table.name()},
                                         {"as_of", to_iso(plan.as_of)},
                                         {"encoding", table.encoding()},
                                         {"separator", std::string(1, table.separator())},
                                         {"dates", days ? boost::json::value(org::name_of(*days)) : boost::json::value(nullptr)},
                                         {"rows", plan.rows},
                                         {"unchanged", plan.unchanged},
                                         {"without_level", plan.without_level},
                                         {"columns", std::move(columns)},
                                         {"left_at_the_door", std::move(dropped)},
                                         {"titles", std::move(titles)},
                                         {"counts", std::move(counts)},
                                         {"plan", std::move(lines)},
                                         {"problems", problems_of(plan)},
                                         {"applied", applied}});
}

}  // namespace waymark::cli
