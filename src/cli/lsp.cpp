#include <unistd.h>

#include "cli/commands.hpp"
#include "editor/serve.hpp"

namespace waymark::cli {
namespace {

class Lsp : public Command {
 public:
  Description describe() override {
    return {.name = "lsp",
            .group = Group::write,
            .sentence = "Help you write in your editor: findings as you type, completion, rename and more.",
            .more =
                "A language server: your editor starts it and speaks with it over standard input and output (LSP 3.17), so there is nothing to see "
                "when you start it yourself. It finds the pathway around each file you open, and reads what you have not saved. doc/editors.md says "
                "how to set up VS Code, Neovim, Helix and Emacs.",
            .parameters = {{.name = "--stdio", .help = "Standard input and output, as always; some editors insist on saying it.", .into = &m_stdio}},
            .examples = {{"waymark lsp", "What your editor runs."}, {"waymark lsp --stdio", "The same, for editors that add it."}}};
  }

  Outcome run(Context&) override {
    if (editor::serve(STDIN_FILENO, STDOUT_FILENO) == 0) return {};
    return tl::unexpected<Trouble>(Trouble());
  }

 private:
  bool m_stdio = true;
};

}  // namespace

std::unique_ptr<Command> make_lsp() { return std::make_unique<Lsp>(); }

}  // namespace waymark::cli
