/// Inside the room only: connections that threads take turns with.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "db/connection.hpp"

namespace waymark::db {

/// At most `most` connections, opened when they are first needed, the one used last given out first. Safe to use from threads.
class Pool {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  Pool(std::size_t most, std::chrono::milliseconds timeout, Open open) : m_most(most), m_timeout(timeout), m_open(std::move(open)) {}

  /// Gives its connection back when it ends; one that is lost or still in a transaction is closed.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection) : m_pool(&pool), m_connection(std::move(connection)) {}
    Lease(Lease&& other) noexcept : m_pool(std::exchange(other.m_pool, nullptr)), m_connection(std::move(other.m_connection)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (m_pool != nullptr) m_pool->give_back(std::move(m_connection));
    }
    [[nodiscard]] Connection& operator*() const { return *m_connection; }
    [[nodiscard]] Connection* operator->() const { return m_connection.get(); }

   private:
    Pool* m_pool;
    std::unique_ptr<Connection> m_connection;
  };

  /// A connection that is not found_lost(). Throws DatabaseError: busy when none is free in time, or what opening throws.
  [[nodiscard]] Lease lease();
  /// Closes what nobody holds: after a restart of the server all idle connections are lost together.
  void close_idle();

 private:
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  const std::size_t m_most;
  const std::chrono::milliseconds m_timeout;
  const Open m_open;
  std::mutex m_mutex;
  std::condition_variable m_freed;
  std::vector<std::unique_ptr<Connection>> m_idle;
  std::size_t m_out = 0;
};

/// A transaction inside another one of the same thread would wait for itself. Throws std::logic_error then.
class OneTransactionAThread {
 public:
  explicit OneTransactionAThread(const void* store);
  ~OneTransactionAThread();
  OneTransactionAThread(const OneTransactionAThread&) = delete;
  OneTransactionAThread& operator=(const OneTransactionAThread&) = delete;

 private:
  const void* m_before;
};

}  // namespace waymark::db
