#include "db/connection.hpp"

#include <soci/soci.h>

#include "db/statement.hpp"

namespace waymark::db {

Connection::Connection(Dialect dialect, std::unique_ptr<soci::session> session) : m_dialect(dialect), m_session(std::move(session)) {}

Connection::~Connection() = default;

void Connection::rethrow() {
  throw_what_it_means();
  throw;
}

void Connection::require_sound() const {
  if (!m_failed) return;
  throw DatabaseError(DatabaseError::Kind::wrong, "A transaction went on after one of its statements had failed.",
                      "Please report it; let the exception leave the function that was given to write or read.");
}

template <class Work>
auto Connection::guarded(Work&& work) {
  require_sound();
  try {
    return work();
  } catch (...) {
    m_failed = in_transaction();
    throw;
  }
}

Statement& Connection::prepared(Sql sql, std::span<const Parameter> parameters, std::span<const Value::Kind> columns) {
  std::unique_ptr<Statement>& kept = m_statements[sql.text(m_dialect)];
  if (!kept || !kept->fits(parameters, columns)) {
    kept.reset();
    kept = std::make_unique<Statement>(*this, in_dialect(sql.text(m_dialect), m_dialect), parameters, columns);
  }
  return *kept;
}

void Connection::select(Sql sql, std::span<const Parameter> parameters, std::span<const Value::Kind> columns, const TakeRow& take) {
  if (m_observer) m_observer(sql, parameters);
  guarded([&] { prepared(sql, parameters, columns).select(parameters, take); });
}

std::int64_t Connection::run(Sql sql, std::span<const Parameter> parameters) {
  if (m_observer) m_observer(sql, parameters);
  return guarded([&] { return prepared(sql, parameters, {}).run(parameters); });
}

void Connection::select_text(const std::string& text, std::span<const Parameter> parameters, std::span<const Value::Kind> columns,
                             const TakeRow& take) {
  guarded([&] { Statement(*this, in_dialect(text, m_dialect), parameters, columns).select(parameters, take); });
}

std::int64_t Connection::run_text(const std::string& text, std::span<const Parameter> parameters) {
  return guarded([&] { return Statement(*this, in_dialect(text, m_dialect), parameters, {}).run(parameters); });
}

void Connection::command(const char* text) {
  guarded([&] {
    try {
      m_session->once << text;
    } catch (const soci::soci_error&) {
      rethrow();
    }
  });
}

void Connection::roll_back() noexcept {
  m_failed = false;
  try {
    if (in_transaction()) command("ROLLBACK");
  } catch (...) {
    // What is left is seen by in_transaction() and lost().
  }
}

}  // namespace waymark::db
