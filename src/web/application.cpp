#include "web/application.hpp"

#include <condition_variable>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "pathway/search.hpp"
#include "web/handlers.hpp"
#include "web/routes.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

using http::Compression;
using Kept = std::shared_ptr<const http::Representation>;

// A pathway of a few hundred pages fits several times; of a larger one the rest is rendered when asked for.
constexpr std::size_t cache_budget = 20u << 20;
constexpr std::string_view page_caching = "no-cache";

std::size_t weight(const http::Representation& page) { return page.body.size() + page.gzip.size() + page.brotli.size() + 600; }

/// Pages by path. Thread-safe.
class PageCache {
 public:
  [[nodiscard]] Kept find(const std::string& path) const {
    const std::shared_lock lock(m_mutex);
    const auto found = m_pages.find(path);
    return found == m_pages.end() ? nullptr : found->second;
  }
  /// Replaces what is there. False when there is no more room.
  bool keep(const std::string& path, Kept page) {
    const std::unique_lock lock(m_mutex);
    Kept& slot = m_pages[path];
    const std::size_t before = slot == nullptr ? 0 : weight(*slot);
    if (m_weight - before + weight(*page) > cache_budget) {
      if (slot == nullptr) m_pages.erase(path);
      return false;
    }
    m_weight += weight(*page) - before;
    slot = std::move(page);
    return true;
  }

 private:
  mutable std::shared_mutex m_mutex;
  std::unordered_map<std::string, Kept> m_pages;
  std::size_t m_weight = 0;
};

struct Documents {
  explicit Documents(pathway::Pathway read) : pathway(std::move(read)), search(pathway) {}
  pathway::Pathway pathway;
  pathway::SearchIndex search;
};

struct Snapshot {
  Snapshot(std::shared_ptr<const Documents> read, std::vector<Notice> notices, std::shared_ptr<const LintView> lint)
      : documents(std::move(read)), site(documents->pathway, Links::Form::served, std::move(notices), std::move(lint)) {}

  [[nodiscard]] Kept render(const std::string& path, Compression compression) const {
    http::Request request;
    request.path = path;
    http::Response response = answer(site, &documents->search, request);
    if (response.status != 200) return nullptr;
    return http::make_representation("text/html; charset=utf-8", std::string(page_caching), std::move(response.body), compression);
  }

  std::shared_ptr<const Documents> documents;
  Site site;
  mutable PageCache cache;
};

std::string reference_id() {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return fmt::format("{:08x}", static_cast<std::uint32_t>(generator()));
}

}  // namespace

struct Application::Impl {
  explicit Impl(Mode with) : mode(with) {}

  [[nodiscard]] std::shared_ptr<const Snapshot> now() const {
    const std::shared_lock lock(mutex);
    return snapshot;
  }

  void put(std::shared_ptr<const Snapshot> next) {
    // The thread that fills the old one first: it would only work for nobody.
    filler = std::jthread();
    {
      const std::unique_lock lock(mutex);
      snapshot = next;
      is_ready = false;
    }
    filler = std::jthread([this, next](const std::stop_token& stop) { fill(*next, stop); });
  }

  void fill(const Snapshot& of, const std::stop_token& stop) {
    const std::vector<std::string> addresses = of.site.addresses();
    std::size_t kept = 0;
    try {
      for (; kept < addresses.size() && !stop.stop_requested(); ++kept) {
        if (Kept page = of.render(addresses[kept], Compression::fast); page != nullptr && !of.cache.keep(addresses[kept], std::move(page))) break;
      }
      {
        const std::unique_lock lock(mutex);
        is_ready = true;
      }
      became_ready.notify_all();
      for (std::size_t i = 0; mode == Mode::settled && i < kept && !stop.stop_requested(); ++i) {
        if (Kept page = of.render(addresses[i], Compression::best)) of.cache.keep(addresses[i], std::move(page));
      }
    } catch (const std::exception& exception) {
      // The page that cannot be made says so itself, with a reference, to whoever asks for it.
      spdlog::error("Pages could not be made ready: {}", exception.what());
      const std::unique_lock lock(mutex);
      is_ready = true;
      became_ready.notify_all();
    }
  }

  Mode mode;
  mutable std::shared_mutex mutex;
  mutable std::condition_variable_any became_ready;
  std::shared_ptr<const Snapshot> snapshot;
  bool is_ready = false;
  std::vector<Notice> standing;  ///< about the documents themselves
  std::jthread filler;
};

Application::Application(Mode mode) : m_impl(std::make_unique<Impl>(mode)) {}
Application::~Application() = default;

void Application::show(pathway::Pathway pathway, Findings findings, std::shared_ptr<const LintView> lint) {
  m_impl->standing.clear();
  if (pathway.draft) m_impl->standing.push_back({Notice::Kind::draft, std::move(findings)});
  m_impl->put(std::make_shared<Snapshot>(std::make_shared<const Documents>(std::move(pathway)), m_impl->standing, std::move(lint)));
}

void Application::show_broken_edit(Findings errors, std::shared_ptr<const LintView> lint) {
  std::vector<Notice> notices{{Notice::Kind::broken_edit, std::move(errors)}};
  notices.insert(notices.end(), m_impl->standing.begin(), m_impl->standing.end());
  m_impl->put(std::make_shared<Snapshot>(m_impl->now()->documents, std::move(notices), std::move(lint)));
}

std::string Application::version() const { return m_impl->now()->documents->pathway.short_hash(); }

http::Response Application::handle(const http::Request& request) const {
  const std::shared_ptr<const Snapshot> now = m_impl->now();
  const std::optional<Match> found = match(request.path);
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  try {
    // What stands ready takes no notice of a query, but for the form that is one.
    if (reads && found && found->route->keep == Keep::ready && (request.query.empty() || request.path != "/compare")) {
      Kept page = now->cache.find(request.path);
      if (page == nullptr) {
        page = now->render(request.path, Compression::fast);
        if (page != nullptr) now->cache.keep(request.path, page);
      }
      if (page != nullptr) {
        http::Response response;
        response.representation = std::move(page);
        return response;
      }
    }
    return answer(now->site, &now->documents->search, request);
  } catch (const std::exception& exception) {
    const std::string reference = reference_id();
    spdlog::error("[{}] the page of this address could not be made: {}", reference, exception.what());
    return handlers::broken({now->site, &now->documents->search, Links(Links::Form::served, request.path), {}, request}, reference);
  }
}

Kept Application::ready(const http::Request& request) const {
  if (!request.query.empty()) return nullptr;
  return m_impl->now()->cache.find(request.path);
}

void Application::wait_until_ready() const {
  std::shared_lock lock(m_impl->mutex);
  m_impl->became_ready.wait(lock, [&] { return m_impl->is_ready; });
}

const std::vector<std::pair<std::string, std::string>>& security_headers() {
  static const std::vector<std::pair<std::string, std::string>> headers{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; "
       "frame-ancestors 'none'; connect-src 'self'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
  };
  return headers;
}

}  // namespace waymark::web
