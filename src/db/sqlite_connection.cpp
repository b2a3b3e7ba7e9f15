#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include <fmt/core.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "db/connection.hpp"

namespace waymark::db {
namespace {

using Kind = DatabaseError::Kind;

/// What SQLite's result codes mean to us. The extended code decides first, then the primary one (its low byte).
[[noreturn]] void throw_for(int code, const std::string& file, const std::string& detail) {
  const auto with = [&](Kind kind, std::string message, std::string way_out) -> void {
    throw DatabaseError(kind, std::move(message), std::move(way_out), detail);
  };
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: with(Kind::unique, "There is a record with this key already.", "Change the one that is there."); break;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      with(Kind::reference, "The record belongs to another one that is not there, or others belong to it.", "Look again at what is there now.");
      break;
    default: break;
  }
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: with(Kind::constraint, "The record breaks a rule of its table.", "Please report it."); break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      with(Kind::busy, fmt::format("{} is locked by another program.", file), "Close the program that holds it, or try again in a moment.");
      break;
    case SQLITE_FULL: with(Kind::full, fmt::format("The disk that holds {} is full.", file), "Make room; nothing that was saved is lost."); break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      with(Kind::read_only, fmt::format("{} cannot be written to.", file),
           "Give the account that runs Waymark permission to write the file and its folder, and mount the disk for writing.");
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      with(Kind::damaged, fmt::format("{} is damaged or not a database.", file), "Keep the file, and restore the last backup into a new one.");
      break;
    case SQLITE_CANTOPEN:
      with(Kind::unavailable, fmt::format("{} cannot be opened.", file),
           "The folder must be there, and the account that runs Waymark may read and write it.");
      break;
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      with(Kind::unavailable, fmt::format("Reading or writing {} failed.", file),
           "Look at the disk, its quota and the system's log; Waymark goes on when it works again.");
      break;
    case SQLITE_TOOBIG: with(Kind::refused, "A value is too long for the database.", "Shorten it."); break;
    default: break;
  }
  throw DatabaseError(Kind::wrong, "The database did not understand a statement.", "Please report it.", detail);
}

class SqliteConnection : public Connection {
 public:
  SqliteConnection(std::unique_ptr<soci::session> session, std::string file)
      : Connection(Dialect::sqlite, std::move(session)), m_file(std::move(file)) {}

  [[nodiscard]] bool in_transaction() const override { return sqlite_api::sqlite3_get_autocommit(handle()) == 0; }
  [[nodiscard]] bool lost() const override { return is_abandoned(); }

 protected:
  void throw_what_it_means() override {
    const int code = sqlite_api::sqlite3_extended_errcode(handle());
    std::string detail;
    int reported = code;
    try {
      throw;
    } catch (const soci::sqlite3_soci_error& error) {
      detail = error.what();
      // SOCI resets some statements before it throws, which leaves the handle's code behind or clears it.
      if ((code & 0xff) != (error.result() & 0xff)) reported = error.result();
    } catch (const soci::soci_error& error) {
      detail = error.what();
    }
    const int primary = reported & 0xff;
    if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_IOERR || primary == SQLITE_FULL || primary == SQLITE_CANTOPEN)
      abandon();
    throw_for(reported, m_file, detail);
  }

  void check_columns(soci::statement& statement, std::span<const Value::Kind> columns) override {
    auto* const prepared = native(statement);
    const int count = sqlite_api::sqlite3_column_count(prepared);
    if (static_cast<std::size_t>(count) != columns.size()) {
      throw DatabaseError(Kind::wrong, fmt::format("A statement gives {} columns where {} are read.", count, columns.size()), "Please report it.");
    }
    for (int at = 0; at < count; ++at) {
      const char* const declared = sqlite_api::sqlite3_column_decltype(prepared, at);
      if (declared != nullptr) require(fits(columns[static_cast<std::size_t>(at)], declared), at, declared);
    }
  }

  void check_row(soci::statement& statement, std::span<const Value::Kind> columns) override {
    auto* const prepared = native(statement);
    for (int at = 0; at < static_cast<int>(columns.size()); ++at) {
      const int type = sqlite_api::sqlite3_column_type(prepared, at);
      if (type != SQLITE_NULL) require(fits(columns[static_cast<std::size_t>(at)], type), at, "another type");
    }
  }

  void release(soci::statement& statement) noexcept override { sqlite_api::sqlite3_reset(native(statement)); }

  std::int64_t affected(soci::statement&) override { return sqlite_api::sqlite3_changes64(handle()); }

 private:
  /// Tables are STRICT, so a declared type is the type of every value.
  static bool fits(Value::Kind kind, std::string_view declared) {
    switch (kind) {
      case Value::Kind::integer: return declared != "TEXT" && declared != "BLOB" && declared != "REAL";
      case Value::Kind::real: return declared != "TEXT" && declared != "BLOB";
      case Value::Kind::text: return declared != "INTEGER" && declared != "INT" && declared != "REAL" && declared != "BLOB";
      case Value::Kind::bytes: return declared == "BLOB";
    }
    return false;
  }

  /// Values of expressions have no declared type. A blob that was read as text says that it is text, which is why both pass for bytes.
  static bool fits(Value::Kind kind, int type) {
    switch (kind) {
      case Value::Kind::integer: return type == SQLITE_INTEGER;
      case Value::Kind::real: return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
      case Value::Kind::text: return type == SQLITE_TEXT;
      case Value::Kind::bytes: return type == SQLITE_BLOB || type == SQLITE_TEXT;
    }
    return false;
  }

  static void require(bool fitting, int at, std::string_view what) {
    if (fitting) return;
    throw DatabaseError(Kind::wrong, fmt::format("Column {} of a statement holds {}, and is not read as that.", at + 1, what), "Please report it.");
  }

  [[nodiscard]] sqlite_api::sqlite3* handle() const {
    auto& self = const_cast<SqliteConnection&>(*this);
    return static_cast<soci::sqlite3_session_backend*>(self.session().get_backend())->conn_;
  }
  static sqlite_api::sqlite3_stmt* native(soci::statement& statement) {
    return static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_;
  }

  std::string m_file;
};

