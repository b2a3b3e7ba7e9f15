#include "web/http/connection.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <vector>

// The thread sanitizer knows no fences, and g++ warns of them; Asio's queues are safe by their locks.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "web/http/dispatch.hpp"
#include "web/http/request_id.hpp"
#include "web/http/request_reader.hpp"

namespace waymark::web::http {
namespace {

namespace asio = boost::asio;
using asio::redirect_error;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;
// The executor by its own type: any_io_executor would be called through a pointer at every step.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
constexpr asio::use_awaitable_t<Executor> use_awaitable;

constexpr std::size_t first_buffer_bytes = 4096;
constexpr std::size_t body_buffer_bytes = 16384;
/// A client that still sends when it is refused must be read for a while, or the system drops the refusal on its way (RFC 9112, section 9.6).
constexpr std::chrono::milliseconds linger_time{2000};

/// The bytes of an answer that the system has not taken yet.
class Unsent {
 public:
  explicit Unsent(const std::array<std::string_view, 5>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) m_buffers[i] = asio::const_buffer(pieces[i].data(), pieces[i].size());
  }
  [[nodiscard]] const std::array<asio::const_buffer, 5>& buffers() const { return m_buffers; }
  [[nodiscard]] bool empty() const { return asio::buffer_size(m_buffers) == 0; }
  void drop(std::size_t count) {
    for (asio::const_buffer& buffer : m_buffers) {
      const std::size_t here = std::min(count, buffer.size());
      buffer += here;
      count -= here;
    }
  }

