#include <poll.h>

#include <fmt/core.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include "db/connection.hpp"
#include "db/libpq_on_demand.hpp"

namespace waymark::db {
namespace {

using Kind = DatabaseError::Kind;

/// What PostgreSQL's SQLSTATE means to us (its documentation, appendix A). A whole code stands before its class.
[[noreturn]] void throw_for(std::string_view state, const std::string& detail) {
  const auto with = [&](Kind kind, std::string message, std::string way_out) -> void {
    throw DatabaseError(kind, std::move(message), std::move(way_out), fmt::format("{} {}", state, detail));
  };
  if (state == "23505") with(Kind::unique, "There is a record with this key already.", "Change the one that is there.");
  if (state == "23503")
    with(Kind::reference, "The record belongs to another one that is not there, or others belong to it.", "Look again at what is there now.");
  if (state.starts_with("23") || state.starts_with("22")) with(Kind::constraint, "The record breaks a rule of its table.", "Please report it.");
  if (state == "40001" || state == "40P01")
    with(Kind::contended, "Others changed the same records at the same time.", "Look at what is there now, and try again.");
  if (state == "55P03" || state == "57014") with(Kind::busy, "The database is busy with a longer change.", "Try again in a moment.");
  if (state == "53100") with(Kind::full, "The disk of the database server is full.", "Make room there; nothing that was saved is lost.");
  if (state == "25006")
    with(Kind::read_only, "The database server takes no changes at the moment.",
         "It may be a standby: name the server that takes writes, or all of them with target_session_attrs=read-write.");
  if (state == "42501")
    with(Kind::read_only, "The database account may not do this.", "Give Waymark's account the rights of the owner of its tables.");
  if (state.starts_with("08") || state.starts_with("57P") || state.starts_with("53") || state.starts_with("58")) {
    with(Kind::unavailable, "The database server does not answer.", "Look at the server; Waymark goes on when it is back.");
  }
  if (state.starts_with("XX")) with(Kind::damaged, "The database server reports damage.", "Look at its log, and keep the last backup safe.");
  throw DatabaseError(Kind::wrong, "The database did not understand a statement.", "Please report it.", fmt::format("{} {}", state, detail));
}

/// Types by their numbers in the server's catalogue (src/include/catalog/pg_type.dat), which never change.
bool fits(Value::Kind kind, Oid type) {
  switch (kind) {
    case Value::Kind::integer:
      return type == 20 || type == 21 || type == 23 || type == 16 || type == 1700;  // bigint, smallint, integer, boolean, numeric
    case Value::Kind::real: return type == 701 || type == 700 || type == 20 || type == 21 || type == 23 || type == 1700;
    case Value::Kind::text: return type != 20 && type != 21 && type != 23 && type != 16 && type != 700 && type != 701 && type != 1700 && type != 17;
    case Value::Kind::bytes: return type == 17;
  }
  return false;
}

class PostgresqlConnection : public Connection {
 public:
  explicit PostgresqlConnection(std::unique_ptr<soci::session> session) : Connection(Dialect::postgresql, std::move(session)) {
    // Notices would go to standard error, where they help nobody; what fails is thrown.
    PQsetNoticeProcessor(
        handle(), [](void*, const char*) {}, nullptr);
  }

  [[nodiscard]] bool in_transaction() const override {
    const PGTransactionStatusType status = PQtransactionStatus(handle());
    return status == PQTRANS_ACTIVE || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
  }

  [[nodiscard]] bool lost() const override { return is_abandoned() || PQstatus(handle()) != CONNECTION_OK; }

  /// A server that stopped has closed the socket, and a closed socket can be read from: nothing else can an idle one.
  [[nodiscard]] bool found_lost() override {
    if (lost()) return true;
    pollfd waiting{PQsocket(handle()), POLLIN, 0};
    if (waiting.fd < 0) return true;
    if (poll(&waiting, 1, 0) > 0 && PQconsumeInput(handle()) == 0) abandon();
    return lost();
  }

