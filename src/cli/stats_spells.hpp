/// Time at risk and covariates out of a CSV file: what km, aj, logrank, cox and hazard have in common.
#pragma once

#include <string>
#include <vector>

#include "cli/stats_command.hpp"
#include "stats/survival/spells.hpp"

namespace waymark::cli {

enum class Causes {
  one,   ///< one event; whatever else ends a time must be named as censored
  many,  ///< every value that is not censored is a way to end
};

struct SpellOptions {
  std::string time;
  std::string start;
  std::string event;
  std::string happened = "1";
  std::string censored = "0";

  /// --time, --start, --event, --censored and, for one cause, --happened.
  [[nodiscard]] std::vector<Parameter> parameters(Causes causes);
  [[nodiscard]] std::vector<WantedColumn> wanted() const;
};

/// Times with decimals are counted in tenths, hundredths and so on, so that ties stay exact.
struct SpellColumns {
  std::vector<stats::Day> start, stop;
  std::vector<std::uint8_t> cause;
  std::vector<std::string> causes;  ///< the name of cause 1, 2, …
  double unit = 1;                  ///< so many whole units are one of the file's

  [[nodiscard]] stats::Spells spells() const { return {start, stop, cause}; }
  /// As the file writes times.
  [[nodiscard]] Cell time(double day) const { return day / unit; }
  [[nodiscard]] Cell time(stats::Day day) const { return time(static_cast<double>(day)); }
};

/// `data` begins with the columns of options.wanted(). Fails with bad_input, naming the line, on a negative time, an end that is not after its start
/// and an event that was not said to be one.
[[nodiscard]] Result<SpellColumns> spells_of(const Columns& data, const SpellOptions& options, Causes causes);

/// --covariates "age,factor(race)": numbers as they are; factor() makes an indicator for every value but the first.
struct CovariateOptions {
  std::string covariates;

  [[nodiscard]] Parameter parameter();
  /// wrong_usage when nothing is named.
  [[nodiscard]] Result<std::vector<WantedColumn>> wanted() const;
};

struct CovariateColumns {
  std::vector<std::string> names;  ///< "age", "race=other"
  std::vector<double> values;      ///< column after column
};
/// `data` has the columns of options.wanted() from `first`.
[[nodiscard]] CovariateColumns covariates_of(const Columns& data, std::size_t first, const CovariateOptions& options);

/// The codes of a column of labels.
[[nodiscard]] inline const std::vector<stats::Code>& codes_of(const Columns& data, std::size_t column) { return data.labels(column).codes; }

/// What was refused although every line was fine, with the file.
[[nodiscard]] Error about_file(const Columns& data, Error error);

}  // namespace waymark::cli
