#include "web/serve.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/demo_sign_ins.hpp"
#include "cli/installing.hpp"
#include "cli/open_pathway.hpp"
#include "cli/read_settings.hpp"

namespace waymark::cli {
namespace {

class Serve : public Command {
 public:
  Description describe() override {
    return {
        .name = "serve",
        .group = Group::publish,
        .sentence = "Serve the pathway as a web site.",
        .more =
            "Runs until it is told to stop (Ctrl-C, SIGTERM) and finishes what is in flight. With --watch an edit is seen at once; one that "
            "breaks the pathway leaves the last good one standing and says so on every page. What no option says is taken from the environment and "
            "the file of settings; see `waymark config show`.",
        .parameters = {{.name = "--listen",
                        .value = "ADDRESS",
                        .help = "host:port, :port or unix:/path; repeat it for more than one. 127.0.0.1:8080 unless said.",
                        .into = &m_listen},
                       {.name = "--watch", .help = "Follow edits of the folder.", .into = &m_watch},
                       {.name = "--database",
                        .value = "WHERE",
                        .help = "A file of SQLite, or postgresql://… Unless said: the setting `database-url`, or waymark.sqlite in this folder.",
                        .into = &m_database,
                        .completes = Completes::file},
                       {.name = "--without-accounts", .help = "Serve the documents alone: nobody signs in, and everybody who reaches the site reads them.", .into = &m_without_accounts},
                       {.name = "--access-log", .help = "Log every request.", .into = &m_access_log},
                       config_parameter(&m_config)},
        .examples = {{"waymark serve", "For people with accounts; the first start prints a link to set it up."},
                     {"waymark serve --watch --without-accounts", "For the author, on this machine."},
                     {"waymark serve --listen 0.0.0.0:80 --access-log", "For everyone who can reach it."},
                     {"WAYMARK_TLS_CERTIFICATE=fullchain.pem WAYMARK_TLS_KEY=privkey.pem waymark serve --listen :443", "Encrypted, with a certificate of yours."}},
        .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    const auto settings = read_settings(m_config, said(context));
    if (!settings) return tl::unexpected<Trouble>(settings.error());
    const auto folder = pathway_folder(context, *settings);
    if (!folder) return tl::unexpected<Trouble>(folder.error());
    web::ServeOptions options;
    options.folder = *folder;
    options.listen = settings->texts("listen");
    options.watch = settings->is_on("watch");
    options.access_log = settings->is_on("access-log");
    if (const std::string format = settings->text("log-format"); format == "json") {
      options.log_format = web::http::LogFormat::json;
    } else if (format != "text") {
      return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, fmt::format("log-format must be text or json, and is “{}”.", format),
                                           "Correct it; `waymark config show` says where it is set."});
    }
    options.metrics_listen = settings->text("metrics-listen");
    const auto proxies = web::http::TrustedProxies::parse(settings->texts("trusted-proxies"));
    if (!proxies) return tl::unexpected<Trouble>(proxies.error());
    options.trusted_proxies = *proxies;
    const auto tls = tls_files(*settings);
    if (!tls) return tl::unexpected<Trouble>(tls.error());
    options.tls = *tls;
    std::unique_ptr<Ground> ground;
    if (settings->is_on("accounts")) {
      auto opened = open_ground(*settings);
      if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
      ground = std::move(*opened);
      options.install = [&](const std::string& url) { return make_installation(*settings, *ground, url); };
    }
    options.ready = [&](const std::vector<std::string>& urls, const std::string& set_up) {
      context.terminal.print(
          fmt::format("Serving {} on {}{}. Ctrl-C stops it.\n", folder->string(), in_words(urls), options.watch ? ", following edits" : ""));
      if (!set_up.empty()) context.terminal.print(fmt::format("Nobody has an account yet. Open this link to set it up; it works once, for a day:\n  {}\n", set_up));
      if (ground != nullptr) context.terminal.print(sign_ins(*ground));
      // Whoever waits for this line must see it now; a reader that is gone is no reason to stop serving.
      static_cast<void>(context.terminal.flush());
    };
    const auto served = web::serve(options);
    if (served) return {};
    if (has_errors(served.error().findings)) return tl::unexpected<Trouble>(unusable(*folder, served.error().findings));
    return tl::unexpected<Trouble>(served.error().error);
  }

 private:
  /// Of a demo. A store that does not answer now says so elsewhere.
  static std::string sign_ins(Ground& ground) {
    try {
      access::Accounts accounts(*ground.database, ground.clock);
      return sign_ins_in_words(accounts, org::Registry(*ground.database, ground.clock).is_demo());
    } catch (const db::DatabaseError&) {
      return {};
    }
  }

  [[nodiscard]] std::map<std::string, settings::Said, std::less<>> said(const Context& context) const {
    std::map<std::string, settings::Said, std::less<>> said;
    if (!context.pathway_folder.empty()) said["pathway"] = {"--pathway", {context.pathway_folder}};
    if (!m_listen.empty()) said["listen"] = {"--listen", m_listen};
    if (m_watch) said["watch"] = {"--watch", {"true"}};
    if (!m_database.empty()) said["database-url"] = {"--database", {m_database}};
    if (m_without_accounts) said["accounts"] = {"--without-accounts", {"false"}};
    if (m_access_log) said["access-log"] = {"--access-log", {"true"}};
    return said;
  }

  static Result<std::optional<web::http::TlsFiles>> tls_files(const settings::Settings& settings) {
    const std::string certificate = settings.text("tls.certificate");
    const std::string key = settings.text("tls.key");
    if (certificate.empty() && key.empty()) return std::nullopt;
    if (certificate.empty() || key.empty()) {
      return fail(Error::Kind::wrong_usage, fmt::format("{} is set, and {} is not.", certificate.empty() ? "tls.key" : "tls.certificate", certificate.empty() ? "tls.certificate" : "tls.key"),
                  "Set both, to encrypt what comes over the network, or neither; `waymark config show` lists what is set.");
    }
    if (const std::string address = settings.text("address"); address.starts_with("http://")) {
      return fail(Error::Kind::wrong_usage, fmt::format("The address is {}, and tls.certificate says that everything is encrypted.", address),
                  "Begin the address with https://, so that links lead here and cookies are kept from connections that are not encrypted.");
    }
    return web::http::TlsFiles{certificate, key};
  }

  static Result<std::filesystem::path> pathway_folder(const Context& context, const settings::Settings& settings) {
    const settings::Value& value = settings.value("pathway");
    if (value.origin != settings::Origin::file) return find_pathway_folder(context.pathway_folder);
    if (std::error_code ignored; !std::filesystem::exists(value.words.front(), ignored)) {
      return fail(Error::Kind::not_found, fmt::format("There is no folder {}, which {} names.", value.words.front(), value.where),
                  "Correct it there, or say -p DIR.");
    }
    return find_pathway_folder(value.words.front());
  }

  std::string m_config;
  std::vector<std::string> m_listen;
  bool m_watch = false;
  std::string m_database;
  bool m_without_accounts = false;
  bool m_access_log = false;
};

}  // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace waymark::cli
