#include "cli/stats_ratings.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/core.h>

namespace waymark::cli {
namespace {

using Kind = WantedColumn::Kind;

bool is_missing(const Column& column, std::size_t row, RatingKind kind) {
  return kind == RatingKind::number ? std::isnan(column.numbers[row]) : column.labels.codes[row] == Labels::missing;
}

/// Codes of several columns, or of one, as places in one list of categories.
class Categories {
 public:
  explicit Categories(const std::vector<const Labels*>& columns) {
    std::set<std::string> distinct;
    for (const Labels* column : columns) distinct.insert(column->names.begin(), column->names.end());
    m_names.assign(distinct.begin(), distinct.end());
    const auto as_number = [](const std::string& name) {
      char* end = nullptr;
      const double value = std::strtod(name.c_str(), &end);
      return end == name.c_str() + name.size() ? std::optional(value) : std::nullopt;
    };
    if (std::all_of(m_names.begin(), m_names.end(), [&](const std::string& name) { return as_number(name).has_value(); })) {
      std::stable_sort(m_names.begin(), m_names.end(), [&](const auto& a, const auto& b) { return *as_number(a) < *as_number(b); });
    }
  }
  [[nodiscard]] double place(const std::string& name) const {
    return static_cast<double>(std::find(m_names.begin(), m_names.end(), name) - m_names.begin());
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

 private:
  std::vector<std::string> m_names;
};

Result<Ratings> read_wide(StatsInput& input, const std::vector<std::string>& judges, RatingKind kind) {
  std::vector<WantedColumn> wanted;
  for (const std::string& judge : judges) wanted.push_back({judge, kind == RatingKind::number ? Kind::number : Kind::label});
  const auto data = input.read_with_gaps(wanted);
  if (!data) return tl::unexpected<Error>(data.error());
  std::vector<const Labels*> columns;
  for (const Column& column : data->columns) columns.push_back(&column.labels);
  const Categories categories(columns);
  Ratings result{
      .units = {}, .judges = judges, .values = {}, .categories = kind == RatingKind::category ? categories.names() : std::vector<std::string>()};
  for (std::size_t row = 0; row < data->rows(); ++row) {
    result.units.push_back(fmt::format("{}", row + 1));
    result.values.emplace_back();
    for (const Column& column : data->columns) {
      if (is_missing(column, row, kind)) {
        result.values.back().emplace_back();
      } else {
        result.values.back().emplace_back(kind == RatingKind::number ? column.numbers[row] : categories.place(column.labels.of(row)));
      }
    }
  }
  return result;
}

Result<Ratings> read_long(StatsInput& input, const RatingOptions& options, RatingKind kind) {
  const auto data = input.read(
      {{options.unit, Kind::label}, {options.rater, Kind::label}, {options.rating, kind == RatingKind::number ? Kind::number : Kind::label}});
  if (!data) return tl::unexpected<Error>(data.error());
  const Labels& units = data->labels(0);
  const Labels& judges = data->labels(1);
  const Labels& ratings = data->labels(2);
  Ratings result{.units = units.names,
                 .judges = judges.names,
                 .values = std::vector(units.names.size(), std::vector<std::optional<double>>(judges.names.size())),
                 .categories = ratings.names};
  for (std::size_t row = 0; row < data->rows(); ++row) {
    std::optional<double>& value = result.values[units.codes[row]][judges.codes[row]];
    if (value) {
      return fail(Error::Kind::bad_input, fmt::format("{}: “{}” has rated “{}” before.", data->place(row), judges.of(row), units.of(row)),
                  "Give each judge one rating a unit.");
    }
    value = kind == RatingKind::number ? data->numbers(2)[row] : static_cast<double>(ratings.codes[row]);
  }
  return result;
}

}  // namespace

std::vector<Parameter> RatingOptions::parameters() {
  return {{.name = "--ratings", .value = "COLUMNS", .help = "A column a judge, a row a unit: anna,ben,carla.", .into = &ratings},
          {.name = "--unit", .value = "COLUMN", .help = "Instead, a row a rating: what was rated,", .into = &unit},
          {.name = "--rater", .value = "COLUMN", .help = "by whom,", .into = &rater},
          {.name = "--rating", .value = "COLUMN", .help = "and how.", .into = &rating}};
}

std::vector<std::vector<double>> Ratings::complete() const {
  std::vector<std::vector<double>> result;
  for (const auto& unit : values) {
    if (!std::all_of(unit.begin(), unit.end(), [](const auto& value) { return value.has_value(); })) continue;
    result.emplace_back();
    for (const auto& value : unit) result.back().push_back(*value);
  }
  return result;
}

Result<Ratings> read_ratings(StatsInput& input, const RatingOptions& options, RatingKind kind) {
  const bool is_long = !options.unit.empty() || !options.rater.empty() || !options.rating.empty();
  const std::vector<std::string> judges = names_of(options.ratings);
  if (is_long == !judges.empty() || (is_long && (options.unit.empty() || options.rater.empty() || options.rating.empty()))) {
    return fail(Error::Kind::wrong_usage, "It is not clear where the ratings are.",
                "Write --ratings anna,ben for a column a judge, or --unit, --rater and --rating for a row a rating.");
  }
  if (is_long) return read_long(input, options, kind);
  if (judges.size() < 2) return fail(Error::Kind::wrong_usage, "--ratings names one judge only.", "It takes two to agree: --ratings anna,ben.");
  return read_wide(input, judges, kind);
}

}  // namespace waymark::cli
