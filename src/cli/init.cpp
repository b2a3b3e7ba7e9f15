#include <filesystem>

#include <fmt/core.h>

#include "base/folder.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "embedded/starter.hpp"

namespace waymark::cli {
namespace {

class Init : public Command {
 public:
  Description describe() override {
    return {.name = "init",
            .group = Group::write,
            .sentence = "Write a complete pathway to start from.",
            .more =
                "The starter holds eleven places on two tracks with every section written, capabilities, archetypes and the fork. It is plain "
                "Markdown and YAML: keep it in git and make it yours. A folder that holds anything is left alone.",
            .parameters = {{.name = "DIR", .help = "The folder to make.", .into = &m_folder, .completes = Completes::folder, .required = true}},
            .examples = {{"waymark init pathway", "A pathway in ./pathway, where every command finds it."},
                         {"waymark init . && git init", "In the folder you are in, kept in git from the first day."}}};
  }

  Outcome run(Context& context) override {
    const Folder starter = folder_of(embedded::starter(), "starter");
    if (const auto written = write_folder(starter, m_folder); !written) return tl::unexpected<Trouble>(written.error());
    const bool found_by_itself = m_folder == "." || std::filesystem::path(m_folder).lexically_normal() == "pathway";
    const std::string option = found_by_itself ? std::string() : fmt::format(" -p {}", m_folder);
    context.terminal.print(
        fmt::format("{} holds a complete pathway now: {}.\n\n"
                    "Next\n"
                    "  waymark{} show             its places and routes\n"
                    "  waymark{} serve --watch    read it in a browser while you edit\n"
                    "  waymark{} lint             what should be mended\n",
                    m_folder, counted(starter.files.size(), "file"), option, option, option));
    return {};
  }

 private:
  std::string m_folder;
};

}  // namespace

std::unique_ptr<Command> make_init() { return std::make_unique<Init>(); }

}  // namespace waymark::cli