 private:
  std::array<asio::const_buffer, 5> m_buffers;
};

Response too_many_at_once() {
  Response response = Response::text(503, "Too many people are signing in at this moment. Wait a little and send it again.\n");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

class HttpConnection final : public Connection {
 public:
  HttpConnection(ConnectionHost& host, Accepted accepted)
      : m_host(host),
        m_limits(host.options.limits),
        m_socket(host.context, asio::generic::stream_protocol(AF_UNSPEC, 0), accepted.socket.release()),
        m_remote_address(std::move(accepted.remote_address)),
        m_reader({m_limits.header_bytes, m_limits.body_bytes}),
        m_buffer(first_buffer_bytes) {
    m_socket.non_blocking(true);
    if (accepted.is_encrypted) m_tls = m_host.options.tls->begin(m_socket.native_handle());
    m_host.connections.insert(this);
  }
  ~HttpConnection() override {
    m_host.connections.erase(this);
    m_host.forgotten();
  }
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  Awaitable<void> serve();

  void look_at_clock(Clock::time_point now) override {
    if (now < m_deadline) return;
    m_expired = true;
    interrupt();
  }
  void stop() override {
    if (m_phase == Phase::handshake || m_phase == Phase::idle || m_phase == Phase::lingering) interrupt();
  }

 private:
  enum class Phase { handshake, idle, header, body, answering, lingering };
  enum class Outcome { complete, refused, gone };

  Awaitable<bool> shake_hands();
  Awaitable<std::size_t> read_encrypted(asio::mutable_buffer into, ErrorCode& error);
  Awaitable<bool> say_go_on();
  Awaitable<Outcome> read_request();
  Awaitable<bool> answer_request();
  Awaitable<Response> handle_on_worker();
  Awaitable<void> refuse();
  Awaitable<bool> write_rest(Unsent& unsent);
  Awaitable<void> linger();

  void interrupt() {
    ErrorCode ignored;
    m_socket.cancel(ignored);
  }
  void enter(Phase phase) {
    if (phase == m_phase) return;
    m_phase = phase;
    m_expired = false;
    switch (phase) {
      case Phase::handshake: m_deadline = Clock::now() + m_limits.header_time; break;
      case Phase::idle: m_deadline = Clock::now() + m_limits.idle; break;
      case Phase::header: m_deadline = Clock::now() + m_limits.header_time; break;
      case Phase::body: m_deadline = Clock::now() + m_limits.body_time; break;
      case Phase::answering: m_deadline = Clock::time_point::max(); break;
      case Phase::lingering: m_deadline = Clock::now() + linger_time; break;
    }
  }
  [[nodiscard]] std::string_view unread() const { return {m_buffer.data() + m_begin, m_end - m_begin}; }
  void drop(std::size_t count) {
    m_begin += count;
    if (m_begin == m_end) m_begin = m_end = 0;
  }
  asio::mutable_buffer room();
  [[nodiscard]] Outcome outcome_of_failed_read();
  /// Whether all went at once, as nearly every answer does; `failed` where the connection is gone.
  bool write_at_once(Unsent& unsent, bool& failed);
  std::size_t write_some(const Unsent& unsent, ErrorCode& error);
  [[nodiscard]] Answer compose(Response response);
  [[nodiscard]] Persistence persistence() const {
    if (m_host.stopping || !m_reader.keeps_alive()) return Persistence::close;
    return m_reader.is_http_1_0() ? Persistence::keep_and_say_so : Persistence::keep;
  }
  void tell_access_log(const Answer& answer, std::string_view id, std::string_view client, Method method, std::string_view path, Clock::time_point begun) const;

  ConnectionHost& m_host;
  const Limits& m_limits;
  Socket m_socket;
  std::unique_ptr<TlsSession> m_tls;  ///< nullptr: nothing is encrypted
  std::string m_remote_address;
  RequestReader m_reader;
  std::vector<char> m_buffer;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
  Phase m_phase = Phase::answering;
  Clock::time_point m_deadline = Clock::time_point::max();
  bool m_expired = false;
  Refusal m_refusal;
};

Awaitable<void> HttpConnection::serve() {
  bool goes_on = m_tls == nullptr || co_await shake_hands();
  if (!goes_on && m_tls) co_return;
  while (goes_on) {
    const Outcome outcome = co_await read_request();
    if (outcome == Outcome::gone) {
      if (m_tls) m_tls->say_goodbye();
      co_return;
    }
    if (outcome == Outcome::refused) {
      co_await refuse();
      goes_on = false;
    } else {
      goes_on = co_await answer_request();
      // All that was sent has been read, and a stop should not wait for clients that keep their end open.
      if (!goes_on && m_host.stopping) co_return;
    }
  }
  co_await linger();
}

/// Where it fails `m_tls` is left, except with somebody who speaks unencrypted and has been told.
Awaitable<bool> HttpConnection::shake_hands() {
  enter(Phase::handshake);
  for (;;) {
    const TlsSession::Step step = m_tls->shake_hands();
    if (step == TlsSession::Step::done) co_return true;
    if (step == TlsSession::Step::plain_http) {
      m_tls.reset();
      m_refusal = {400, "Here everything is encrypted: begin the address with https://."};
      co_await refuse();
      co_return false;
    }
    if (step == TlsSession::Step::ended || m_host.stopping) co_return false;
    ErrorCode error;
    co_await m_socket.async_wait(step == TlsSession::Step::wants_read ? Socket::wait_read : Socket::wait_write, redirect_error(use_awaitable, error));
    if (error) co_return false;
  }
}

Awaitable<std::size_t> HttpConnection::read_encrypted(asio::mutable_buffer into, ErrorCode& error) {
  for (;;) {
    const TlsSession::Moved moved = m_tls->read(static_cast<char*>(into.data()), into.size());
    if (moved.step == TlsSession::Step::done) co_return moved.count;
    if (moved.step == TlsSession::Step::ended) error = asio::error::eof;
    if (error) co_return 0;
    co_await m_socket.async_wait(moved.step == TlsSession::Step::wants_read ? Socket::wait_read : Socket::wait_write, redirect_error(use_awaitable, error));
    if (error) co_return 0;
  }
}

Awaitable<bool> HttpConnection::say_go_on() {
  constexpr std::string_view words = "HTTP/1.1 100 Continue\r\n\r\n";
  const std::array<std::string_view, 5> pieces{words};
  Unsent unsent(pieces);
  bool failed = false;
  if (write_at_once(unsent, failed) || failed) co_return !failed;
  const Clock::time_point deadline = m_deadline;
  const bool is_sent = co_await write_rest(unsent);
  m_deadline = deadline;
  co_return is_sent;
}

Awaitable<HttpConnection::Outcome> HttpConnection::read_request() {
  m_reader.reset();
  bool continued = false;
  if (m_begin == m_end) enter(Phase::idle);
  for (;;) {
    if (m_begin < m_end) {
      const auto used = m_reader.feed(unread());
      if (!used) {
        m_refusal = used.error();
        co_return Outcome::refused;
      }
      drop(*used);
      if (m_reader.stage() == RequestReader::Stage::complete) co_return Outcome::complete;
      enter(m_reader.stage() == RequestReader::Stage::body ? Phase::body : Phase::header);
      if (m_reader.expects_continue() && !continued) {
        continued = true;
        if (!co_await say_go_on()) co_return Outcome::gone;
      }
    }
    if (m_host.stopping && m_phase == Phase::idle) co_return Outcome::gone;
    ErrorCode error;
    std::size_t count = 0;
    if (m_tls) {
      count = co_await read_encrypted(room(), error);
    } else {
      count = co_await m_socket.async_read_some(room(), redirect_error(use_awaitable, error));
    }
    if (error) co_return outcome_of_failed_read();
    m_end += count;
  }
}

asio::mutable_buffer HttpConnection::room() {
  if (m_begin > 0) {
    std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
    m_end -= m_begin;
    m_begin = 0;
  }
  if (m_phase == Phase::body && m_buffer.size() < body_buffer_bytes) m_buffer.resize(body_buffer_bytes);
  // The reader refuses before this grows past its limit for a header.
  if (m_end == m_buffer.size()) m_buffer.resize(m_buffer.size() * 2);
  return asio::buffer(m_buffer.data() + m_end, m_buffer.size() - m_end);
}

HttpConnection::Outcome HttpConnection::outcome_of_failed_read() {
  if (!m_expired || m_phase == Phase::idle) return Outcome::gone;
  m_refusal = m_phase == Phase::body ? Refusal{408, "The body of the request did not come in time; send it again, faster or in smaller parts."}
                                     : Refusal{408, "The header of the request did not come in time; send it again."};
  return Outcome::refused;
}

Awaitable<Response> HttpConnection::handle_on_worker() {
  auto start = [this](auto done) {
    const bool slow = m_host.options.is_slow && m_host.options.is_slow(m_reader.request());
    if (slow) ++m_host.slow_requests;
    asio::post(slow ? m_host.slow_workers : m_host.workers, [this, slow, done = std::move(done)]() mutable {
      Response response = handle(m_host.handler, m_reader.request());
      if (slow) --m_host.slow_requests;
      asio::post(m_host.context, [done = std::move(done), response = std::move(response)]() mutable { std::move(done)(std::move(response)); });
    });
  };
  return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Response)>(std::move(start), use_awaitable);
}

Answer HttpConnection::compose(Response response) {
  const Request& request = m_reader.request();
  try {
    return answer_with(request, std::move(response), m_host.headers, persistence(), std::time(nullptr));
  } catch (const std::exception& exception) {
    return answer_with(request, internal_error(request, exception.what()), m_host.headers, persistence(), std::time(nullptr));
  }
}

Awaitable<bool> HttpConnection::answer_request() {
  enter(Phase::answering);
  const bool logs = static_cast<bool>(m_host.options.access_log);
  const Clock::time_point begun = logs ? Clock::now() : Clock::time_point();
  Request& request = m_reader.request();
  const std::string_view forwarded_for = request.header("x-forwarded-for");
  request.remote_address = forwarded_for.empty() ? m_remote_address : m_host.options.trusted_proxies.client_of(m_remote_address, forwarded_for);
  const std::string_view proxys_id = request.header("x-request-id");
  const bool takes_it = is_request_id(proxys_id) && m_host.options.trusted_proxies.trusts(m_remote_address);
  request.id = takes_it ? std::string(proxys_id) : new_request_id();
  Answer answer;
  if (auto ready = handle_at_once(m_host.ready, request); !ready) {
    answer = compose(std::move(ready.error()));
  } else if (*ready != nullptr) {
    answer = answer_with(request, std::move(*ready), m_host.headers, persistence(), std::time(nullptr));
  } else {
    Response response;
    if (m_host.slow_requests > m_host.options.slow_requests_waiting && m_host.options.is_slow(request)) {
      response = too_many_at_once();
    } else {
      response = co_await handle_on_worker();
    }
    answer = compose(std::move(response));
  }
  // Decided with the header: a stop that comes while this is written must not close what was said to stay open.
  const bool stays = !answer.closes;
  Unsent unsent(answer.pieces());
  bool failed = false;
  if (!write_at_once(unsent, failed) && !failed) failed = !co_await write_rest(unsent);
  if (failed) {
    // First, as its goodbye would go to whoever has the descriptor next.
    m_tls.reset();
    ErrorCode ignored;
    m_socket.close(ignored);
    co_return false;
  }
  if (logs) tell_access_log(answer, request.id, request.remote_address, request.method, request.path, begun);
  co_return stays;
}

bool HttpConnection::write_at_once(Unsent& unsent, bool& failed) {
  ErrorCode error;
  const std::size_t count = write_some(unsent, error);
  failed = error && error != asio::error::would_block && error != asio::error::try_again;
  if (error) return false;
  unsent.drop(count);
  return unsent.empty();
}

std::size_t HttpConnection::write_some(const Unsent& unsent, ErrorCode& error) {
  if (!m_tls) return m_socket.write_some(unsent.buffers(), error);
  // One record for what is in several pieces.
  std::array<char, 16384> together;  // NOLINT: filled by the copy
  const TlsSession::Moved moved = m_tls->write(together.data(), asio::buffer_copy(asio::buffer(together), unsent.buffers()));
  if (moved.step == TlsSession::Step::ended) {
    error = asio::error::broken_pipe;
  } else if (moved.step != TlsSession::Step::done) {
    error = asio::error::would_block;
  }
  return moved.count;
}

Awaitable<bool> HttpConnection::write_rest(Unsent& unsent) {
  m_deadline = Clock::now() + m_limits.write_time;
  while (!unsent.empty()) {
    ErrorCode error;
    std::size_t count = 0;
    if (!m_tls) {
      count = co_await m_socket.async_write_some(unsent.buffers(), redirect_error(use_awaitable, error));
    } else if (count = write_some(unsent, error); error == asio::error::would_block) {
      co_await m_socket.async_wait(Socket::wait_write, redirect_error(use_awaitable, error));
    }
    if (error) co_return false;
    unsent.drop(count);
  }
  m_deadline = Clock::time_point::max();
  co_return true;
}

Awaitable<void> HttpConnection::refuse() {
  enter(Phase::answering);
  const Clock::time_point begun = Clock::now();
  const std::string id = new_request_id();
  const Answer answer = answer_with(m_refusal, m_host.headers, std::time(nullptr), id);
  Unsent unsent(answer.pieces());
  bool failed = false;
  if (!write_at_once(unsent, failed) && !failed) co_await write_rest(unsent);
  if (m_host.options.access_log) tell_access_log(answer, id, m_remote_address, Method::other, {}, begun);
}

Awaitable<void> HttpConnection::linger() {
  ErrorCode error;
  if (m_tls) m_tls->say_goodbye();
  m_socket.shutdown(Socket::shutdown_send, error);
  enter(Phase::lingering);
  while (!error) {
    m_begin = m_end = 0;
    co_await m_socket.async_read_some(room(), redirect_error(use_awaitable, error));
  }
}

void HttpConnection::tell_access_log(const Answer& answer, std::string_view id, std::string_view client, Method method, std::string_view path,
                                     Clock::time_point begun) const {
  m_host.options.access_log({client, method, path, answer.status, answer.body_size(),
                             std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun), id});
}

/// Keeps the connection alive for as long as it is served.
Awaitable<void> serve(std::unique_ptr<HttpConnection> connection) { co_await connection->serve(); }

void log_if_broken(const std::exception_ptr& broken) {
  if (broken == nullptr) return;
  try {
    std::rethrow_exception(broken);
  } catch (const std::exception& exception) {
    log_broken_connection(exception.what());
  } catch (...) {
    log_broken_connection("something that is no std::exception was thrown");
  }
}

}  // namespace

void serve_connection(ConnectionHost& host, Accepted accepted) {
  asio::co_spawn(host.context, serve(std::make_unique<HttpConnection>(host, std::move(accepted))), log_if_broken);
}

}  // namespace waymark::web::http
