#include "cli/parse.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/text.hpp"

namespace waymark::cli {
namespace {

constexpr const char* pathway_option = "-p,--pathway";

tl::unexpected<Error> wrong(std::string message, std::string way_out) {
  return fail(Error::Kind::wrong_usage, std::move(message), std::move(way_out));
}

std::string see_help(std::string_view command) {
  return command.empty() ? "`waymark --help` lists what there is." : fmt::format("`waymark {} --help` shows how it is used.", command);
}

/// CLI11 takes the words from the back.
std::vector<std::string> reversed(std::vector<std::string> words) {
  std::reverse(words.begin(), words.end());
  return words;
}

/// Where CLI11 puts what it read, until it is checked.
struct Slot {
  const Parameter* parameter = nullptr;
  CLI::Option* option = nullptr;
  std::vector<std::string> words;
  bool on = false;
};

/// CLI11's own words are about types; the name of the option is all that is of use.
Error from_cli11(const CLI::ParseError& error, std::string_view command, const CLI::App& app) {
  const std::string what = error.what();
  const std::string word = what.substr(0, what.find_first_of(":= "));
  const std::string name = word.starts_with('-') ? word : "--" + word;
  const CLI::Option* const option = app.get_option_no_throw(name);
  if (option == nullptr) return {Error::Kind::wrong_usage, what + ".", see_help(command)};
  return {Error::Kind::wrong_usage, name + (option->get_expected_max() == 0 ? " takes no value." : " needs a value."), see_help(command)};
}

/// "-o DIR", "ID"
std::string spelled(const Parameter& parameter) {
  if (!parameter.is_option()) return std::string(parameter.name);
  return fmt::format("{} {}", spellings(parameter.name).front(), parameter.value);
}

std::vector<std::string> all_spellings(const Description& command) {
  std::vector<std::string> all{"--help"};
  if (command.reads_pathway) all.push_back("--pathway");
  for (const Parameter& parameter : command.parameters) {
    if (!parameter.is_option()) continue;
    for (std::string& spelling : spellings(parameter.name)) all.push_back(std::move(spelling));
  }
  return all;
}

Error too_much(const Description& command, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (!word.starts_with('-') || word == "-") continue;
    const std::string name = word.substr(0, word.find('='));
    const auto near = meant(name, all_spellings(command));
    return {Error::Kind::wrong_usage, fmt::format("`{}` has no option {}.", command.name, name),
            near ? fmt::format("Did you mean {}? {}", *near, see_help(command.name)) : see_help(command.name)};
  }
  return {Error::Kind::wrong_usage, fmt::format("`{}` has no use for `{}`.", command.name, words.front()), see_help(command.name)};
}

Result<std::size_t> number(const Parameter& parameter, const std::string& word) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error == std::errc{} && end == word.data() + word.size() && value > 0) return value;
  const std::string name = spellings(parameter.name).back();
  return wrong(fmt::format("{} takes a whole number from 1, not `{}`.", name, word), fmt::format("Write {} 10, for example.", name));
}

Result<void> check_choice(const Parameter& parameter, const std::string& word) {
  if (parameter.choices.empty() || std::find(parameter.choices.begin(), parameter.choices.end(), word) != parameter.choices.end()) return {};
  const std::vector<std::string> known(parameter.choices.begin(), parameter.choices.end());
  const auto near = meant(word, known);
  return wrong(fmt::format("{} can be {}, not `{}`.", spellings(parameter.name).back(), replace_all(in_words(known), " and ", " or "), word),
               near ? fmt::format("Did you mean {}?", *near) : std::string());
}

Result<void> take(const Slot& slot) {
  const Parameter& parameter = *slot.parameter;
  if (bool* const* const into = std::get_if<bool*>(&parameter.into)) {
    **into = **into || slot.on;
    return {};
  }
  if (slot.words.empty()) return {};
  for (const std::string& word : slot.words) {
    if (auto fits = check_choice(parameter, word); !fits) return fits;
  }
  if (std::vector<std::string>* const* const into = std::get_if<std::vector<std::string>*>(&parameter.into)) {
    **into = slot.words;
  } else if (std::string* const* const text = std::get_if<std::string*>(&parameter.into)) {
    **text = slot.words.back();
  } else {
    auto value = number(parameter, slot.words.back());
    if (!value) return tl::unexpected<Error>(value.error());
    *std::get<std::size_t*>(parameter.into) = *value;
  }
  return {};
}

}  // namespace

std::vector<std::string> spellings(std::string_view name) {
  std::vector<std::string> result;
  for (const std::string_view spelling : split(name, ',')) result.emplace_back(spelling);
  return result;
}

std::optional<std::string> meant(std::string_view word, const std::vector<std::string>& names) {
  if (auto near = nearest(word, names)) return near;
  for (const std::string& name : names) {
    if (word.size() > 1 && word != "--" && name.starts_with(word)) return name;
  }
  return std::nullopt;
}

Result<CommandLine> parse_command_line(const std::vector<std::string>& words) {
  CommandLine line;
  CLI::App app;
  app.set_help_flag();
  app.prefix_command();
  app.add_flag("-h,--help", line.help);
  app.add_flag("-V,--version", line.version);
  app.add_option(pathway_option, line.pathway_folder);
  try {
    app.parse(reversed(words));
  } catch (const CLI::ParseError& error) {
    return tl::unexpected<Error>(from_cli11(error, "", app));
  }
  line.rest = app.remaining();
  if (!line.rest.empty() && line.rest.front() == "--") line.rest.erase(line.rest.begin());
  return line;
}

Result<Asked> parse_parameters(const Description& command, const std::vector<std::string>& words, std::string& pathway_folder) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  bool help = false;
  app.add_flag("-h,--help", help);
  if (command.reads_pathway) app.add_option(pathway_option, pathway_folder);
  std::vector<Slot> slots(command.parameters.size());
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[i];
    slot.parameter = &command.parameters[i];
    const std::string name(slot.parameter->name);
    if (std::holds_alternative<bool*>(slot.parameter->into)) {
      slot.option = app.add_flag(name, slot.on)->disable_flag_override();
      continue;
    }
    slot.option = app.add_option(name, slot.words);
    const bool many = std::holds_alternative<std::vector<std::string>*>(slot.parameter->into);
    // A repeated option takes one value each time; only an argument swallows all words that follow.
    if (!slot.parameter->is_option() && many) continue;
    slot.option->expected(1)->type_size(1)->allow_extra_args(false);
    if (slot.parameter->is_option()) slot.option->multi_option_policy(many ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
  }
  try {
    app.parse(reversed(words));
  } catch (const CLI::ParseError& error) {
    return tl::unexpected<Error>(from_cli11(error, command.name, app));
  }
  if (help) return Asked::help;
  std::vector<std::string> extra = app.remaining();
  std::erase(extra, "--");
  if (!extra.empty()) return tl::unexpected<Error>(too_much(command, extra));
  for (const Slot& slot : slots) {
    if (slot.parameter->required && slot.option->count() == 0) {
      return wrong(fmt::format("`{}` needs {}.", command.name, spelled(*slot.parameter)),
                   fmt::format("{} {}", slot.parameter->help, see_help(command.name)));
    }
    if (auto taken = take(slot); !taken) return tl::unexpected<Error>(taken.error());
  }
  return Asked::run;
}

}  // namespace waymark::cli
