#include "web/serve.hpp"

#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "access/housekeeping.hpp"
#include "base/text.hpp"
#include "web/access_log.hpp"
#include "web/application.hpp"
#include "web/http/server.hpp"
#include "web/metrics.hpp"
#include "web/watch.hpp"

namespace waymark::web {
namespace {

sigset_t stop_signals() {
  sigset_t set{};
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

/// Keeps SIGINT and SIGTERM from this thread and from every thread it starts while this lives: they wait for StopSignals.
class BlockedStopSignals {
 public:
  BlockedStopSignals() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, &m_before);
  }
  ~BlockedStopSignals() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
  BlockedStopSignals(const BlockedStopSignals&) = delete;
  BlockedStopSignals& operator=(const BlockedStopSignals&) = delete;

 private:
  sigset_t m_before{};
};

/// Calls `act` once, on a thread of its own, at the first of the blocked signals, also at one that came earlier.
class StopSignals {
 public:
  explicit StopSignals(std::function<void()> act) {
    m_waiter = std::jthread([act = std::move(act)](const std::stop_token& stop) {
      const sigset_t set = stop_signals();
      constexpr timespec moment{0, 100'000'000};
      while (!stop.stop_requested()) {
        if (sigtimedwait(&set, nullptr, &moment) > 0) return act();
      }
    });
  }

 private:
  std::jthread m_waiter;
};

/// Keys are changed; versions come into force at midnight, or are published by another node; what has ended is forgotten once an hour.
void keep_house(Installation& installation, Application& application, const std::stop_token& stop) {
  constexpr std::chrono::seconds between_looks{2};
  constexpr std::chrono::hours between_cleanings{1};
  std::mutex mutex;
  std::condition_variable_any stopped;
  auto cleaned = std::chrono::steady_clock::now() - between_cleanings;
  while (!stop.stop_requested()) {
    application.follow_versions();
    if (const Result<bool> looked = installation.keys.look_again(); !looked) {
      http::log(http::LogLevel::warning, "The keys have changed and cannot be used; those from before stay.",
                {{"what", looked.error().message}, {"way_out", looked.error().way_out}});
    }
    // Whoever comes first after the start, after midnight or after another node's change does not wait for a hundred thousand people to be read.
    try {
      static_cast<void>(installation.organisation.names());
    } catch (const std::exception&) {
      // Whoever asks for a page is told.
    }
    if (const auto now = std::chrono::steady_clock::now(); now - cleaned >= between_cleanings) {
      cleaned = now;
      try {
        access::forget_what_has_ended(installation.database, installation.clock, installation.options.sessions, installation.options.sign_in.passwords);
        installation.uploads.forget_ended();
      } catch (const std::exception& exception) {
        http::log(http::LogLevel::warning, "What has ended could not be taken out of the store.", {{"what", exception.what()}});
      }
    }
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, between_looks, [] { return false; });
  }
}

/// A renewed certificate is used without a restart, and one that ends soon is told of once a day.
void follow_certificate(http::Tls& tls, const std::stop_token& stop) {
  constexpr std::chrono::seconds between_looks{2};
  constexpr std::chrono::hours between_warnings{24};
  std::mutex mutex;
  std::condition_variable_any stopped;
  auto warned = std::chrono::steady_clock::now() - between_warnings;
  while (!stop.stop_requested()) {
    const Result<bool> looked = tls.look_again();
    if (!looked) {
      http::log(http::LogLevel::warning, "The certificate has changed and cannot be used; the one from before stays.",
                {{"what", looked.error().message}, {"way_out", looked.error().way_out}});
    } else if (*looked) {
      http::log(http::LogLevel::info, "The certificate has changed; new connections use it.");
    }
    if (const auto now = std::chrono::steady_clock::now(); now - warned >= between_warnings || (looked && *looked)) {
      warned = now;
      if (const std::string words = tls.warning(SystemClock().now()); !words.empty()) http::log(http::LogLevel::warning, words);
    }
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, between_looks, [] { return false; });
  }
}

