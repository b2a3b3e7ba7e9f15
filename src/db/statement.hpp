/// Inside the room only: a prepared statement with the buffers that its parameters and columns are exchanged through.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "db/connection.hpp"

namespace waymark::db {

class Statement {
 public:
  /// Prepares. `text` is in the database's own words. Throws DatabaseError (wrong) when `parameters` are not those of the text.
  Statement(Connection& connection, const std::string& text, std::span<const Parameter> parameters, std::span<const Value::Kind> columns);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Whether it was prepared for these kinds of parameters and columns.
  [[nodiscard]] bool fits(std::span<const Parameter> parameters, std::span<const Value::Kind> columns) const;

  void select(std::span<const Parameter> parameters, const Connection::TakeRow& take);
  std::int64_t run(std::span<const Parameter> parameters);

 private:
  struct Slot;

  void fill(std::span<const Parameter> parameters);
  void execute();
  void take_row();

  Connection& m_connection;
  std::deque<Slot> m_uses;  // SOCI keeps their addresses
  std::deque<Slot> m_intos;
  std::vector<std::string> m_names;
  std::vector<Value::Kind> m_kinds;
  std::vector<Value> m_row;
  std::unique_ptr<soci::statement> m_statement;  // last: it refers to the slots
  bool m_columns_checked = false;
  bool m_failed = false;  ///< then it fits nothing any more: executed again, SOCI would forget the bytes it still holds
};

}  // namespace waymark::db
