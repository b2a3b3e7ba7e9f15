/// One thread's share of the server: its event loop, its listeners, its connections and their deadlines.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "web/http/listener.hpp"
#include "web/http/server.hpp"

namespace boost::asio {
class thread_pool;
}

namespace waymark::web::http {

/// What all I/O threads share. Outlives them; all but the counter is constant while they run.
struct Shared {
  const ServerOptions& options;
  const Handler& handler;
  const ReadyHandler& ready;
  boost::asio::thread_pool& workers;
  boost::asio::thread_pool& slow_workers;
  std::atomic<std::size_t> slow_requests = 0;  ///< waiting or being answered
  std::atomic<std::size_t> connections = 0;  ///< counted up by who accepts, down by who serves
};

class IoThread {
 public:
  explicit IoThread(Shared& shared);
  /// REQUIRES that run() has returned and that the workers are gone: their answers come back here.
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  using HandOut = std::function<void(Accepted)>;
  /// Takes connections from `listener`, which outlives this, and gives each to `hand_out`; closes it when it stops. Call before run().
  void accept_from(Listener& listener, HandOut hand_out);
  /// Serves until a stop has finished.
  void run();
  /// Serves the connection here. From any thread.
  void adopt(Accepted accepted);
  /// From any thread.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace waymark::web::http
