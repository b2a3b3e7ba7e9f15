#include "db/plans.hpp"

#include "base/text.hpp"
#include "db/connection.hpp"
#include "db/stores.hpp"

namespace waymark::db {
namespace {

constexpr Value::Kind text = Value::Kind::text;
constexpr Value::Kind integer = Value::Kind::integer;

std::string plan_of(Connection& connection, Sql sql, std::span<const Parameter> parameters) {
  std::string plan;
  const auto add = [&](const std::string& line) { plan += (plan.empty() ? "" : "\n") + line; };
  const std::string statement = sql.text(connection.dialect());
  if (connection.dialect() == Dialect::sqlite) {
    constexpr Value::Kind columns[] = {integer, integer, integer, text};
    connection.select_text("EXPLAIN QUERY PLAN " + statement, parameters, columns, [&](std::span<const Value> row) { add(row[3].text); });
  } else {
    constexpr Value::Kind columns[] = {text};
    connection.select_text("EXPLAIN (COSTS OFF) " + statement, parameters, columns, [&](std::span<const Value> row) { add(row[0].text); });
  }
  return plan;
}

}  // namespace

std::vector<std::string> plans_of(Database& database, const std::function<void(Writer&)>& work) {
  const auto connection = Store::of(database).connect();
  connection->command("BEGIN");
  if (connection->dialect() == Dialect::postgresql) connection->command("SET LOCAL enable_seqscan = off");
  std::vector<std::string> plans;
  connection->observe([&](Sql sql, std::span<const Parameter> parameters) { plans.push_back(plan_of(*connection, sql, parameters)); });
  Writer writer(*connection);
  work(writer);
  connection->roll_back();
  return plans;
}

std::vector<std::string> whole_table_reads(const std::vector<std::string>& plans) {
  std::vector<std::string> found;
  for (const std::string& plan : plans) {
    for (const std::string_view raw : split(plan, '\n')) {
      const std::string_view line = trim(raw);
      // SQLite walks an index from end to end in the same words as a table: SCAN t USING INDEX. Ordered with a limit, that is as good as a search.
      const bool sqlite = line.starts_with("SCAN ") && line.find(" USING ") == std::string_view::npos && line != "SCAN CONSTANT ROW";
      if (sqlite || line.find("Seq Scan on") != std::string_view::npos) found.push_back(plan);
    }
  }
  return found;
}

}  // namespace waymark::db
