/// What the methods of `waymark stats` share: the file, missing values, text or JSON, and the R call that each agrees with.
///
/// A method is a file of its own, stats_NAME.cpp: a class below StatsCommand, made by a function that stands in stats_methods().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/stats_report.hpp"
#include "cli/stats_table.hpp"

namespace waymark::cli {

/// The file and what was asked about it. Reading columns twice counts the dropped rows of the last time.
class StatsInput {
 public:
  StatsInput(std::string file, Missing missing) : m_file(std::move(file)), m_missing(missing) {}

  [[nodiscard]] const std::string& file() const { return m_file; }
  [[nodiscard]] Result<Columns> read(const std::vector<WantedColumn>& wanted);
  /// With missing values kept, for methods that know what to do with them; --na fail refuses them all the same.
  [[nodiscard]] Result<Columns> read_with_gaps(const std::vector<WantedColumn>& wanted);
  [[nodiscard]] Result<std::vector<std::string>> column_names() const { return read_column_names(m_file); }

  struct Read {
    std::string sha256;
    std::size_t rows = 0;
    std::size_t dropped = 0;
  };
  /// What the last read() gave.
  [[nodiscard]] const Read& last() const { return m_last; }

 private:
  [[nodiscard]] Result<Columns> read_as(const std::vector<WantedColumn>& wanted, Missing missing);

  std::string m_file;
  Missing m_missing;
  Read m_last;
};

struct StatsMethod {
  std::string_view name;      ///< "stats fisher"
  std::string_view sentence;  ///< what it does
  std::string_view r_call;    ///< the R call that gives the same numbers
  std::string_view more = {};
  std::vector<Parameter> parameters = {};  ///< besides --data, --na and --json
  std::vector<Example> examples = {};
  bool needs_data = true;  ///< false: --data is not asked for (stats power)
};

class StatsCommand : public Command {
 public:
  [[nodiscard]] virtual StatsMethod method() = 0;
  /// Says what was found. Errors are about the data or the options.
  [[nodiscard]] virtual Result<void> compute(StatsInput& input, StatsReport& report) = 0;

  [[nodiscard]] Description describe() final;
  [[nodiscard]] Outcome run(Context& context) final;

 private:
  std::string m_data;
  std::string m_missing = "drop";
  bool m_json = false;
  std::string m_more;
};

/// Every method, by name. The one list to add to.
[[nodiscard]] std::vector<std::unique_ptr<StatsCommand>> stats_methods();

/// A number from an option's value; wrong_usage, naming the option, when it is none or not between the two (both allowed).
[[nodiscard]] Result<double> real_option(std::string_view option, const std::string& value, double at_least, double at_most);
/// --confidence: between 0 and 1, neither of them.
[[nodiscard]] Result<stats::Confidence> confidence_option(const std::string& value);
/// "a,b,c" as three names, trimmed; none of them empty.
[[nodiscard]] std::vector<std::string> names_of(std::string_view value);

}  // namespace waymark::cli