/// The file is made here, because SQLite would let everybody on the machine read it.
void make_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor >= 0) {
    ::close(descriptor);
    return;
  }
  const int why = errno;
  const Kind kind = why == EROFS || why == EACCES || why == EPERM ? Kind::read_only : why == ENOSPC || why == EDQUOT ? Kind::full : Kind::unavailable;
  throw DatabaseError(kind, fmt::format("{} cannot be opened for writing: {}.", file.string(), std::strerror(why)),
                      why == ENOENT ? "Make its folder first." : "Give the account that runs Waymark permission to write the file and its folder.");
}

/// The change to WAL does not wait for a lock by itself, and two that make the same file meet here.
void use_write_ahead_log(Connection& connection, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    try {
      connection.command("PRAGMA journal_mode=WAL");
      return;
    } catch (const DatabaseError& error) {
      if (error.kind() != Kind::busy || std::chrono::steady_clock::now() >= deadline) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

std::string connect_string(const std::filesystem::path& file) {
  const std::string name = file.string();
  // SOCI reads key=value pairs; quotes keep spaces and equals signs together.
  const char quote = name.find('"') == std::string::npos ? '"' : '\'';
  if (name.find(quote) != std::string::npos) {
    throw DatabaseError(Kind::unavailable, fmt::format("{} has both kinds of quotes in its name.", name), "Give the file another name.");
  }
  return fmt::format("dbname={0}{1}{0}", quote, name);
}

}  // namespace

std::unique_ptr<Connection> connect_sqlite(const DatabaseLocation& location, SqliteUse use, std::chrono::milliseconds lock_timeout) {
  if (use == SqliteUse::write) make_private_file(location.file);
  std::unique_ptr<soci::session> session;
  try {
    session = std::make_unique<soci::session>(soci::sqlite3, connect_string(location.file));
  } catch (const soci::sqlite3_soci_error& error) {
    throw_for(error.result(), location.file.string(), error.what());
  } catch (const soci::soci_error& error) {
    throw_for(SQLITE_CANTOPEN, location.file.string(), error.what());
  }
  auto connection = std::make_unique<SqliteConnection>(std::move(session), location.file.string());
  const std::string wait = fmt::format("PRAGMA busy_timeout={}", lock_timeout.count());
  connection->command(wait.c_str());
  if (use == SqliteUse::write) {
    use_write_ahead_log(*connection, lock_timeout);
    connection->command("PRAGMA synchronous=FULL");
    // A log that has once been large is cut back at the next checkpoint.
    connection->command("PRAGMA journal_size_limit=67108864");
  } else {
    connection->command("PRAGMA query_only=ON");
  }
  connection->command("PRAGMA foreign_keys=ON");
  connection->command("PRAGMA cache_size=-8000");
  connection->command("PRAGMA temp_store=MEMORY");
  return connection;
}

}  // namespace waymark::db
