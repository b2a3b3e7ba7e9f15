/// What a sub-command is: it describes itself (for --help, for reading the command line, for completion) and does its work.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/finding.hpp"
#include "cli/terminal.hpp"

namespace waymark::cli {

/// What the shell offers in a place.
enum class Completes { nothing, choices, place, page, citation, archetype, folder, file };

/// An argument (`LEVEL`) or an option (`--limit N`, `-o,--output DIR`, `--json`).
struct Parameter {
  using Into = std::variant<bool*, std::string*, std::vector<std::string>*, std::size_t*>;

  std::string_view name;        ///< "LEVEL", or the spellings of an option, separated by a comma
  std::string_view value = {};  ///< what stands for the value of an option in help; empty for a switch and an argument
  std::string_view help;
  Into into;  ///< lives as long as the command; keeps its value when nothing is given
  Completes completes = Completes::nothing;
  bool required = false;
  std::vector<std::string_view> choices = {};

  [[nodiscard]] bool is_option() const { return name.starts_with('-'); }
};

struct Example {
  std::string_view line;
  std::string_view what;
};

enum class Group { write, read, publish, operate, shell, hidden };

struct Description {
  std::string_view name;  ///< "show", "import framework"
  Group group = Group::hidden;
  std::string_view sentence;   ///< what it does
  std::string_view more = {};  ///< a paragraph for its own help; may be empty
  std::vector<Parameter> parameters = {};
  std::vector<Example> examples = {};
  bool reads_pathway = false;  ///< takes -p/--pathway
};

/// Why a command did not do what it was asked. Everything in it is shown.
struct Trouble {
  std::optional<Error> error;  ///< absent: the command has said what there is to say; exit code 1
  Findings findings;           ///< shown before the error, with files as the person would name them

  Trouble() = default;
  Trouble(Error what) : error(std::move(what)) {}  // NOLINT: an Error is a Trouble wherever one is returned
  Trouble(Error what, Findings found) : error(std::move(what)), findings(std::move(found)) {}
};

using Outcome = tl::expected<void, Trouble>;

struct Context {
  Terminal& terminal;
  std::string pathway_folder;  ///< of -p/--pathway; empty when not given
};

/// Used for one command line and then thrown away.
class Command {
 public:
  virtual ~Command() = default;
  [[nodiscard]] virtual Description describe() = 0;
  [[nodiscard]] virtual Outcome run(Context& context) = 0;
};

using Commands = std::vector<std::unique_ptr<Command>>;

}  // namespace waymark::cli
