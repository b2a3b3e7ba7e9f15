#include "cli/help.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/page.hpp"
#include "cli/parse.hpp"

namespace waymark::cli {
namespace {

struct Entry {
  std::string left;
  std::string right;
};

/// Two columns; what is too long for the left one stands on a line of its own.
void entries(Page& page, const std::vector<Entry>& all, int widest = 26) {
  int left = 0;
  for (const Entry& entry : all) {
    if (const int width = display_width(entry.left); width <= widest) left = std::max(left, width);
  }
  for (const Entry& entry : all) {
    const std::string indent(static_cast<std::size_t>(left) + 4, ' ');
    std::string first = "  " + entry.left;
    if (display_width(entry.left) > left) {
      page.verbatim(first);
      first = indent;
    }
    first.resize(std::max(first.size(), first.size() + indent.size() - static_cast<std::size_t>(display_width(first))), ' ');
    page.say(entry.right, {first, indent});
  }
}

std::string spelled(const Parameter& parameter) {
  const std::string names = join(spellings(parameter.name), ", ");
  return parameter.value.empty() ? names : fmt::format("{} {}", names, parameter.value);
}

bool repeats(const Parameter& parameter) { return std::holds_alternative<std::vector<std::string>*>(parameter.into); }

/// "diff FROM [TO] [--next]": the arguments and the options one cannot do without; the others as "[options]".
std::string usage(const Description& command) {
  std::string line = fmt::format("waymark {}", command.name);
  for (const Parameter& parameter : command.parameters) {
    std::string word = parameter.is_option() ? fmt::format("{} {}", spellings(parameter.name).front(), parameter.value) : std::string(parameter.name);
    if (parameter.is_option() && !parameter.required) continue;
    if (repeats(parameter)) word += "…";
    line += parameter.required ? " " + word : " [" + word + "]";
  }
  return line + " [options]";
}

void list_group(Page& page, const Commands& commands, Group group, std::string_view title) {
  std::vector<Entry> all;
  for (const auto& command : commands) {
    const Description description = command->describe();
    if (description.group != group) continue;
    std::string left(description.name);
    for (const Parameter& parameter : description.parameters) {
      if (parameter.is_option()) continue;
      const std::string word = fmt::format("{}{}", parameter.name, repeats(parameter) ? "…" : "");
      left += parameter.required ? " " + word : " [" + word + "]";
    }
    all.push_back({left, std::string(description.sentence)});
  }
  page.gap();
  page.heading(title);
  entries(page, all);
}

}  // namespace

std::string help_of_all(const Commands& commands, const Terminal& terminal) {
  Page page(terminal.prose_columns(), terminal.colour());
  page.say(
      "Waymark answers one question for everyone who works here: what does progression look like? The pathway is a folder of "
      "Markdown and YAML; this program reads it, compares its places, cites its words and serves it as a site.");
  page.gap();
  page.say("Usage: waymark [-p DIR] COMMAND …");
  list_group(page, commands, Group::write, "Write");
  list_group(page, commands, Group::read, "Read");
  list_group(page, commands, Group::publish, "Publish");
  list_group(page, commands, Group::operate, "Operate");
  list_group(page, commands, Group::shell, "Your shell");
  page.gap();
  page.heading("Options");
  entries(page, {{"-p, --pathway DIR", "The folder of the pathway."},
                 {"-h, --help", "This page; behind a command, that command's: `waymark diff --help`."},
                 {"-V, --version", "The version of the program."}});
  page.gap();
  page.heading("Begin");
  entries(page, {{"waymark init pathway", "Write a complete pathway to start from."},
                 {"waymark show", "See its places and routes."},
                 {"waymark diff SSE --next", "Read what would change at each place one route away."},
                 {"waymark serve", "Read it in a browser."}});
  page.gap();
  page.heading("Where the pathway is");
  page.say(
      "-p says it; else the variable WAYMARK_PATHWAY; else it is the folder you are in or one around it, when that holds a "
      "pathway.yaml; else the folder ./pathway.",
      Margin::of(2));
  page.gap();
  page.heading("Exit codes");
  entries(page, {{"0", "Done."},
                 {"1", "Something in the documents must be mended, or was not found, or the machine would not."},
                 {"2", "The command line makes no sense; nothing was done."}});
  return page.text();
}

std::string help_of(const Description& command, const Terminal& terminal) {
  Page page(terminal.prose_columns(), terminal.colour());
  page.say(command.sentence);
  page.gap();
  page.say("Usage: " + usage(command));
  if (!command.more.empty()) {
    page.gap();
    page.say(command.more);
  }
  std::vector<Entry> arguments;
  std::vector<Entry> options;
  for (const Parameter& parameter : command.parameters) {
    (parameter.is_option() ? options : arguments).push_back({spelled(parameter), std::string(parameter.help)});
  }
  if (command.reads_pathway) options.push_back({"-p, --pathway DIR", "The folder of the pathway; see `waymark --help`."});
  options.push_back({"-h, --help", "This page."});
  if (!arguments.empty()) {
    page.gap();
    page.heading("Arguments");
    entries(page, arguments);
  }
  page.gap();
  page.heading("Options");
  entries(page, options);
  page.gap();
  page.heading("Examples");
  for (const Example& example : command.examples) {
    if (&example != &command.examples.front()) page.gap();
    page.verbatim(fmt::format("  {}", example.line));
    page.say(example.what, Margin::of(6));
  }
  return page.text();
}

}  // namespace waymark::cli
