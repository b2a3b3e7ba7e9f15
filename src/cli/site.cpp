#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/open_pathway.hpp"
#include "web/serve.hpp"

namespace waymark::cli {
namespace {

std::string in_units(std::uintmax_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte");
  if (bytes < 1'000'000) return fmt::format("{} kB", (bytes + 500) / 1000);
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

class Site : public Command {
 public:
  Description describe() override {
    return {
        .name = "site",
        .group = Group::publish,
        .sentence = "Write the pathway as a folder of web pages.",
        .more =
            "The pages link to each other relatively: they work from a file system, below any address and without a server. An earlier export in the "
            "same folder is replaced whole; a folder that holds anything else is left alone.",
        .parameters = {{.name = "OUT", .help = "The folder to write.", .into = &m_out, .completes = Completes::folder, .required = true}},
        .examples = {{"waymark site public", "For any web host that serves files."},
                     {"waymark -p pathway site /var/www/pathway", "From one folder into another."}},
        .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    auto opened = open_pathway(context);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    const auto report = web::write_site(*opened, m_out);
    if (!report) return tl::unexpected<Trouble>(report.error());
    context.terminal.print(
        fmt::format("{}: {} and {} in all, {}.\n", m_out, counted(report->pages, "page"), counted(report->files, "file"), in_units(report->bytes)));
    return {};
  }

 private:
  std::string m_out;
};

}  // namespace

std::unique_ptr<Command> make_site() { return std::make_unique<Site>(); }

}  // namespace waymark::cli
