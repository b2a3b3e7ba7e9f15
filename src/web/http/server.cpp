#include "web/http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <thread>

// The thread sanitizer knows no fences, and g++ warns of them; Asio's queues are safe by their locks.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <boost/asio/thread_pool.hpp>

#include "web/http/io_thread.hpp"
#include "web/http/listener.hpp"

namespace waymark::web::http {
namespace {

unsigned cores() { return std::max(1u, std::thread::hardware_concurrency()); }
unsigned chosen_or(unsigned chosen, unsigned otherwise) { return chosen == 0 ? otherwise : chosen; }

}  // namespace

struct Server::Impl {
  Impl(ServerOptions with, Handler handles, ReadyHandler ready_handles)
      : options(std::move(with)),
        handler(std::move(handles)),
        ready(std::move(ready_handles)),
        workers(chosen_or(options.worker_threads, 2 * cores())),
        slow_workers(chosen_or(options.slow_threads, std::max(1u, cores() / 2))) {
    for (unsigned i = 0; i < chosen_or(options.io_threads, cores()); ++i) io_threads.push_back(std::make_unique<IoThread>(shared));
  }

  /// In turn, so that the threads carry the same load whatever the kernel would choose; and a unix socket cannot be shared by SO_REUSEPORT,
  /// which would also let a second Waymark take half of the requests instead of finding the port in use.
  void hand_out(Accepted accepted) {
    if (++shared.connections > options.limits.connections) {
      --shared.connections;
      return;
    }
    io_threads[next++ % io_threads.size()]->adopt(std::move(accepted));
  }

  const ServerOptions options;
  const Handler handler;
  const ReadyHandler ready;
  std::vector<Listener> listeners;
  std::atomic<std::size_t> next = 0;
  Shared shared{options, handler, ready, workers, slow_workers};
  // The workers go first: what they still hold belongs to connections of the threads.
  std::vector<std::unique_ptr<IoThread>> io_threads;
  boost::asio::thread_pool workers;
  boost::asio::thread_pool slow_workers;
};

std::size_t room_for_connections() {
  constexpr rlim_t most = 20'000, kept = 256;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return Limits{}.connections;
  const rlim_t wanted = std::min(limit.rlim_max, most + kept);
  if (limit.rlim_cur < wanted) {
    const rlimit raised{wanted, limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return static_cast<std::size_t>(limit.rlim_cur > 2 * kept ? std::min(limit.rlim_cur - kept, most) : limit.rlim_cur / 2);
}

Server::Server(ServerOptions options, Handler handler, ReadyHandler ready)
    : m_impl(std::make_unique<Impl>(std::move(options), std::move(handler), std::move(ready))) {}

Server::~Server() = default;

Result<void> Server::listen() {
  for (const std::string& address : m_impl->options.listen) {
    auto listeners = listen_at(address, m_impl->options.tls == nullptr ? Encryption::none : Encryption::tls);
    if (!listeners) {
      m_impl->listeners.clear();
      return tl::unexpected<Error>(listeners.error());
    }
    for (Listener& listener : *listeners) m_impl->listeners.push_back(std::move(listener));
  }
  return {};
}

std::vector<std::string> Server::urls() const {
  std::vector<std::string> urls;
  for (const Listener& listener : m_impl->listeners) urls.push_back(listener.url());
  return urls;
}

void Server::run() {
  Impl& impl = *m_impl;
  for (std::size_t i = 0; i < impl.listeners.size(); ++i) {
    impl.io_threads[i % impl.io_threads.size()]->accept_from(impl.listeners[i], [&impl](Accepted accepted) { impl.hand_out(std::move(accepted)); });
  }
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < impl.io_threads.size(); ++i) others.emplace_back([&thread = *impl.io_threads[i]] { thread.run(); });
  impl.io_threads.front()->run();
  for (std::thread& other : others) other.join();
  // A connection that was given up after the drain may have left a handler that has not begun; it need not.
  impl.workers.stop();
  impl.slow_workers.stop();
  impl.workers.join();
  impl.slow_workers.join();
}

void Server::stop() {
  for (const auto& thread : m_impl->io_threads) thread->stop();
}

}  // namespace waymark::web::http
