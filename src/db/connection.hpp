/// Inside the room only: one connection to one database, over SOCI.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "db/database_error.hpp"
#include "db/location.hpp"
#include "db/sql.hpp"
#include "db/stored.hpp"

namespace soci {
class session;
class statement;
}  // namespace soci

namespace waymark::db {

class Statement;

/// Used by one thread at a time. Every call may throw DatabaseError. After a statement of a transaction failed, every other one fails too until
/// `ROLLBACK`, on both databases: PostgreSQL is that way, and a program must not work on one only.
class Connection {
 public:
  virtual ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] Dialect dialect() const { return m_dialect; }

  using TakeRow = std::function<void(std::span<const Value>)>;
  void select(Sql sql, std::span<const Parameter> parameters, std::span<const Value::Kind> columns, const TakeRow& take);
  std::int64_t run(Sql sql, std::span<const Parameter> parameters);

  /// The same for a statement made at run time, which only this room does (migrations, backup). `text` is in the words of dialect.hpp. Not kept.
  void select_text(const std::string& text, std::span<const Parameter> parameters, std::span<const Value::Kind> columns, const TakeRow& take);
  std::int64_t run_text(const std::string& text, std::span<const Parameter> parameters = {});

  /// BEGIN, COMMIT, PRAGMA and the like: no parameters, rows ignored.
  void command(const char* text);
  /// Ends the transaction, if there is one, without keeping anything. Never throws: a connection that cannot even do this is lost().
  void roll_back() noexcept;
  /// Fails as a statement would when one before it failed.
  void require_sound() const;
  /// Forgets that a statement failed; what it did has been undone (ROLLBACK TO).
  void forgive() { m_failed = false; }

  /// Called before each statement of select and run, while it is set; may use select_text and run_text.
  using Observer = std::function<void(Sql sql, std::span<const Parameter> parameters)>;
  void observe(Observer observer) { m_observer = std::move(observer); }

  [[nodiscard]] virtual bool in_transaction() const = 0;
  /// It must be closed and opened anew.
  [[nodiscard]] virtual bool lost() const = 0;
  /// From now on it is lost(), whatever it says.
  void abandon() { m_abandoned = true; }
  /// lost(), after looking whether the other side has gone. No round trip.
  [[nodiscard]] virtual bool found_lost() { return lost(); }

 protected:
  Connection(Dialect dialect, std::unique_ptr<soci::session> session);

  [[nodiscard]] soci::session& session() { return *m_session; }
  [[nodiscard]] bool is_abandoned() const { return m_abandoned; }

  friend class Statement;
  /// In a catch clause: what SOCI threw as the DatabaseError that it means.
  [[noreturn]] void rethrow();
  virtual void throw_what_it_means() = 0;
  virtual void check_columns(soci::statement& statement, std::span<const Value::Kind> columns) = 0;
  virtual void check_row(soci::statement& statement, std::span<const Value::Kind> columns) = 0;
  /// Lets go of locks and memory that the statement's last execution holds.
  virtual void release(soci::statement& statement) noexcept = 0;
  [[nodiscard]] virtual std::int64_t affected(soci::statement& statement) = 0;

 private:
  Statement& prepared(Sql sql, std::span<const Parameter> parameters, std::span<const Value::Kind> columns);
  template <class Work>
  auto guarded(Work&& work);

  Dialect m_dialect;
  std::unique_ptr<soci::session> m_session;
  std::unordered_map<const char*, std::unique_ptr<Statement>> m_statements;  // after the session: closed before it
  Observer m_observer;
  bool m_failed = false;
  bool m_abandoned = false;
};

enum class SqliteUse { write, read };
[[nodiscard]] std::unique_ptr<Connection> connect_sqlite(const DatabaseLocation& location, SqliteUse use, std::chrono::milliseconds lock_timeout);
[[nodiscard]] std::unique_ptr<Connection> connect_postgresql(const DatabaseLocation& location, std::chrono::milliseconds lock_timeout);

}  // namespace waymark::db
