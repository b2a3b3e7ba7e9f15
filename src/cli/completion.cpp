#include "cli/commands.hpp"

namespace waymark::cli {
namespace {

// Each script hands the words up to the cursor to `waymark completion-words` and offers what comes back.

constexpr std::string_view bash_script = R"bash(# waymark completion for bash
_waymark() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <("${COMP_WORDS[0]/#\~/$HOME}" completion-words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # Only what is plainly a path is quoted as one: a folder named "site" must not turn the command `site` into a path.
  if [[ "${COMPREPLY[*]}" == */* ]]; then
    compopt -o filenames 2>/dev/null
  fi
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F _waymark waymark
)bash";

constexpr std::string_view zsh_script = R"zsh(#compdef waymark
# waymark completion for zsh
_waymark() {
  local -a offered folders others
  offered=("${(@f)$("${words[1]/#\~/$HOME}" completion-words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  folders=("${(@M)offered:#*/}")
  others=("${(@)offered:#*/}")
  others=("${(@)others:#}")
  (( ${#others} )) && compadd -U -a others
  (( ${#folders} )) && compadd -U -S '' -a folders
  return 0
}
if [[ "${funcstack[1]}" == "_waymark" ]]; then
  _waymark "$@"
else
  compdef _waymark waymark
fi
)zsh";

constexpr std::string_view fish_script = R"fish(# waymark completion for fish
function __waymark_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] completion-words -- $words[2..-1] 2>/dev/null
end
complete -c waymark -f -a '(__waymark_complete)'
)fish";

class CompletionScript : public Command {
 public:
  Description describe() override {
    return {.name = "completion",
            .group = Group::shell,
            .sentence = "Print the script that lets your shell complete commands, options and ids.",
            .more =
                "bash: source <(waymark completion bash), in ~/.bashrc. zsh: the same, in ~/.zshrc behind compinit. fish: waymark completion fish | "
                "source, in "
                "~/.config/fish/config.fish.",
            .parameters = {{.name = "SHELL",
                            .help = "bash, zsh or fish.",
                            .into = &m_shell,
                            .completes = Completes::choices,
                            .required = true,
                            .choices = {"bash", "zsh", "fish"}}},
            .examples = {{"source <(waymark completion bash)", "In this shell, until it ends."},
                         {"waymark completion bash > /etc/bash_completion.d/waymark", "For everyone on the machine."}}};
  }

  Outcome run(Context& context) override {
    context.terminal.print(m_shell == "bash" ? bash_script : m_shell == "zsh" ? zsh_script : fish_script);
    return {};
  }

 private:
  std::string m_shell;
};

}  // namespace

std::unique_ptr<Command> make_completion() { return std::make_unique<CompletionScript>(); }

}  // namespace waymark::cli
