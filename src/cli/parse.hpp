/// Reading a command line, by CLI11. No other file sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace waymark::cli {

/// What stands before the sub-command.
struct CommandLine {
  bool help = false;
  bool version = false;
  std::string pathway_folder;
  std::vector<std::string> rest;  ///< the sub-command and what belongs to it; may be empty
};

[[nodiscard]] Result<CommandLine> parse_command_line(const std::vector<std::string>& words);

enum class Asked { run, help };

/// Reads the words behind the sub-command's name into the command's parameters. Every failure is wrong_usage and names the nearest option or choice.
[[nodiscard]] Result<Asked> parse_parameters(const Description& command, const std::vector<std::string>& words, std::string& pathway_folder);

/// The name that a slip of the hand meant: nearest(), or one it is the beginning of.
[[nodiscard]] std::optional<std::string> meant(std::string_view word, const std::vector<std::string>& names);

/// The spellings of an option: "-p,--pathway" gives both.
[[nodiscard]] std::vector<std::string> spellings(std::string_view name);

}  // namespace waymark::cli