/// A new one at each start, while nobody has set it up.
std::string set_up_link(Installation* installation) {
  if (installation == nullptr) return {};
  const auto token = installation->joining.open_set_up();
  return token ? installation->link(fmt::format("/set-up?token={}", token->reveal())) : std::string();
}

http::ServerOptions metrics_options(const ServeOptions& options) {
  http::ServerOptions made;
  made.listen.clear();
  if (!options.metrics_listen.empty()) made.listen.push_back(options.metrics_listen);
  made.io_threads = made.worker_threads = 1;
  return made;
}

}  // namespace

tl::expected<void, ServeFailure> serve(const ServeOptions& options) {
  const std::uint64_t shown = options.watch ? fingerprint(options.folder) : 0;
  Reading first = read_pathway(options.folder);
  if (!first.pathway) return tl::unexpected(ServeFailure{std::move(first.error), std::move(first.findings)});

  http::log_as(options.log_format);
  std::shared_ptr<http::Tls> tls;
  if (options.tls) {
    auto read = http::Tls::read(*options.tls);
    if (!read) return tl::unexpected(ServeFailure{read.error(), {}});
    tls = std::move(*read);
  }
  const BlockedStopSignals blocked;
  std::unique_ptr<Installation> installation;
  std::unique_ptr<Application> application;  // made between listening and serving, when the address is known
  http::ServerOptions server_options;
  server_options.listen = options.listen;
  server_options.headers = security_headers();
  if (tls != nullptr) {
    server_options.tls = tls;
    // A year, as browsers' own lists ask at least.
    server_options.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  server_options.limits.connections = http::room_for_connections();
  server_options.limits.body_bytes = 4u << 20;  // what the page for uploads promises
  server_options.is_slow = &Application::is_slow;
  server_options.trusted_proxies = options.trusted_proxies;
  Metrics metrics([&] { return application->version(); });
  const bool counts = !options.metrics_listen.empty();
  if (options.access_log || counts) {
    server_options.access_log = [&metrics, counts, logs = options.access_log](const http::Exchange& exchange) {
      if (counts) metrics.count(exchange);
      if (logs) log_exchange(exchange);
    };
  }
  http::Server server(
      std::move(server_options), [&](const http::Request& request) { return application->handle(request); },
      [&](const http::Request& request) { return application->ready(request); });
  if (Result<void> listening = server.listen(); !listening) return tl::unexpected(ServeFailure{listening.error(), {}});

  if (options.install) {
    const std::vector<std::string> urls = server.urls();
    auto installed = options.install(urls.empty() ? std::string() : urls.front());
    if (!installed) return tl::unexpected(ServeFailure{installed.error(), {}});
    installation = std::move(*installed);
  }
  application = std::make_unique<Application>(options.watch ? Application::Mode::edited : Application::Mode::settled, installation.get());
  application->show(std::move(*first.pathway), std::move(first.findings), std::move(first.lint), std::move(first.documents));

  http::Server metrics_server(metrics_options(options), [&](const http::Request& request) { return metrics.answer(request); });
  if (Result<void> listening = metrics_server.listen(); !listening) return tl::unexpected(ServeFailure{listening.error(), {}});

  const StopSignals signals([&] {
    server.stop();
    metrics_server.stop();
  });
  std::jthread metrics_thread;
  if (counts) metrics_thread = std::jthread([&] { metrics_server.run(); });
  std::jthread keeper;
  if (installation != nullptr) keeper = std::jthread([&](const std::stop_token& stop) { keep_house(*installation, *application, stop); });
  std::jthread renewer;
  if (tls != nullptr) renewer = std::jthread([&](const std::stop_token& stop) { follow_certificate(*tls, stop); });
  std::jthread watcher;
  if (options.watch) {
    watcher = std::jthread([&](const std::stop_token& stop) { follow_edits(options.folder, *application, shown, stop); });
  }
  if (options.ready) options.ready(server.urls(), set_up_link(installation.get()));
  server.run();
  return {};
}

}  // namespace waymark::web
