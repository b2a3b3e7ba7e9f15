#include "web/http/io_thread.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <vector>

// The thread sanitizer knows no fences, and g++ warns of them; Asio's queues are safe by their locks.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "web/http/connection.hpp"
#include "web/http/dispatch.hpp"

namespace waymark::web::http {
namespace {

namespace asio = boost::asio;
using asio::redirect_error;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Descriptor = asio::posix::basic_stream_descriptor<Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
using Awaitable = asio::awaitable<void, Executor>;
constexpr asio::use_awaitable_t<Executor> use_awaitable;

constexpr std::chrono::milliseconds pause_after_shortage{100};
constexpr int accepts_in_a_row = 64;

/// A listener and what waits at it.
struct Door {
  Door(asio::io_context& context, Listener& from, IoThread::HandOut to)
      : listener(from), hand_out(std::move(to)), descriptor(context, from.descriptor()), pause(context) {}
  ~Door() { close(); }
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  void close() {
    if (!descriptor.is_open()) return;
    pause.cancel();
    // The listener owns it.
    descriptor.release();
    listener.close();
  }

  Listener& listener;
  IoThread::HandOut hand_out;
  Descriptor descriptor;
  Timer pause;
};

/// Throws nothing: the door outlives a connection that found no memory.
void hand_out(const Door& door, Accepted accepted) {
  try {
    door.hand_out(std::move(accepted));
  } catch (const std::exception& exception) {
    log_broken_connection(exception.what());
  }
}

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

std::chrono::milliseconds tick_of(const Limits& limits) {
  const auto shortest = std::min({limits.idle, limits.header_time, limits.body_time, limits.write_time, limits.drain});
  return std::clamp(shortest / 8, std::chrono::milliseconds(10), std::chrono::milliseconds(1000));
}

}  // namespace

struct IoThread::Impl {
  explicit Impl(Shared& with)
      : shared(with), host{with.options, with.handler,           with.ready, with.workers, with.slow_workers, with.slow_requests, context, ServerHeaders(with.options.headers), {},
                           false,        [this] { forgotten(); }} {
    wait_for_tick();
  }

  Awaitable accept_at(Door& door);
  void begin(Accepted accepted);
  void begin_stop();
  void forgotten();
  void look_at_clock();
  void wait_for_tick();

  Shared& shared;
  // Before the context, whose end destroys the connections that stand in it.
  ConnectionHost host;
  bool running = false;
  Clock::time_point drained_at = Clock::time_point::max();
  asio::io_context context{1};
  asio::executor_work_guard<Executor> work{context.get_executor()};
  Timer tick{context};
  std::vector<std::unique_ptr<Door>> doors;
};

Awaitable IoThread::Impl::accept_at(Door& door) {
  bool is_short = false;
  while (!host.stopping) {
    ErrorCode error;
    co_await door.descriptor.async_wait(Descriptor::wait_read, redirect_error(use_awaitable, error));
    if (error) co_return;
    for (int i = 0; i < accepts_in_a_row; ++i) {
      auto accepted = door.listener.accept();
      if (accepted) {
        is_short = false;
        hand_out(door, std::move(*accepted));
      } else if (is_shortage(accepted.error())) {
        if (!is_short) log_accept_failure(door.listener.url(), accepted.error());
        is_short = true;
        door.pause.expires_after(pause_after_shortage);
        co_await door.pause.async_wait(redirect_error(use_awaitable, error));
        break;
      } else if (accepted.error() == EAGAIN) {
        break;
      }
    }
  }
}

void IoThread::Impl::begin(Accepted accepted) {
  if (host.stopping) {
    --shared.connections;
    return;
  }
  serve_connection(host, std::move(accepted));
}

void IoThread::Impl::forgotten() {
  --shared.connections;
  if (running && host.stopping && host.connections.empty()) context.stop();
}

void IoThread::Impl::begin_stop() {
  if (host.stopping) return;
  host.stopping = true;
  for (const auto& door : doors) door->close();
  for (Connection* const connection : host.connections) connection->stop();
  drained_at = Clock::now() + shared.options.limits.drain;
  if (host.connections.empty()) context.stop();
}

void IoThread::Impl::look_at_clock() {
  const auto now = Clock::now();
  for (Connection* const connection : host.connections) connection->look_at_clock(now);
  if (now >= drained_at) context.stop();
}

void IoThread::Impl::wait_for_tick() {
  tick.expires_after(tick_of(shared.options.limits));
  tick.async_wait([this](const ErrorCode& error) {
    if (error) return;
    look_at_clock();
    wait_for_tick();
  });
}

IoThread::IoThread(Shared& shared) : m_impl(std::make_unique<Impl>(shared)) {}
IoThread::~IoThread() = default;

void IoThread::accept_from(Listener& listener, HandOut hand_out) {
  m_impl->doors.push_back(std::make_unique<Door>(m_impl->context, listener, std::move(hand_out)));
  asio::co_spawn(m_impl->context, m_impl->accept_at(*m_impl->doors.back()), asio::detached);
}

void IoThread::run() {
  m_impl->running = true;
  while (!m_impl->context.stopped()) {
    try {
      m_impl->context.run();
    } catch (const std::exception& exception) {
      // Out of memory, most likely: costs one connection, not the thread with all of them.
      log_broken_connection(exception.what());
    }
  }
  m_impl->running = false;
}

void IoThread::adopt(Accepted accepted) {
  asio::dispatch(m_impl->context, [impl = m_impl.get(), accepted = std::move(accepted)]() mutable { impl->begin(std::move(accepted)); });
}

void IoThread::stop() {
  asio::post(m_impl->context, [impl = m_impl.get()] { impl->begin_stop(); });
}

}  // namespace waymark::web::http
