#include "cli/stats_spells.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "stats/survival/cox.hpp"

namespace waymark::cli {
namespace {

constexpr std::string_view factor_begin = "factor(";

bool is_factor(std::string_view name) { return name.starts_with(factor_begin) && name.ends_with(')'); }
std::string column_of(std::string_view name) {
  return is_factor(name) ? std::string(trim(name.substr(factor_begin.size(), name.size() - factor_begin.size() - 1))) : std::string(name);
}

/// The smallest power of ten, up to 10⁹, that makes every time whole; 10⁹ where none does.
double unit_of(const std::vector<const std::vector<double>*>& columns) {
  for (double unit = 1; unit < 1e9; unit *= 10) {
    const bool whole = std::all_of(columns.begin(), columns.end(), [&](const std::vector<double>* column) {
      return std::all_of(column->begin(), column->end(), [&](double time) {
        const double scaled = time * unit;
        return std::abs(scaled - std::round(scaled)) <= 1e-9 * std::max(1.0, std::abs(scaled)) * 1e-3;
      });
    });
    if (whole) return unit;
  }
  return 1e9;
}

Result<std::uint8_t> cause_of(const Columns& data, std::size_t row, const std::string& text, const std::vector<std::string>& censored,
                              const std::vector<std::string>& causes, const SpellOptions& options) {
  if (std::find(censored.begin(), censored.end(), text) != censored.end()) return std::uint8_t{0};
  const auto found = std::find(causes.begin(), causes.end(), text);
  if (found != causes.end()) return static_cast<std::uint8_t>(found - causes.begin() + 1);
  return fail(Error::Kind::bad_input,
              fmt::format("{}: column “{}” has “{}”, which is neither “{}” (it happened) nor “{}” (censored).", data.place(row), options.event, text,
                          options.happened, options.censored),
              "Say with --happened and --censored what its values mean.");
}

}  // namespace

std::vector<Parameter> SpellOptions::parameters(Causes causes) {
  std::vector<Parameter> result{
      {.name = "--time", .value = "COLUMN", .help = "When each row's time ended.", .into = &time, .required = true},
      {.name = "--event", .value = "COLUMN", .help = "How it ended.", .into = &event, .required = true},
      {.name = "--start", .value = "COLUMN", .help = "When it began, for delayed entry and covariates that change; 0 unless said.", .into = &start}};
  if (causes == Causes::one) {
    result.push_back({.name = "--happened", .value = "VALUE", .help = "The event's value in that column; 1 unless said.", .into = &happened});
  }
  result.push_back(
      {.name = "--censored", .value = "VALUES", .help = "The values that mean it was not seen to happen; 0 unless said.", .into = &censored});
  return result;
}

std::vector<WantedColumn> SpellOptions::wanted() const {
  std::vector<WantedColumn> result{{time, WantedColumn::Kind::number}, {event, WantedColumn::Kind::label}};
  if (!start.empty()) result.push_back({start, WantedColumn::Kind::number});
  return result;
}

Result<SpellColumns> spells_of(const Columns& data, const SpellOptions& options, Causes causes) {
  SpellColumns result;
  const std::vector<std::string> censored = names_of(options.censored);
  if (causes == Causes::one) {
    result.causes = {options.happened};
  } else {
    for (const std::string& name : data.labels(1).names) {
      if (std::find(censored.begin(), censored.end(), name) == censored.end()) result.causes.push_back(name);
    }
    if (result.causes.size() > stats::Spells::most_causes) {
      return fail(Error::Kind::bad_input,
                  fmt::format("Column “{}” of {} has {} values; at most {} ways to end can be told apart.", options.event, data.file,
                              result.causes.size(), stats::Spells::most_causes),
                  "Check that it is the right column.");
    }
  }
  const std::vector<double>& stop = data.numbers(0);
  const std::vector<double>* const start = options.start.empty() ? nullptr : &data.numbers(2);
  std::vector<const std::vector<double>*> times{&stop};
  if (start != nullptr) times.push_back(start);
  result.unit = unit_of(times);
  for (std::size_t row = 0; row < data.rows(); ++row) {
    for (const std::vector<double>* const column : times) {
      const double time = (*column)[row];
      if (time < 0 || time * result.unit > 4e18) {
        return fail(
            Error::Kind::bad_input,
            fmt::format("{}: column “{}” has {}, which is no time here.", data.place(row), column == start ? options.start : options.time, time),
            "Count times from 0, the moment a person came under observation.");
      }
    }
    result.stop.push_back(std::llround(stop[row] * result.unit));
    if (start != nullptr) {
      result.start.push_back(std::llround((*start)[row] * result.unit));
      if (result.stop.back() <= result.start.back()) {
        return fail(Error::Kind::bad_input,
                    fmt::format("{}: the time ends at {}, which is not after its start at {}.", data.place(row), stop[row], (*start)[row]),
                    "A row covers the time after its start up to and including its end.");
      }
    }
    const auto cause = cause_of(data, row, data.labels(1).of(row), censored, result.causes, options);
    if (!cause) return tl::unexpected<Error>(cause.error());
    result.cause.push_back(*cause);
  }
  return result;
}

Parameter CovariateOptions::parameter() {
  return {.name = "--covariates",
          .value = "COLUMNS",
          .help = "Columns of numbers, separated by commas; factor(COLUMN) for one of categories.",
          .into = &covariates,
          .required = true};
}

Result<std::vector<WantedColumn>> CovariateOptions::wanted() const {
  std::vector<WantedColumn> result;
  for (const std::string& name : names_of(covariates)) {
    result.push_back({column_of(name), is_factor(name) ? WantedColumn::Kind::label : WantedColumn::Kind::number});
  }
  if (result.empty())
    return fail(Error::Kind::wrong_usage, "--covariates names no column.", "Write --covariates \"age,factor(group)\", for example.");
  return result;
}

CovariateColumns covariates_of(const Columns& data, std::size_t first, const CovariateOptions& options) {
  CovariateColumns result;
  for (const std::string& name : names_of(options.covariates)) {
    const Column& column = data.columns[first++];
    if (!is_factor(name)) {
      result.names.push_back(name);
      result.values.insert(result.values.end(), column.numbers.begin(), column.numbers.end());
      continue;
    }
    for (std::uint32_t level = 1; level < column.labels.names.size(); ++level) {
      result.names.push_back(fmt::format("{}={}", column.name, column.labels.names[level]));
      if (result.names.size() > stats::most_columns) continue;  // refused for their number; their values could fill the memory
      for (const std::uint32_t code : column.labels.codes) result.values.push_back(code == level ? 1 : 0);
    }
  }
  return result;
}

Error about_file(const Columns& data, Error error) {
  error.message = fmt::format("{}: {}", data.file, error.message);
  return error;
}

}  // namespace waymark::cli
