#include "db/pool.hpp"

#include <stdexcept>

namespace waymark::db {

Pool::Lease Pool::lease() {
  std::unique_lock lock(m_mutex);
  if (!m_freed.wait_for(lock, m_timeout, [&] { return m_out < m_most; })) {
    throw DatabaseError(DatabaseError::Kind::busy, "The database is too busy at the moment.", "Try again in a little while.");
  }
  ++m_out;
  std::vector<std::unique_ptr<Connection>> gone;  // closed without the lock
  std::unique_ptr<Connection> connection;
  while (!connection && !m_idle.empty()) {
    connection = std::move(m_idle.back());
    m_idle.pop_back();
    if (connection->found_lost()) gone.push_back(std::move(connection));
  }
  lock.unlock();
  if (!connection) {
    try {
      connection = m_open();
    } catch (...) {
      lock.lock();
      --m_out;
      lock.unlock();
      m_freed.notify_one();
      throw;
    }
  }
  return {*this, std::move(connection)};
}

void Pool::close_idle() {
  std::vector<std::unique_ptr<Connection>> gone;
  const std::lock_guard lock(m_mutex);
  gone.swap(m_idle);
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (connection->lost() || connection->in_transaction()) connection.reset();
  {
    const std::lock_guard lock(m_mutex);
    --m_out;
    if (connection) m_idle.push_back(std::move(connection));
  }
  m_freed.notify_one();
}

namespace {
thread_local const void* inside = nullptr;
}

OneTransactionAThread::OneTransactionAThread(const void* store) : m_before(inside) {
  if (inside == store) throw std::logic_error("a transaction was begun inside another one; pass its Reader or Writer on instead");
  inside = store;
}

OneTransactionAThread::~OneTransactionAThread() { inside = m_before; }

}  // namespace waymark::db