 protected:
  void throw_what_it_means() override {
    std::string state;
    std::string detail;
    try {
      throw;
    } catch (const soci::postgresql_soci_error& error) {
      state = error.sqlstate();
      detail = error.what();
    } catch (const soci::soci_error& error) {
      detail = error.what();
    }
    if (PQstatus(handle()) != CONNECTION_OK || state.starts_with("08") || state.starts_with("57P")) abandon();
    if (lost()) state = "08006";
    throw_for(state, detail);
  }

  void check_columns(soci::statement& statement, std::span<const Value::Kind> columns) override {
    const PGresult* const result = native(statement).result_;
    const int count = PQnfields(result);
    if (static_cast<std::size_t>(count) != columns.size()) {
      throw DatabaseError(Kind::wrong, fmt::format("A statement gives {} columns where {} are read.", count, columns.size()), "Please report it.");
    }
    for (int at = 0; at < count; ++at) {
      if (fits(columns[static_cast<std::size_t>(at)], PQftype(result, at))) continue;
      throw DatabaseError(Kind::wrong, fmt::format("Column {} of a statement holds another type than is read.", at + 1), "Please report it.");
    }
  }

  /// The columns of a prepared statement have their types for all rows.
  void check_row(soci::statement&, std::span<const Value::Kind>) override {}

  void release(soci::statement& statement) noexcept override { native(statement).result_.reset(); }

  std::int64_t affected(soci::statement& statement) override { return statement.get_affected_rows(); }

 private:
  [[nodiscard]] PGconn* handle() const {
    auto& self = const_cast<PostgresqlConnection&>(*this);
    return static_cast<soci::postgresql_session_backend*>(self.session().get_backend())->conn_;
  }
  static soci::postgresql_statement_backend& native(soci::statement& statement) {
    return static_cast<soci::postgresql_statement_backend&>(*statement.get_backend());
  }
};

/// The address with what a server needs that must not wait for ever, unless the person has said otherwise.
std::string with_defaults(std::string url) {
  for (const std::string_view each : {"connect_timeout=5", "keepalives_idle=30", "keepalives_interval=10", "keepalives_count=3",
                                      "tcp_user_timeout=20000", "fallback_application_name=waymark"}) {
    const std::string_view key = each.substr(0, each.find('=') + 1);
    const std::size_t query = url.find('?');
    if (query != std::string::npos && url.find(key, query) != std::string::npos) continue;
    url += query == std::string::npos ? '?' : '&';
    url += each;
  }
  return url;
}

}  // namespace

std::unique_ptr<Connection> connect_postgresql(const DatabaseLocation& location, std::chrono::milliseconds lock_timeout) {
  require_libpq();
  std::unique_ptr<soci::session> session;
  try {
    session = std::make_unique<soci::session>(soci::postgresql, with_defaults(location.url));
  } catch (const soci::soci_error& error) {
    throw DatabaseError(Kind::unavailable, fmt::format("There is no connection to {}.", location.shown()),
                        "Look at the server and the address; Waymark goes on when it answers.", error.what());
  }
  auto connection = std::make_unique<PostgresqlConnection>(std::move(session));
  // What a cluster's settings may have made otherwise. A commit is on the disk before it is acknowledged.
  const std::string settings = fmt::format(
      "SELECT set_config('lock_timeout', '{}', false), set_config('idle_in_transaction_session_timeout', '60000', false), "
      "set_config('client_encoding', 'UTF8', false), set_config('DateStyle', 'ISO', false), set_config('TimeZone', 'UTC', false), "
      "set_config('bytea_output', 'hex', false), set_config('standard_conforming_strings', 'on', false), "
      "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') "
      "END, false)",
      lock_timeout.count());
  connection->command(settings.c_str());
  return connection;
}

}  // namespace waymark::db
