/// The pathway as a web site: served, or written out as files. What the command line needs of the web room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/finding.hpp"
#include "pathway/pathway.hpp"
#include "web/http/forwarded.hpp"
#include "web/http/log.hpp"
#include "web/http/tls.hpp"
#include "web/installation.hpp"

namespace waymark::web {

struct ServeOptions {
  std::filesystem::path folder;                     ///< of the pathway
  std::vector<std::string> listen{"127.0.0.1:8080"};///< as http::ServerOptions::listen
  bool watch = false;                               ///< follow edits; a broken one keeps the last good pathway and says so on every page and in the log
  bool access_log = false;
  http::LogFormat log_format = http::LogFormat::text;
  http::TrustedProxies trusted_proxies = {};
  std::optional<http::TlsFiles> tls = {};           ///< then everything but unix sockets is encrypted; read again when they change
  /// Puts together where accounts are, once it listens: with the address that links are made from when no setting says another. Empty: no accounts.
  std::function<Result<std::unique_ptr<Installation>>(const std::string& url)> install;
  std::string metrics_listen;                       ///< where /metrics is served, apart from the site, as one of `listen`; empty: nowhere
  /// Called once when it listens, with the URLs, and the link of the set-up page while nobody has set it up.
  std::function<void(const std::vector<std::string>&, const std::string& set_up)> ready;
};

struct ServeFailure {
  Error error;
  Findings findings;  ///< when the folder does not hold a usable pathway
};

/// Serves until SIGINT or SIGTERM, then finishes what is in flight. A pathway that cannot be used at the start is a failure.
[[nodiscard]] tl::expected<void, ServeFailure> serve(const ServeOptions& options);

struct SiteReport {
  std::size_t pages = 0;
  std::size_t files = 0;
  std::uintmax_t bytes = 0;
};

/// Writes every page below `out` (absent, empty, or an earlier export, which is replaced whole; anything else is a conflict), with relative links, so that it
/// works from a file system, below any address and without a server.
[[nodiscard]] Result<SiteReport> write_site(const pathway::Pathway& pathway, const std::filesystem::path& out);

}  // namespace waymark::web
