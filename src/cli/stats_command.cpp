#include "cli/stats_command.hpp"

#include <charconv>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"

namespace waymark::cli {

Result<Columns> StatsInput::read(const std::vector<WantedColumn>& wanted) { return read_as(wanted, m_missing); }

Result<Columns> StatsInput::read_with_gaps(const std::vector<WantedColumn>& wanted) {
  return read_as(wanted, m_missing == Missing::fail ? Missing::fail : Missing::keep);
}

Result<Columns> StatsInput::read_as(const std::vector<WantedColumn>& wanted, Missing missing) {
  auto columns = read_columns(m_file, wanted, missing);
  if (columns) m_last = {columns->sha256, columns->rows(), columns->dropped};
  return columns;
}

Description StatsCommand::describe() {
  StatsMethod about = method();
  m_more = fmt::format("{}{}In R: {}", about.more, about.more.empty() ? "" : " ", about.r_call);
  Description result{.name = about.name, .group = Group::hidden, .sentence = about.sentence, .more = m_more};
  if (about.needs_data) {
    result.parameters.push_back({.name = "--data",
                                 .value = "FILE",
                                 .help = "A CSV file whose first line names its columns.",
                                 .into = &m_data,
                                 .completes = Completes::file,
                                 .required = true});
  }
  for (Parameter& parameter : about.parameters) result.parameters.push_back(std::move(parameter));
  if (about.needs_data) {
    result.parameters.push_back({.name = "--na",
                                 .value = "WHAT",
                                 .help = "What becomes of a row with a missing value: drop (the default; they are counted) or fail.",
                                 .into = &m_missing,
                                 .completes = Completes::choices,
                                 .choices = {"drop", "fail"}});
  }
  result.parameters.push_back({.name = "--json", .help = "For a script; numbers with 17 digits.", .into = &m_json});
  result.examples = std::move(about.examples);
  return result;
}

Outcome StatsCommand::run(Context& context) {
  const StatsMethod about = method();
  StatsInput input(m_data, m_missing == "fail" ? Missing::fail : Missing::drop);
  StatsReport found;
  if (auto computed = compute(input, found); !computed) return tl::unexpected<Trouble>(computed.error());
  if (m_json) {
    StatsReport head;
    head.say("method", "", std::string(about.name.substr(about.name.rfind(' ') + 1)));
    head.say("r", "", std::string(about.r_call));
    if (about.needs_data) {
      head.section("data", "");
      head.say("file", "", m_data);
      head.say("sha256", "", input.last().sha256);
      head.say("rows", "", static_cast<std::int64_t>(input.last().rows));
      head.say("dropped", "", static_cast<std::int64_t>(input.last().dropped));
    }
    // Both are objects; the second continues the first.
    std::string text = head.json();
    const std::string rest = found.json();
    if (rest != "{}\n") text = text.substr(0, text.size() - 3) + "," + rest.substr(1);
    context.terminal.print(text);
    return {};
  }
  Page page(context.terminal.prose_columns(), context.terminal.colour());
  found.tell(page);
  if (about.needs_data) {
    page.gap();
    page.say(
        Runs{{fmt::format("{}, {}{}.", printable(m_data), counted(input.last().rows, "row"),
                          input.last().dropped == 0 ? "" : fmt::format("; {} dropped for a missing value", counted(input.last().dropped, "row"))),
              Ink::faint}});
  }
  context.terminal.print(page.text());
  return {};
}

Result<double> real_option(std::string_view option, const std::string& value, double at_least, double at_most) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc{} && end == value.data() + value.size() && number >= at_least && number <= at_most) return number;
  const std::string range = std::isinf(at_most) ? fmt::format("from {}", at_least) : fmt::format("from {} to {}", at_least, at_most);
  return fail(Error::Kind::wrong_usage, fmt::format("{} takes a number {}, not `{}`.", option, range, value),
              fmt::format("Write {} {}, for example.", option, std::isinf(at_most) ? at_least + 1 : (at_least + at_most) / 2));
}

Result<stats::Confidence> confidence_option(const std::string& value) {
  const auto number = real_option("--confidence", value, 0, 1);
  if (!number || *number == 0 || *number == 1) {
    return fail(Error::Kind::wrong_usage, fmt::format("--confidence takes a number between 0 and 1, not `{}`.", value),
                "Write --confidence 0.95, for example.");
  }
  return stats::Confidence(*number);
}

std::vector<std::string> names_of(std::string_view value) {
  std::vector<std::string> result;
  for (const std::string_view name : split(value, ',')) {
    if (!trim(name).empty()) result.emplace_back(trim(name));
  }
  return result;
}

namespace {

/// `waymark stats` itself: what methods there are.
class Stats : public Command {
 public:
  Description describe() override {
    Description result{
        .name = "stats",
        .group = Group::read,
        .sentence = "Compute a statistic from a CSV file, and check it against R.",
        .more =
            "Rates, exact and stratified tests, agreement, survival, adjustments, power and the privacy of tables: the numbers that insight is made "
            "of, from any file. Results carry their source; where there is no number, they say why.",
        .parameters = {{.name = "METHOD", .help = "What to compute.", .into = &m_method, .completes = Completes::choices, .required = true}},
        .examples = {
            {"waymark stats fisher --data promotions.csv --group gender --event promoted", "Is it the same rate? Exactly, for small numbers."},
            {"waymark stats fisher --help", "The options of a method, and the R call it agrees with."}}};
    m_methods = stats_methods();
    for (const auto& method : m_methods) {
      const StatsMethod about = method->method();
      const std::string_view name = about.name.substr(about.name.rfind(' ') + 1);
      result.parameters.front().choices.push_back(name);
      result.below.push_back({name, about.sentence, about.r_call});
    }
    return result;
  }

  /// Only reached with nothing but a method's name that the table of commands does not know, which the choices have refused.
  Outcome run(Context& context) override {
    context.terminal.print(help_of(describe(), context.terminal));
    return {};
  }

 private:
  std::vector<std::unique_ptr<StatsCommand>> m_methods;
  std::string m_method;
};

}  // namespace

std::unique_ptr<Command> make_stats() { return std::make_unique<Stats>(); }

}  // namespace waymark::cli
