/// One connection: its requests read, handed over and answered, one after the other.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <unordered_set>

#include "web/http/answer.hpp"
#include "web/http/listener.hpp"
#include "web/http/server.hpp"

namespace boost::asio {
class io_context;
class thread_pool;
}  // namespace boost::asio

namespace waymark::web::http {

/// As its thread sees it: something to be woken. Called on that thread only.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Interrupts what has taken too long.
  virtual void look_at_clock(std::chrono::steady_clock::time_point now) = 0;
  /// Ends it where it is idle; else it ends with the answer it is at. The thread's `stopping` is set.
  virtual void stop() = 0;
};

/// What the connections of a thread have in common. Outlives them.
struct ConnectionHost {
  const ServerOptions& options;
  const Handler& handler;
  const ReadyHandler& ready;
  boost::asio::thread_pool& workers;
  boost::asio::thread_pool& slow_workers;
  std::atomic<std::size_t>& slow_requests;
  boost::asio::io_context& context;
  ServerHeaders headers;
  std::unordered_set<Connection*> connections;
  bool stopping = false;
  std::function<void()> forgotten;  ///< after a connection has left `connections`
};

/// Serves until one side ends it. On the thread of `host`.
void serve_connection(ConnectionHost& host, Accepted accepted);

}  // namespace waymark::web::http
