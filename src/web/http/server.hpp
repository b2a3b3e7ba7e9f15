/// The HTTP/1.1 server. Beast and Asio are seen by its .cpp files only.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "web/http/forwarded.hpp"
#include "web/http/message.hpp"
#include "web/http/tls.hpp"

namespace waymark::web::http {

/// Times are kept to an eighth of the shortest of them, at best 10 ms and at worst a second late.
struct Limits {
  std::size_t header_bytes = 16u << 10;           ///< more: 431
  std::size_t body_bytes = 1u << 20;              ///< more: 413
  std::size_t connections = 4096;                 ///< more: closed after accept
  std::chrono::milliseconds idle{60'000};         ///< without a request: closed silently
  std::chrono::milliseconds header_time{10'000};  ///< from the first byte to the end of the header: 408; a handshake of TLS has as long: closed
  std::chrono::milliseconds body_time{30'000};    ///< for the whole body: 408
  std::chrono::milliseconds write_time{30'000};   ///< for a whole response: closed
  std::chrono::milliseconds drain{10'000};        ///< a graceful stop waits as long for what is in flight
};

/// Raises this process's limit of open files as far as it may be, and gives how many connections are safe with it: some are left for files and for the
/// database. At most 20,000.
[[nodiscard]] std::size_t room_for_connections();

/// One answered or refused request, for an access log. Views are good during the call only.
struct Exchange {
  std::string_view remote_address;
  Method method = Method::other;
  std::string_view path;  ///< decoded: escape it before it is printed; empty where the request was refused
  int status = 0;
  std::size_t body_bytes = 0;        ///< of the response
  std::chrono::microseconds time{};  ///< from the complete request to the last byte handed to the system
  std::string_view request_id = {};  ///< request_id.hpp
};

struct ServerOptions {
  /// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), "8080" (127.0.0.1), "localhost:8080", "unix:/run/waymark.sock".
  std::vector<std::string> listen{"127.0.0.1:8080"};
  unsigned io_threads = 0;      ///< 0: one a core
  unsigned worker_threads = 0;  ///< 0: two a core
  /// Requests that take long by design, such as the check of a password, wait for threads of their own, so that all others are answered meanwhile.
  /// Called on the I/O threads; must not block. Empty: none is.
  std::function<bool(const Request&)> is_slow = {};
  unsigned slow_threads = 0;            ///< 0: half the cores, at least one
  std::size_t slow_requests_waiting = 100;  ///< more: 503 with Retry-After
  /// Then what comes over a network is encrypted, and only what comes over a unix socket is not. May change what it reads while this runs.
  std::shared_ptr<const Tls> tls = {};
  Limits limits;
  TrustedProxies trusted_proxies = {};  ///< whose X-Forwarded-For and X-Request-Id are believed
  /// Sent with every response, also with refusals: security headers, Server and so on.
  Headers headers;
  /// Called on the I/O threads, several at a time; must not block or throw. Empty: nothing is logged.
  std::function<void(const Exchange&)> access_log = {};
};

/// Answers GET and HEAD at once, on an I/O thread, without blocking; nullptr where it cannot. For pages that stand ready.
using ReadyHandler = std::function<std::shared_ptr<const Representation>(const Request&)>;
/// Runs on a worker thread; may block. What it throws becomes 500 with a reference id, logged. One that never returns keeps run() from returning.
using Handler = std::function<Response(const Request&)>;

/// Owns its threads. stop() and urls() are thread-safe; listen() and run() are called once, in this order.
class Server {
 public:
  /// Throws std::invalid_argument where a configured header cannot be sent.
  Server(ServerOptions options, Handler handler, ReadyHandler ready = {});
  /// REQUIRES that run() is not running.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds; fails with `unavailable` and the address in the message (port in use, no permission, unknown host, a live socket file), with
  /// `wrong_usage` where the address cannot be read. A stale unix socket file is replaced.
  [[nodiscard]] Result<void> listen();
  /// The addresses bound, as URLs ("http://127.0.0.1:8080", https:// where encrypted, "unix:/run/waymark.sock"); with port 0 the real port. Valid after listen().
  [[nodiscard]] std::vector<std::string> urls() const;
  /// Serves until a stop has finished.
  void run();
  /// Begins to stop and returns: no more is accepted, idle connections are closed, what is in flight may finish (Limits::drain), then run()
  /// returns. Idempotent; before run(), run() returns at once. Takes a lock: call it from a thread that waits for signals, not from the
  /// signal's handler.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace waymark::web::http
