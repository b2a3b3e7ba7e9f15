#include <random>
#include <thread>

#include "db/connection.hpp"
#include "db/pool.hpp"
#include "db/stores.hpp"

namespace waymark::db {
namespace {

using Kind = DatabaseError::Kind;
using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// A write that loses against others this often gives up.
constexpr int most_conflicts = 12;

/// Longer each time, and never the same for two that lost against each other.
void back_off(int attempt, milliseconds longest) {
  thread_local std::minstd_rand random(std::random_device{}());
  const auto most = std::min<milliseconds::rep>(longest.count(), 4LL << std::min(attempt, 10));
  std::this_thread::sleep_for(milliseconds(std::uniform_int_distribution<milliseconds::rep>(most / 2, most)(random)));
}

class PostgresqlStore : public Store {
 public:
  PostgresqlStore(const DatabaseLocation& location, DatabaseOptions options)
      : Store(location), m_options(options), m_pool(options.readers, options.lease_timeout, [this] { return connect_for_pool(); }) {
    // Tells at once whether the address is any good.
    static_cast<void>(m_pool.lease());
  }

  std::unique_ptr<Connection> connect() override { return connect_postgresql(location(), m_options.lock_timeout); }

 protected:
  void ask_with(Reader::Extent extent, const Asking& ask) override {
    const OneTransactionAThread guard(this);
    const bool several = extent != Reader::Extent::one_statement;
    persist(Intent::read, [&](Connection& connection, bool&) {
      if (several) connection.command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      Reader reader(connection, extent);
      ask(reader);
      connection.require_sound();
      if (several) connection.command("COMMIT");
    });
  }

  void write_with(const Changing& change) override {
    const OneTransactionAThread guard(this);
    persist(Intent::write, [&](Connection& connection, bool& committing) {
      connection.command("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE");
      Writer writer(connection);
      change(writer);
      connection.require_sound();
      committing = true;
      connection.command("COMMIT");
    });
  }

 private:
  enum class Intent { read, write };

  /// What is asked without a transaction cannot write either.
  std::unique_ptr<Connection> connect_for_pool() {
    auto connection = connect();
    connection->command("SET default_transaction_read_only = on");
    return connection;
  }

  /// Does `work` until it comes through: again on a new connection after one is lost, again after losing against another write.
  template <class Work>
  void persist(Intent intent, Work&& work) {
    const auto deadline = SteadyClock::now() + m_options.reconnect_within;
    int conflicts = 0;
    for (int attempt = 0;; ++attempt) {
      bool committing = false;
      bool connection_lost = true;
      try {
        const Pool::Lease connection = m_pool.lease();
        try {
          work(*connection, committing);
          return;
        } catch (const DatabaseError& error) {
          // After a failover the old server may live on as a standby; the address leads to the new one.
          if (intent == Intent::write && error.kind() == Kind::read_only) connection->abandon();
          connection->roll_back();
          connection_lost = connection->lost();
          throw;
        } catch (...) {
          connection->roll_back();
          throw;
        }
      } catch (const DatabaseError& error) {
        if (error.kind() == Kind::contended) {
          if (++conflicts > most_conflicts) throw;
          back_off(conflicts, milliseconds(200));
          continue;
        }
        const bool gone = error.kind() == Kind::unavailable || error.kind() == Kind::read_only;
        if (!connection_lost || !gone) throw;
        if (committing && error.kind() == Kind::unavailable) {
          throw DatabaseError(Kind::uncertain, "The connection to the database broke while it was saving.",
                              "Look whether your change is there before you make it again.", error.detail());
        }
        m_pool.close_idle();
        if (SteadyClock::now() >= deadline) throw;
      }
      back_off(attempt, milliseconds(500));
    }
  }

  const DatabaseOptions m_options;
  Pool m_pool;
};

}  // namespace

std::unique_ptr<Store> open_postgresql(const DatabaseLocation& location, DatabaseOptions options) {
  return std::make_unique<PostgresqlStore>(location, options);
}

}  // namespace waymark::db
