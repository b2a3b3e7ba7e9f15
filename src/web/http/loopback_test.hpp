/// The other end of the wire for tests: a client of raw bytes, and a server that runs while a test does.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "web/http/server.hpp"

namespace waymark::web::http::loopback {

struct Reply {
  int status = 0;
  std::string head;  ///< as it came, with the empty line
  std::string body;
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;  ///< whatever the case of its letters
};

/// Every wait is for something that happens; one that does not happen in 20 s throws.
class Client {
 public:
  /// To a Server::urls() entry.
  explicit Client(const std::string& url);
  /// A socket that connect_to() connects later.
  Client();
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void connect_to(const std::string& url);
  /// What the server no longer takes is dropped.
  void send(std::string_view bytes);
  void finish_sending();
  void close();
  enum class Body { follows, none };
  /// The next response, its body by Content-Length. Throws where the connection ends first.
  [[nodiscard]] Reply reply(Body body = Body::follows);
  /// Everything up to the end of the connection, be it orderly or a reset.
  [[nodiscard]] std::string rest();

 private:
  [[nodiscard]] bool receive();
  int m_socket = -1;
  std::string m_received;
};

[[nodiscard]] std::string get(std::string_view target, std::string_view more_headers = {});

/// What the program logs while this lives.
class Log {
 public:
  Log();
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  [[nodiscard]] std::string text() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

/// Listens on port 0 where options name nothing else. Stops at its end.
class RunningServer {
 public:
  explicit RunningServer(Handler handler, ServerOptions options = {}, ReadyHandler ready = {});
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  [[nodiscard]] std::string url(std::size_t which = 0) const { return m_server.urls().at(which); }
  [[nodiscard]] Server& server() { return m_server; }
  /// Waits for run() to return.
  void join();

 private:
  Server m_server;
  std::thread m_thread;
};

}  // namespace waymark::web::http::loopback
