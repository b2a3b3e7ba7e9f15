#include "web/application.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>

#include "pathway/search.hpp"
#include "db/database_error.hpp"
#include "web/gate.hpp"
#include "web/handlers.hpp"
#include "web/http/log.hpp"
#include "web/http/request_id.hpp"
#include "web/pathways.hpp"
#include "web/routes.hpp"
#include "web/scim_handlers.hpp"
#include "web/site.hpp"
#include "web/standpoint.hpp"

namespace waymark::web {
namespace {

using http::Compression;
using http::log;
using http::LogLevel;
using Kept = std::shared_ptr<const http::Representation>;

// A pathway of a few hundred pages fits several times; of a larger one the rest is rendered when asked for.
constexpr std::size_t cache_budget = 20u << 20;
/// Kept by the browser alone, and asked for again each time: who may read it can change.
constexpr std::string_view page_caching = "private, no-cache";

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
  explicit Documents(std::shared_ptr<const pathway::Pathway> read) : kept(std::move(read)), pathway(*kept), search(pathway) {}
  std::shared_ptr<const pathway::Pathway> kept;
  const pathway::Pathway& pathway;
  pathway::SearchIndex search;
};

struct Snapshot {
  Snapshot(std::shared_ptr<const Documents> read, std::vector<Notice> notices, std::shared_ptr<const LintView> lint, Site::Accounts accounts, Pathways::Others others)
      : documents(std::move(read)),
        site(documents->pathway, Links::Form::served, std::move(notices), std::move(lint), accounts, others.empty() ? Site::Others::none : Site::Others::some),
        pathways(documents->pathway, std::move(others)) {}

  [[nodiscard]] Kept render(const std::string& path, Compression compression) const {
    http::Request request;
    request.path = path;
    http::Response response = answer(site, &documents->search, request);
    if (response.status != 200) return nullptr;
    return http::make_representation("text/html; charset=utf-8", std::string(page_caching), std::move(response.body), compression);
  }

  std::shared_ptr<const Documents> documents;
  Site site;
  Pathways pathways;
  mutable PageCache cache;
};

/// What is the same for everybody stands whether or not the store answers.
bool concerns_nobody(const std::optional<Match>& found) {
  return found && (found->route->action == access::Action::read_assets || found->route->action == access::Action::check_health);
}

/// By the route's pattern: an address as it was asked for can hold what is nobody's business.
void log_failure(std::string_view message, std::string_view id, const http::Request& request, const std::optional<Match>& found, std::string_view what) {
  log(LogLevel::error, message,
      {{"request", id}, {"method", http::to_string(request.method)}, {"route", found ? found->route->pattern : std::string_view("none")}, {"what", what}});
}

}  // namespace

struct Application::Impl {
  Impl(Mode with, Installation* where) : mode(with), installation(where) {}

  [[nodiscard]] Site::Accounts accounts() const { return installation == nullptr ? Site::Accounts::none : Site::Accounts::some; }

  struct Shown {
    std::shared_ptr<const Snapshot> main;
    std::shared_ptr<const Snapshot> draft;  ///< the folder, where the main one is a published version
    std::shared_ptr<const Folder> files;
  };
  [[nodiscard]] Shown now() const {
    const std::shared_lock lock(mutex);
    return shown;
  }

  /// Looks which version is in force; true when it is another one than before. A store that does not answer changes nothing.
  bool find_version() {
    if (installation == nullptr) return false;
    try {
      const auto version = installation->versions.in_force(date_of(installation->clock.now()));
      const std::string hash = version ? version->hash : std::string();
      const bool others_changed = find_others();
      if (hash == in_force_hash) return others_changed;
      std::shared_ptr<const Documents> documents;
      if (version) {
        const auto frozen = installation->versions.load(hash);
        if (!frozen) throw std::runtime_error(frozen.error().message);
        documents = std::make_shared<const Documents>(std::shared_ptr<const pathway::Pathway>(*frozen, &(*frozen)->pathway));
      }
      in_force = std::move(documents);
      in_force_hash = hash;
      if (version) log(LogLevel::info, "A version is in force.", {{"version", version->short_hash()}});
      return true;
    } catch (const std::exception& exception) {
      log(LogLevel::warning, "The version in force could not be read.", {{"what", exception.what()}});
      return false;
    }
  }

