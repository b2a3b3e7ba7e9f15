#include "cli/stats_groups.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::cli {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(fmt::format("“{}”", name));
  return in_words(quoted);
}

/// Which outcome is the event, when there are two whose names say it.
std::optional<std::size_t> obvious_event(const std::vector<std::string>& outcomes) {
  constexpr std::pair<std::string_view, std::string_view> pairs[] = {{"0", "1"}, {"no", "yes"}, {"false", "true"}, {"n", "y"}, {"f", "t"}};
  for (const auto& [no, yes] : pairs) {
    const auto is_either = [&, no = no, yes = yes](const std::string& name) { return to_lower_ascii(name) == no || to_lower_ascii(name) == yes; };
    if (outcomes.size() > 2 || !std::all_of(outcomes.begin(), outcomes.end(), is_either)) continue;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (to_lower_ascii(outcomes[i]) == yes) return i;
    }
    return outcomes.size();  // nobody has it
  }
  return std::nullopt;
}

/// Several columns of strata are one, its names joined by " / ".
Labels combined(const std::vector<const Labels*>& parts, std::size_t rows) {
  if (parts.empty()) return {{"all"}, std::vector<std::uint32_t>(rows, 0)};
  if (parts.size() == 1) return *parts.front();
  std::vector<std::vector<std::uint32_t>> keys(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (const Labels* part : parts) keys[row].push_back(part->codes[row]);
  }
  std::vector<std::vector<std::uint32_t>> distinct = keys;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  Labels result;
  for (const auto& key : distinct) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < key.size(); ++i) names.push_back(parts[i]->names[key[i]]);
    result.names.push_back(join(names, " / "));
  }
  for (const auto& key : keys) {
    result.codes.push_back(static_cast<std::uint32_t>(std::lower_bound(distinct.begin(), distinct.end(), key) - distinct.begin()));
  }
  return result;
}

}  // namespace

std::vector<Parameter> GroupOptions::counting_parameters(std::string_view group_help) {
  return {{.name = "--group", .value = "COLUMN", .help = group_help, .into = &group, .required = true},
          {.name = "--event",
           .value = "COLUMN",
           .help = "Whether it happened: 0 and 1, no and yes, or any two words with --event-is.",
           .into = &event,
           .required = true},
          {.name = "--event-is", .value = "VALUE", .help = "The value of that column that is the event.", .into = &event_is},
          {.name = "--count", .value = "COLUMN", .help = "How many a row stands for, when it is more than one.", .into = &count}};
}

std::vector<Parameter> GroupOptions::parameters(Strata needs_strata) {
  std::vector<Parameter> all = counting_parameters("The groups that are compared.");
  if (needs_strata == Strata::required) {
    all.push_back(
        {.name = "--strata", .value = "COLUMNS", .help = "Compare only within these: level or level,cycle.", .into = &strata, .required = true});
  }
  all.push_back({.name = "--focal", .value = "GROUP", .help = "The group asked about; of two, the first in order unless said.", .into = &focal});
  all.push_back({.name = "--reference", .value = "GROUP", .help = "The group it is compared with.", .into = &reference});
  return all;
}

Result<OutcomeCounts> read_outcomes(StatsInput& input, const GroupOptions& options) {
  using Kind = WantedColumn::Kind;
  std::vector<WantedColumn> wanted{{options.group, Kind::label}, {options.event, Kind::label}};
  const std::vector<std::string> strata_names = names_of(options.strata);
  for (const std::string& name : strata_names) wanted.push_back({name, Kind::label});
  if (!options.count.empty()) wanted.push_back({options.count, Kind::number});
  const auto data = input.read(wanted);
  if (!data) return tl::unexpected<Error>(data.error());
  std::vector<const Labels*> parts;
  for (std::size_t i = 0; i < strata_names.size(); ++i) parts.push_back(&data->labels(2 + i));
  const Labels strata = combined(parts, data->rows());
  const Labels& groups = data->labels(0);
  const Labels& outcomes = data->labels(1);
  std::vector<std::vector<std::vector<double>>> sums(
      strata.names.size(), std::vector<std::vector<double>>(groups.names.size(), std::vector<double>(outcomes.names.size(), 0)));
  for (std::size_t row = 0; row < data->rows(); ++row) {
    double stands_for = 1;
    if (!options.count.empty()) {
      stands_for = data->columns.back().numbers[row];
      if (const auto checked = stats::Count::of(stands_for, fmt::format("{}: column “{}”", data->place(row), options.count)); !checked) {
        return tl::unexpected<Error>(checked.error());
      }
    }
    sums[strata.codes[row]][groups.codes[row]][outcomes.codes[row]] += stands_for;
  }
  OutcomeCounts result{strata.names, groups.names, outcomes.names, {}};
  for (const auto& stratum : sums) {
    result.counts.emplace_back();
    for (const auto& group_sums : stratum) {
      result.counts.back().emplace_back();
      for (const double sum : group_sums) {
        const auto counted_sum = stats::Count::of(sum, "The sum of a group's rows");
        if (!counted_sum) return tl::unexpected<Error>(counted_sum.error());
        result.counts.back().back().push_back(*counted_sum);
      }
    }
  }
  return result;
}

