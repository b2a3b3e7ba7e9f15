/// Groups, events and strata out of a CSV file: what fisher, rates and cmh have in common.
#pragma once

#include <string>
#include <vector>

#include "cli/stats_command.hpp"
#include "stats/result.hpp"

namespace waymark::cli {

/// The options that say which column is what. Its parameters() point into it, so it stays where it is.
struct GroupOptions {
  std::string group;
  std::string event;
  std::string event_is;
  std::string count;
  std::string strata;
  std::string focal;
  std::string reference;

  enum class Strata { none, required };
  [[nodiscard]] std::vector<Parameter> parameters(Strata needs_strata);
  /// Only those of groups and events, for methods that do not compare a pair.
  [[nodiscard]] std::vector<Parameter> counting_parameters(std::string_view group_help);
};

/// counts[stratum][group][outcome]; one stratum where no column of strata was named.
struct OutcomeCounts {
  std::vector<std::string> strata;
  std::vector<std::string> groups;
  std::vector<std::string> outcomes;
  std::vector<std::vector<std::vector<stats::Count>>> counts;
};
[[nodiscard]] Result<OutcomeCounts> read_outcomes(StatsInput& input, const GroupOptions& options);

/// Groups with one outcome told apart from the others: --event-is, or else 1 of 0 and 1, yes of no and yes, true of false and true.
struct GroupTables {
  std::vector<std::string> strata;
  std::vector<std::string> groups;
  std::vector<std::vector<stats::Group>> tables;  ///< [stratum][group]

  /// All strata together.
  [[nodiscard]] Result<std::vector<stats::Group>> totals() const;
};
[[nodiscard]] Result<GroupTables> tell_event(const OutcomeCounts& counts, const GroupOptions& options);
[[nodiscard]] Result<GroupTables> read_groups(StatsInput& input, const GroupOptions& options);

/// The two groups that are compared, as places in `groups`: those named; else, of two, the first in order is the focal one.
struct Pair {
  std::size_t focal = 0;
  std::size_t reference = 0;
};
[[nodiscard]] Result<Pair> choose_pair(const std::vector<std::string>& groups, const GroupOptions& options);
[[nodiscard]] Result<std::size_t> find_group(const std::vector<std::string>& groups, const std::string& name, std::string_view option);

/// A table of the groups: name, events, size, rate.
void tell_groups(StatsReport& report, const std::vector<std::string>& names, const std::vector<stats::Group>& groups);

}  // namespace waymark::cli