  /// The same for the other pathways.
  bool find_others() {
    const std::vector<release::Version> versions = installation->versions.in_force_elsewhere(date_of(installation->clock.now()));
    const auto is_as_before = [](const release::Version& version, const auto& other) { return other->key == version.pathway && other->frozen->pathway.hash == version.hash; };
    if (std::equal(versions.begin(), versions.end(), others.begin(), others.end(), is_as_before)) return false;
    Pathways::Others found;
    for (const release::Version& version : versions) {
      auto frozen = installation->versions.load(version.hash, version.pathway);
      if (!frozen) throw std::runtime_error(frozen.error().message);
      std::vector<Notice> notices;
      if (is_demo()) notices.push_back({.kind = Notice::Kind::demo});
      found.push_back(std::make_shared<const OtherPathway>(version.pathway, *std::move(frozen), std::move(notices)));
    }
    others = std::move(found);
    return true;
  }

  [[nodiscard]] bool is_demo() const {
    try {
      return installation != nullptr && installation->organisation.is_demo();
    } catch (const std::exception&) {
      return false;  // a store that does not answer shows nobody's sign-in either
    }
  }

  void show_folder() {
    std::vector<Notice> notices, of_all;
    if (is_demo()) of_all.push_back({.kind = Notice::Kind::demo});
    notices = of_all;
    if (broken) notices.push_back(*broken);
    notices.insert(notices.end(), folder_notices.begin(), folder_notices.end());
    if (in_force == nullptr) {
      put(std::make_shared<Snapshot>(folder, std::move(notices), lint, accounts(), others), nullptr);
      return;
    }
    notices.insert(notices.begin(), Notice{.kind = Notice::Kind::edition,
                                           .words = "You read the folder as it stands. Others do not see it.",
                                           .links = {{"Publish it", "/publish"}, {"What holds today", "/"}}});
    const auto draft = std::make_shared<Snapshot>(folder, std::move(notices), lint, accounts(), others);
    const bool same = now().main != nullptr && now().main->documents == in_force && now().main->pathways.others() == others;
    put(same ? nullptr : std::make_shared<Snapshot>(in_force, std::move(of_all), lint, accounts(), others), draft);
  }

  [[nodiscard]] http::Response answer_visit(const Visit& visit, const std::optional<Match>& found, const Snapshot& of) const {
    const http::Request& request = visit.request;
    const bool reads = request.method == http::Method::get || request.method == http::Method::head;
    // What stands ready takes no notice of a query, but for the form that is one and the version of a citation.
    const bool asks_more = !request.query.empty() && (request.path == "/compare" || asks_for_version(request));
    const bool is_kept = found && found->route->keep != Keep::never;
    if (reads && is_kept && !asks_more && (found->route->keep == Keep::ready || !has_place_of_own(visit))) {
      if (std::optional<http::Response> refusal = refusal_of(visit, *found->route)) return std::move(*refusal);
      Kept page = of.cache.find(request.path);
      if (page == nullptr) {
        page = of.render(request.path, Compression::fast);
        if (page != nullptr) of.cache.keep(request.path, page);
      }
      if (page != nullptr) {
        http::Response response;
        response.representation = std::move(page);
        return response;
      }
    }
    return answer(visit, found);
  }

  /// Roles or password changed: from now on with a new token.
  void renew_session(const Visit& visit, http::Response& response) const {
    if (!visit.viewer.session || !visit.viewer.session->must_rotate || response.status >= 400) return;
    if (std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) { return header.first == "Set-Cookie"; })) return;
    try {
      if (const auto token = installation->sessions.rotate(visit.viewer.session_token)) {
        response.headers.emplace_back("Set-Cookie", session_cookie(*installation, token->reveal()));
      }
    } catch (const db::DatabaseError& error) {
      // With the next page, then: this one has been made.
      log(LogLevel::warning, "A session could not be renewed.", {{"request", visit.request.id}, {"what", error.what()}});
    }
  }

  /// `next` nullptr: the main one stays.
  void put(std::shared_ptr<const Snapshot> next, std::shared_ptr<const Snapshot> draft) {
    // The thread that fills the old one first: it would only work for nobody.
    if (next != nullptr) filler = std::jthread();
    {
      const std::unique_lock lock(mutex);
      shown.draft = std::move(draft);
      shown.files = files;
      if (next == nullptr) return;
      shown.main = next;
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
      log(LogLevel::error, "Pages could not be made ready.", {{"what", exception.what()}});
      const std::unique_lock lock(mutex);
      is_ready = true;
      became_ready.notify_all();
    }
  }

  Mode mode;
  Installation* installation;
  mutable std::shared_mutex mutex;
  mutable std::condition_variable_any became_ready;
  Shown shown;
  bool is_ready = false;
  const bool open_to_all = installation != nullptr && installation->options.open_to_visitors;

  std::mutex showing;  ///< one change of what is shown at a time; what follows is its
  std::shared_ptr<const Documents> folder;
  std::shared_ptr<const Folder> files;
  std::shared_ptr<const LintView> lint;
  std::vector<Notice> folder_notices;  ///< about the documents themselves
  std::optional<Notice> broken;
  std::shared_ptr<const Documents> in_force;  ///< nullptr: no version is
  std::string in_force_hash;
  Pathways::Others others;  ///< by their keys
  std::atomic<bool> wants_version = false;
  std::jthread filler;
};

