#include "web/http/loopback_test.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include "base/text.hpp"

namespace waymark::web::http::loopback {
namespace {

constexpr int patience_in_ms = 20'000;

void wait_for(int socket, short events) {
  pollfd waiting{socket, events, 0};
  if (poll(&waiting, 1, patience_in_ms) != 1) throw std::runtime_error("nothing happened on the connection");
}

}  // namespace

std::optional<std::string> Reply::header(std::string_view name) const {
  const std::string wanted = to_lower_ascii(name);
  for (const auto line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && to_lower_ascii(line.substr(0, colon)) == wanted) return std::string(trim(line.substr(colon + 1)));
  }
  return std::nullopt;
}

Client::Client(const std::string& url) { connect_to(url); }
Client::Client() : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {}
Client::~Client() { close(); }

void Client::connect_to(const std::string& url) {
  if (url.starts_with("unix:")) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::strncpy(name.sun_path, url.c_str() + 5, sizeof name.sun_path - 1);
    m_socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0) throw std::runtime_error("no connection to " + url);
    return;
  }
  const std::string address = url.substr(std::strlen("http://"));
  const auto colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &hints, &found) != 0) throw std::runtime_error("no address: " + url);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
  if (m_socket < 0) m_socket = ::socket(found->ai_family, SOCK_STREAM, 0);
  if (::connect(m_socket, found->ai_addr, found->ai_addrlen) != 0) throw std::runtime_error("no connection to " + url);
}

void Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    wait_for(m_socket, POLLOUT);
    const ssize_t count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) continue;
    if (count < 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Client::finish_sending() { ::shutdown(m_socket, SHUT_WR); }

void Client::close() {
  if (m_socket >= 0) ::close(m_socket);
  m_socket = -1;
}

bool Client::receive() {
  wait_for(m_socket, POLLIN);
  char bytes[65536];
  const ssize_t count = ::recv(m_socket, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  m_received.append(bytes, static_cast<std::size_t>(count));
  return true;
}

Reply Client::reply(Body body) {
  Reply reply;
  std::size_t end = 0;
  while ((end = m_received.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) throw std::runtime_error("the connection ended inside a header: " + m_received);
  }
  reply.head = m_received.substr(0, end + 4);
  m_received.erase(0, end + 4);
  if (!reply.head.starts_with("HTTP/1.1 ")) throw std::runtime_error("no status line: " + reply.head);
  reply.status = std::stoi(reply.head.substr(std::strlen("HTTP/1.1 ")));
  const std::size_t size = body == Body::none ? 0 : std::stoul(reply.header("Content-Length").value_or("0"));
  while (m_received.size() < size) {
    if (!receive()) throw std::runtime_error("the connection ended inside a body");
  }
  reply.body = m_received.substr(0, size);
  m_received.erase(0, size);
  return reply;
}

std::string Client::rest() {
  while (receive()) {
  }
  return std::exchange(m_received, {});
}

std::string get(std::string_view target, std::string_view more_headers) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: waymark.test\r\n" + std::string(more_headers) + "\r\n";
}

namespace {

class TextSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  [[nodiscard]] std::string text() {
    const std::lock_guard lock(mutex_);
    return m_text;
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override { m_text.append(message.payload.data(), message.payload.size()).append("\n"); }
  void flush_() override {}
  std::string m_text;
};

}  // namespace

struct Log::Parts {
  std::shared_ptr<spdlog::logger> before;
  std::shared_ptr<TextSink> sink;
};

Log::Log() : m_parts(std::make_unique<Parts>(Parts{spdlog::default_logger(), std::make_shared<TextSink>()})) {
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", m_parts->sink));
}
Log::~Log() { spdlog::set_default_logger(m_parts->before); }
std::string Log::text() const { return m_parts->sink->text(); }

namespace {

ServerOptions with_port(ServerOptions options) {
  if (options.listen == ServerOptions().listen) options.listen = {"127.0.0.1:0"};
  options.io_threads = options.io_threads == 0 ? 2 : options.io_threads;
  options.worker_threads = options.worker_threads == 0 ? 2 : options.worker_threads;
  return options;
}

}  // namespace

RunningServer::RunningServer(Handler handler, ServerOptions options, ReadyHandler ready)
    : m_server(with_port(std::move(options)), std::move(handler), std::move(ready)) {
  if (const auto listening = m_server.listen(); !listening) throw std::runtime_error(listening.error().message);
  m_thread = std::thread([this] { m_server.run(); });
}

RunningServer::~RunningServer() {
  m_server.stop();
  join();
}

void RunningServer::join() {
  if (m_thread.joinable()) m_thread.join();
}

}  // namespace waymark::web::http::loopback