Result<GroupTables> tell_event(const OutcomeCounts& counts, const GroupOptions& options) {
  std::size_t event = counts.outcomes.size();
  if (!options.event_is.empty()) {
    const auto found = find_group(counts.outcomes, options.event_is, "--event-is");
    if (!found) return tl::unexpected<Error>(found.error());
    event = *found;
  } else if (const auto obvious = obvious_event(counts.outcomes)) {
    event = *obvious;
  } else {
    return fail(Error::Kind::wrong_usage, fmt::format("Column “{}” has {}; which of them is the event?", options.event, listed(counts.outcomes)),
                fmt::format("Write --event-is {}, for example.", counts.outcomes.front()));
  }
  GroupTables result{counts.strata, counts.groups, {}};
  for (const auto& stratum : counts.counts) {
    result.tables.emplace_back();
    for (std::size_t group = 0; group < stratum.size(); ++group) {
      double size = 0;
      for (const stats::Count count : stratum[group]) size += count.real();
      const auto counted_size = stats::Count::of(size, fmt::format("Group “{}”", counts.groups[group]));
      if (!counted_size) return tl::unexpected<Error>(counted_size.error());
      result.tables.back().emplace_back(event < stratum[group].size() ? stratum[group][event] : stats::Count(), *counted_size);
    }
  }
  return result;
}

Result<GroupTables> read_groups(StatsInput& input, const GroupOptions& options) {
  const auto counts = read_outcomes(input, options);
  if (!counts) return tl::unexpected<Error>(counts.error());
  return tell_event(*counts, options);
}

Result<std::vector<stats::Group>> GroupTables::totals() const {
  std::vector<stats::Group> result;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    double events = 0;
    double size = 0;
    for (const auto& stratum : tables) {
      events += stratum[group].events().real();
      size += stratum[group].size().real();
    }
    const auto counted_size = stats::Count::of(size, fmt::format("Group “{}”", groups[group]));
    if (!counted_size) return tl::unexpected<Error>(counted_size.error());
    result.emplace_back(stats::Count(static_cast<std::int64_t>(events)), *counted_size);
  }
  return result;
}

Result<std::size_t> find_group(const std::vector<std::string>& groups, const std::string& name, std::string_view option) {
  const auto found = std::find(groups.begin(), groups.end(), name);
  if (found != groups.end()) return static_cast<std::size_t>(found - groups.begin());
  const auto near = nearest(name, groups);
  return fail(Error::Kind::bad_input, fmt::format("{} names “{}”; there is {}.", option, name, listed(groups)),
              near ? fmt::format("Did you mean “{}”?", *near) : "Name one of those.");
}

Result<Pair> choose_pair(const std::vector<std::string>& groups, const GroupOptions& options) {
  if (groups.size() < 2) {
    return fail(Error::Kind::bad_input, fmt::format("Column “{}” has one group only, “{}”.", options.group, groups.front()),
                "It takes two to compare.");
  }
  std::optional<std::size_t> focal;
  std::optional<std::size_t> reference;
  for (const auto& [name, option, into] :
       {std::tuple(&options.focal, "--focal", &focal), std::tuple(&options.reference, "--reference", &reference)}) {
    if (name->empty()) continue;
    const auto found = find_group(groups, *name, option);
    if (!found) return tl::unexpected<Error>(found.error());
    *into = *found;
  }
  if (groups.size() > 2 && (!focal || !reference)) {
    return fail(Error::Kind::wrong_usage, fmt::format("Column “{}” has {} groups: {}.", options.group, groups.size(), listed(groups)),
                "Name the two to compare with --focal and --reference.");
  }
  if (focal && reference && *focal == *reference) {
    return fail(Error::Kind::wrong_usage, "--focal and --reference name the same group.", "Name two groups.");
  }
  if (!focal) focal = reference ? 1 - *reference : 0;
  if (!reference) reference = 1 - *focal;
  return Pair{*focal, *reference};
}

void tell_groups(StatsReport& report, const std::vector<std::string>& names, const std::vector<stats::Group>& groups) {
  std::vector<std::vector<Cell>> rows;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const stats::Quantity rate = groups[i].empty() ? stats::Quantity(stats::undefined("The group is empty.")) : stats::Quantity(groups[i].rate());
    rows.push_back({names[i], cell_of(groups[i].events()), cell_of(groups[i].size()), cell_of(rate)});
  }
  report.table("groups", "", {"group", "events", "size", "rate"}, std::move(rows));
}

}  // namespace waymark::cli
