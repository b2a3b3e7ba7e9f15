#include <condition_variable>
#include <mutex>

#include <fmt/core.h>

#include "db/connection.hpp"
#include "db/pool.hpp"
#include "db/stores.hpp"

namespace waymark::db {
namespace {

using Kind = DatabaseError::Kind;
using SteadyClock = std::chrono::steady_clock;

/// Writes keep a commit open for those that wait behind them no longer than this.
constexpr std::chrono::milliseconds longest_batch{20};

/// The writes of one commit. Guarded by the store's mutex, except that only the thread whose turn it is changes `members` and `began`.
struct Batch {
  std::size_t members = 0;
  SteadyClock::time_point began = SteadyClock::now();
  bool done = false;
  std::exception_ptr failure;
  std::condition_variable finished;
};

class SqliteStore : public Store {
 public:
  SqliteStore(const DatabaseLocation& location, DatabaseOptions options)
      : Store(location),
        m_options(options),
        m_writer(connect_sqlite(location, SqliteUse::write, options.lock_timeout)),
        m_readers(options.readers, options.lease_timeout,
                  [this] { return connect_sqlite(this->location(), SqliteUse::read, m_options.lock_timeout); }) {}

  std::unique_ptr<Connection> connect() override { return connect_sqlite(location(), SqliteUse::write, m_options.lock_timeout); }

 protected:
  void ask_with(Reader::Extent extent, const Asking& ask) override {
    const OneTransactionAThread guard(this);
    const Pool::Lease connection = m_readers.lease();
    const bool several = extent != Reader::Extent::one_statement;
    try {
      if (several) connection->command("BEGIN");
      Reader reader(*connection, extent);
      ask(reader);
      connection->require_sound();
      if (several) connection->command("COMMIT");
    } catch (...) {
      connection->roll_back();
      throw;
    }
  }

  void write_with(const Changing& change) override {
    const OneTransactionAThread guard(this);
    take_turn();
    std::shared_ptr<Batch> batch;
    try {
      if (!m_batch) begin();
      batch = m_batch;
      m_writer->command("SAVEPOINT one");
    } catch (...) {
      // A batch that cannot even be saved is over for all its members.
      const std::exception_ptr failure = std::current_exception();
      if (m_batch) {
        m_writer->roll_back();
        finish(failure);
      }
      pass_turn();
      std::rethrow_exception(failure);
    }
    ++batch->members;
    std::exception_ptr own;
    try {
      Writer writer(*m_writer);
      change(writer);
      m_writer->require_sound();
      m_writer->command("RELEASE one");
    } catch (...) {
      own = std::current_exception();
      undo_own(own);
    }
    const std::exception_ptr failure = settle(batch);
    // Whoever failed alone may have done so because of what others of the batch wrote, so the outcome of the batch comes first.
    if (failure) std::rethrow_exception(failure);
    if (own) std::rethrow_exception(own);
  }

 private:
  void take_turn() {
    std::unique_lock lock(m_mutex);
    ++m_waiting;
    const bool got = m_turn.wait_for(lock, m_options.lease_timeout, [&] { return !m_taken; });
    --m_waiting;
    if (!got) throw DatabaseError(Kind::busy, "The database is too busy with other changes.", "Try again in a little while.");
    m_taken = true;
  }

  void pass_turn() {
    {
      const std::lock_guard lock(m_mutex);
      m_taken = false;
    }
    m_turn.notify_one();
  }

  /// REQUIRES the turn.
  void begin() {
    if (m_writer->lost() || m_writer->in_transaction()) m_writer = connect_sqlite(location(), SqliteUse::write, m_options.lock_timeout);
    m_writer->command("BEGIN IMMEDIATE");
    m_batch = std::make_shared<Batch>();
  }

  /// REQUIRES the turn. Keeps what the others of the batch wrote, unless SQLite has undone everything by itself (a full disk).
  void undo_own(const std::exception_ptr& own) {
    try {
      if (!m_writer->in_transaction()) std::rethrow_exception(own);
      m_writer->forgive();
      m_writer->command("ROLLBACK TO one");
      m_writer->command("RELEASE one");
    } catch (...) {
      const std::exception_ptr failure = std::current_exception();
      m_writer->roll_back();
      finish(failure);
    }
  }

  /// REQUIRES the turn, which is passed on. Leaves the commit to the next in line, when there is one, or does it; the outcome for all members.
  std::exception_ptr settle(const std::shared_ptr<Batch>& batch) {
    {
      std::unique_lock lock(m_mutex);
      const bool leave_open =
          !batch->done && m_waiting > 0 && batch->members < m_options.writes_at_once && SteadyClock::now() - batch->began < longest_batch;
      if (leave_open) {
        m_taken = false;
        m_turn.notify_one();
        batch->finished.wait(lock, [&] { return batch->done; });
        return batch->failure;
      }
    }
    if (!batch->done) {
      std::exception_ptr failure;
      try {
        m_writer->command("COMMIT");
      } catch (...) {
        failure = std::current_exception();
        m_writer->roll_back();
      }
      finish(failure);
    }
    pass_turn();
    return batch->failure;
  }

  /// REQUIRES the turn. Tells all members.
  void finish(const std::exception_ptr& failure) {
    const std::lock_guard lock(m_mutex);
    m_batch->done = true;
    m_batch->failure = failure;
    m_batch->finished.notify_all();
    m_batch.reset();
  }

  const DatabaseOptions m_options;
  std::mutex m_mutex;
  std::condition_variable m_turn;
  std::size_t m_waiting = 0;
  bool m_taken = false;
  std::unique_ptr<Connection> m_writer;  // of the thread whose turn it is
  std::shared_ptr<Batch> m_batch;        // the commit that is open; of the thread whose turn it is
  Pool m_readers;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const DatabaseLocation& location, DatabaseOptions options) {
  return std::make_unique<SqliteStore>(location, options);
}

}  // namespace waymark::db
