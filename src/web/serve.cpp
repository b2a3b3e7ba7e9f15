#include "web/serve.hpp"

#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include <spdlog/spdlog.h>

#include "base/text.hpp"
#include "web/application.hpp"
#include "web/http/server.hpp"
#include "web/watch.hpp"

namespace waymark::web {
namespace {

/// SIGINT and SIGTERM, taken by a thread of its own while this lives. Threads started afterwards do not see them.
class StopSignals {
 public:
  explicit StopSignals(std::function<void()> on_signal) {
    sigemptyset(&m_set);
    sigaddset(&m_set, SIGINT);
    sigaddset(&m_set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &m_set, &m_before);
    m_waiter = std::jthread([this, act = std::move(on_signal)](const std::stop_token& stop) {
      constexpr timespec moment{0, 100'000'000};
      while (!stop.stop_requested()) {
        if (sigtimedwait(&m_set, nullptr, &moment) > 0) return act();
      }
    });
  }
  ~StopSignals() {
    m_waiter.request_stop();
    m_waiter.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  sigset_t m_set{};
  sigset_t m_before{};
  std::jthread m_waiter;
};

http::Handler logged(http::Handler handler) {
  return [handler = std::move(handler)](const http::Request& request) {
    http::Response response = handler(request);
    spdlog::info("{} {} {} {}", request.remote_address.empty() ? "-" : request.remote_address, http::to_string(request.method), request.path, response.status);
    return response;
  };
}

}  // namespace

tl::expected<void, ServeFailure> serve(const ServeOptions& options) {
  Reading first = read_pathway(options.folder);
  if (!first.pathway) return tl::unexpected(ServeFailure{std::move(first.error), std::move(first.findings)});
  Application application(options.watch ? Application::Mode::edited : Application::Mode::settled);
  application.show(std::move(*first.pathway), std::move(first.findings));

  http::ServerOptions server_options;
  server_options.listen = options.listen;
  server_options.headers = security_headers();
  http::Handler handler = [&](const http::Request& request) { return application.handle(request); };
  // With an access log every request passes a worker, where it is written down.
  http::ReadyHandler ready = [&](const http::Request& request) { return application.ready(request); };
  if (options.access_log) handler = logged(std::move(handler)), ready = {};

  std::atomic<http::Server*> running{nullptr};
  std::atomic<bool> asked_to_stop{false};
  const StopSignals signals([&] {
    asked_to_stop = true;
    if (http::Server* const server = running.load()) server->stop();
  });
  http::Server server(std::move(server_options), std::move(handler), std::move(ready));
  if (Result<void> listening = server.listen(); !listening) return tl::unexpected(ServeFailure{listening.error(), {}});
  running = &server;
  std::jthread watcher;
  if (options.watch) {
    watcher = std::jthread([&](const std::stop_token& stop) { follow_edits(options.folder, application, stop); });
  }
  if (options.ready) options.ready(server.urls());
  if (asked_to_stop) server.stop();
  server.run();
  running = nullptr;
  return {};
}

}  // namespace waymark::web
