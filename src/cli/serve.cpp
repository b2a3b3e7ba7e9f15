#include "web/serve.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/open_pathway.hpp"

namespace waymark::cli {
namespace {

class Serve : public Command {
 public:
  Description describe() override {
    return {.name = "serve",
            .group = Group::publish,
            .sentence = "Serve the pathway as a web site.",
            .more =
                "Runs until it is told to stop (Ctrl-C, SIGTERM) and finishes what is in flight. With --watch an edit is seen at once; one that "
                "breaks the "
                "pathway leaves the last good one standing and says so on every page.",
            .parameters = {{.name = "--listen",
                            .value = "ADDRESS",
                            .help = "host:port, :port or unix:/path; repeat it for more than one. 127.0.0.1:8080 unless said.",
                            .into = &m_listen},
                           {.name = "--watch", .help = "Follow edits of the folder.", .into = &m_watch},
                           {.name = "--access-log", .help = "Log every request.", .into = &m_access_log}},
            .examples = {{"waymark serve --watch", "For the author, on this machine."},
                         {"waymark serve --listen 0.0.0.0:80 --access-log", "For everyone who can reach it."}},
            .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    const auto folder = find_pathway_folder(context.pathway_folder);
    if (!folder) return tl::unexpected<Trouble>(folder.error());
    web::ServeOptions options;
    options.folder = *folder;
    if (!m_listen.empty()) options.listen = m_listen;
    options.watch = m_watch;
    options.access_log = m_access_log;
    options.ready = [&](const std::vector<std::string>& urls) {
      context.terminal.print(
          fmt::format("Serving {} on {}{}. Ctrl-C stops it.\n", folder->string(), in_words(urls), m_watch ? ", following edits" : ""));
      // Whoever waits for this line must see it now; a reader that is gone is no reason to stop serving.
      static_cast<void>(context.terminal.flush());
    };
    const auto served = web::serve(options);
    if (served) return {};
    if (has_errors(served.error().findings)) return tl::unexpected<Trouble>(unusable(*folder, served.error().findings));
    return tl::unexpected<Trouble>(served.error().error);
  }

 private:
  std::vector<std::string> m_listen;
  bool m_watch = false;
  bool m_access_log = false;
};

}  // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace waymark::cli
