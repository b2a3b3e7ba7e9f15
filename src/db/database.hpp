/// The store: SQLite by default, PostgreSQL by one address. The same functions, the same promises.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>

#include "db/database_error.hpp"
#include "db/location.hpp"
#include "db/reader.hpp"

namespace waymark::db {

struct DatabaseOptions {
  std::size_t readers = 8;                             ///< most connections that read at once; PostgreSQL: most connections altogether
  std::chrono::milliseconds lease_timeout{5'000};      ///< how long a caller waits for a free connection
  std::chrono::milliseconds lock_timeout{5'000};       ///< how long a statement waits for a lock that another process or node holds
  std::chrono::milliseconds reconnect_within{10'000};  ///< PostgreSQL: how long a call tries to get a lost connection back
  std::size_t writes_at_once = 64;                     ///< SQLite: most writes of one commit (see write)
};

/// Safe to use from any number of threads. Every call may throw DatabaseError.
class Database {
 public:
  /// Makes the file of SQLite (readable by its owner only) when it is not there, not its folder. Says nothing of what is in the store: schema.hpp.
  /// Throws DatabaseError: unavailable, read_only, busy, damaged.
  [[nodiscard]] static std::unique_ptr<Database> open(const DatabaseLocation& location, DatabaseOptions options = {});
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] const DatabaseLocation& location() const { return m_location; }
  [[nodiscard]] Dialect dialect() const { return m_location.dialect; }

  /// Calls `ask(Reader&)` and returns what it returns. All of it sees one moment. Readers wait for nobody. PostgreSQL: `ask` is called again when the
  /// connection is lost.
  template <class Ask>
  auto read(Ask&& ask) -> std::invoke_result_t<Ask&, Reader&> {
    using Answer = std::invoke_result_t<Ask&, Reader&>;
    if constexpr (std::is_void_v<Answer>) {
      ask_with(Reader::Extent::any, [&](Reader& reader) { ask(reader); });
    } else {
      std::optional<Answer> answer;
      ask_with(Reader::Extent::any, [&](Reader& reader) { answer.emplace(ask(reader)); });
      return std::move(*answer);
    }
  }

  /// The same for one statement, which sees one moment by itself: PostgreSQL answers it in one round trip instead of three. A second statement throws
  /// DatabaseError (wrong).
  template <class Ask>
  auto read_once(Ask&& ask) -> std::invoke_result_t<Ask&, Reader&> {
    std::optional<std::invoke_result_t<Ask&, Reader&>> answer;
    ask_with(Reader::Extent::one_statement, [&](Reader& reader) { answer.emplace(ask(reader)); });
    return std::move(*answer);
  }

  /// Calls `change(Writer&)` in a transaction that is as if it were alone (serializable), and returns when everything it wrote is safe on the disk.
  /// When it throws, nothing is kept and the exception comes out of here.
  ///
  /// `change` may be called more than once (a lost connection before the commit, a conflict with another write on PostgreSQL): it must change
  /// nothing else than through its Writer. On SQLite writes that wait for each other share one commit; each is kept or undone by itself.
  template <class Change>
  auto write(Change&& change) -> std::invoke_result_t<Change&, Writer&> {
    using Answer = std::invoke_result_t<Change&, Writer&>;
    if constexpr (std::is_void_v<Answer>) {
      write_with([&](Writer& writer) { change(writer); });
    } else {
      std::optional<Answer> answer;
      write_with([&](Writer& writer) { answer.emplace(change(writer)); });
      return std::move(*answer);
    }
  }

 protected:
  explicit Database(DatabaseLocation location) : m_location(std::move(location)) {}

  using Asking = std::function<void(Reader&)>;
  using Changing = std::function<void(Writer&)>;
  virtual void ask_with(Reader::Extent extent, const Asking& ask) = 0;
  virtual void write_with(const Changing& change) = 0;

 private:
  DatabaseLocation m_location;
};

}  // namespace waymark::db