Application::Application(Mode mode, Installation* installation) : m_impl(std::make_unique<Impl>(mode, installation)) {}
Application::~Application() = default;

void Application::show(pathway::Pathway pathway, Findings findings, std::shared_ptr<const LintView> lint, std::shared_ptr<const Folder> documents) {
  const std::lock_guard lock(m_impl->showing);
  m_impl->folder_notices.clear();
  if (pathway.draft) m_impl->folder_notices.push_back({Notice::Kind::draft, std::move(findings)});
  m_impl->folder = std::make_shared<const Documents>(std::make_shared<const pathway::Pathway>(std::move(pathway)));
  m_impl->files = std::move(documents);
  m_impl->lint = std::move(lint);
  m_impl->broken.reset();
  m_impl->find_version();
  m_impl->show_folder();
}

void Application::show_broken_edit(Findings errors, std::shared_ptr<const LintView> lint) {
  const std::lock_guard lock(m_impl->showing);
  m_impl->broken = Notice{Notice::Kind::broken_edit, std::move(errors)};
  m_impl->lint = std::move(lint);
  m_impl->show_folder();
}

void Application::follow_versions() {
  const std::lock_guard lock(m_impl->showing);
  if (m_impl->find_version()) m_impl->show_folder();
}

std::string Application::version() const { return m_impl->now().main->documents->pathway.short_hash(); }

http::Response Application::handle(const http::Request& request) {
  const Impl::Shown now = m_impl->now();
  const std::optional<Match> found = match(request.path, request.method);
  // What is about the documents themselves is about the draft, where that is another edition.
  const bool about_draft = now.draft != nullptr && found && found->route->action == access::Action::read_draft;
  const Snapshot& of = about_draft && found->route->needs == Needs::documents ? *now.draft : *now.main;
  Visit visit = visit_of(of.site, &of.documents->search, request, found);
  visit.installation = m_impl->installation;
  visit.documents = now.files.get();
  if (m_impl->installation != nullptr) visit.pathways = &now.main->pathways;
  if (now.draft != nullptr) {
    visit.draft = &now.draft->site;
    visit.draft_search = &now.draft->documents->search;
  }
  visit.published = [impl = m_impl.get()] { impl->wants_version = true; };
  take_form(visit);
  try {
    if (m_impl->installation != nullptr) visit.viewer = concerns_nobody(found) ? Viewer{} : viewer_of(*m_impl->installation, request);
    http::Response response = m_impl->answer_visit(visit, found, of);
    m_impl->renew_session(visit, response);
    if (m_impl->wants_version.exchange(false)) follow_versions();
    return response;
  } catch (const db::DatabaseError& error) {
    const std::string reference = http::id_of(request);
    log_failure("The store did not do what a page asked.", reference, request, found, error.what());
    if (found && found->route->action == access::Action::provision_people) {
      return handlers::scim_error(503, {}, "The store does not answer. Try again later; nothing was changed. Reference: " + reference + '.');
    }
    return handlers::unavailable(visit, error.kind(), reference);
  } catch (const std::exception& exception) {
    const std::string reference = http::id_of(request);
    log_failure("A page could not be made.", reference, request, found, exception.what());
    if (found && found->route->action == access::Action::provision_people) {
      return handlers::scim_error(500, {}, "Something went wrong here. Reference: " + reference + '.');
    }
    return handlers::broken(visit, reference);
  }
}

Kept Application::ready(const http::Request& request) const {
  // Who asks is looked up on a worker; only what is open to everybody is answered without that.
  if (!request.query.empty() || (m_impl->installation != nullptr && !m_impl->open_to_all)) return nullptr;
  if (!request.header("authorization").empty()) return nullptr;
  if (!request.header("cookie").empty()) {
    const std::optional<Match> found = match(request.path, request.method);
    if (found && found->route->keep != Keep::ready) return nullptr;
  }
  return m_impl->now().main->cache.find(request.path);
}

bool Application::is_slow(const http::Request& request) {
  const std::optional<Match> found = match(request.path, request.method);
  return found && found->route->pace == Pace::slow;
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
