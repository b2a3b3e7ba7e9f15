#include "cli/run.hpp"

#include <csignal>
#include <exception>

#include <fmt/core.h>

#include "cli/commands.hpp"
#include "cli/completion_words.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"
#include "cli/report.hpp"
#include "cli/stats_command.hpp"

namespace waymark::cli {

Commands all_commands() {
  Commands all;
  all.push_back(make_init());
  all.push_back(make_import_framework());
  all.push_back(make_import_people());
  all.push_back(make_lint());
  all.push_back(make_lsp());
  all.push_back(make_show());
  all.push_back(make_routes());
  all.push_back(make_diff());
  all.push_back(make_cite());
  all.push_back(make_search());
  all.push_back(make_versions());
  // Before the word that they begin with: `stats fisher` is not `stats` with an argument.
  for (auto& method : stats_methods()) all.push_back(std::move(method));
  all.push_back(make_stats());
  all.push_back(make_publish());
  all.push_back(make_serve());
  all.push_back(make_site());
  all.push_back(make_config_show());
  all.push_back(make_migrate());
  all.push_back(make_backup());
  all.push_back(make_restore());
  all.push_back(make_demo());
  all.push_back(make_create_admin());
  all.push_back(make_person_export());
  all.push_back(make_person_erase());
  all.push_back(make_audit_verify());
  all.push_back(make_audit_export());
  all.push_back(make_keys_rotate());
  all.push_back(make_completion());
  return all;
}

namespace {

using Words = std::vector<std::string>;

/// A command and what follows its name.
struct Chosen {
  Command* command = nullptr;
  Words rest;
};

Result<Chosen> choose(const Commands& commands, const Words& words) {
  std::vector<std::string> names{"help"};
  std::vector<std::string> below;  // "framework" behind "import"
  for (const auto& command : commands) {
    const std::string name(command->describe().name);
    const std::size_t space = name.find(' ');
    if (words.front() == name) return Chosen{command.get(), {words.begin() + 1, words.end()}};
    if (space != std::string::npos && words.front() == name.substr(0, space)) {
      if (words.size() > 1 && words[1] == name.substr(space + 1)) return Chosen{command.get(), {words.begin() + 2, words.end()}};
      below.push_back(name.substr(space + 1));
    }
    names.push_back(name.substr(0, space));
  }
  if (!below.empty()) {
    const bool given = words.size() > 1 && !words[1].starts_with('-');
    return fail(Error::Kind::wrong_usage,
                given ? fmt::format("`{}` cannot take `{}`.", words[0], words[1]) : fmt::format("`{}` needs to know what.", words[0]),
                fmt::format("Write `waymark {} {}`.", words[0], below.front()));
  }
  const bool is_option = words.front().starts_with('-');
  if (is_option) names = {"--help", "--version", "--pathway"};
  const auto near = meant(words.front(), names);
  return fail(Error::Kind::wrong_usage,
              is_option ? fmt::format("There is no option {}.", words.front()) : fmt::format("There is no command `{}`.", words.front()),
              fmt::format("{}`waymark --help` lists what there is.", near ? fmt::format("Did you mean `{}`? ", *near) : std::string()));
}

Outcome help(Context& context, const Commands& commands, const Words& about) {
  if (about.empty()) {
    context.terminal.print(help_of_all(commands, context.terminal));
    return {};
  }
  auto chosen = choose(commands, about);
  if (!chosen) return tl::unexpected<Trouble>(chosen.error());
  context.terminal.print(help_of(chosen->command->describe(), context.terminal));
  return {};
}

Outcome run_words(Context& context, const Words& words) {
  const Commands commands = all_commands();
  // Its words are those of another command line, so they are not read as this one's.
  if (!words.empty() && words.front() == "completion-words") {
    for (const std::string& candidate : completion_words(commands, {words.begin() + 1, words.end()})) context.terminal.print(candidate + '\n');
    return {};
  }
  auto line = parse_command_line(words);
  if (!line) return tl::unexpected<Trouble>(line.error());
  context.pathway_folder = line->pathway_folder;
  if (line->version) {
    context.terminal.print("waymark " WAYMARK_VERSION "\n");
    return {};
  }
  if (line->help) return help(context, commands, line->rest);
  if (line->rest.empty()) {
    return tl::unexpected<Trouble>(
        Error{Error::Kind::wrong_usage, "No command was given.", "`waymark --help` lists what there is; `waymark show` is a good beginning."});
  }
  if (line->rest.front() == "help") return help(context, commands, {line->rest.begin() + 1, line->rest.end()});
  auto chosen = choose(commands, line->rest);
  if (!chosen) return tl::unexpected<Trouble>(chosen.error());
  const Description description = chosen->command->describe();
  const auto asked = parse_parameters(description, chosen->rest, context.pathway_folder);
  if (!asked) return tl::unexpected<Trouble>(asked.error());
  if (*asked == Asked::help) {
    context.terminal.print(help_of(description, context.terminal));
    return {};
  }
  return chosen->command->run(context);
}

}  // namespace

int run(int argc, const char* const* argv) {
  // A reader that goes away is met where the output is written (Terminal::flush).
  std::signal(SIGPIPE, SIG_IGN);
  Terminal terminal;
  Context context{terminal, {}};
  int code = 0;
  try {
    const Outcome outcome = run_words(context, argc > 1 ? Words(argv + 1, argv + argc) : Words());
    if (!outcome) {
      report(outcome.error(), terminal);
      code = exit_code(outcome.error());
    }
    if (const Result<void> finished = terminal.finish(); !finished) {
      report(finished.error(), terminal);
      code = 1;
    }
  } catch (const std::exception& broken) {
    report(Error{Error::Kind::unavailable, fmt::format("Something broke that should not: {}.", broken.what()),
                 "Please report it, with the command line that led here."},
           terminal);
    code = 1;
  }
  return code;
}

}  // namespace waymark::cli
