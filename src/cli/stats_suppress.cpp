#include "stats/suppression.hpp"

#include <fmt/core.h>

#include "cli/stats_methods.hpp"

namespace waymark::cli {
namespace {

class Suppress : public StatsCommand {
 public:
  StatsMethod method() override {
    return {.name = "stats suppress",
            .sentence = "Hide the cells of a table of counts that would give people away.",
            .r_call = "sdcTable::protectTable(problem, method = \"OPT\")",
            .more =
                "Small cells are hidden, and the cheapest others with them, so that whoever knows every margin still cannot tell a small cell from a "
                "range of "
                "--minimum. What is left to be worked out is shown.",
            .parameters =
                {{.name = "--rows", .value = "COLUMN", .help = "What the rows are: level.", .into = &m_rows, .required = true},
                 {.name = "--columns", .value = "COLUMN", .help = "What the columns are: group.", .into = &m_columns, .required = true},
                 {.name = "--count", .value = "COLUMN", .help = "How many a row of the file stands for, when it is more than one.", .into = &m_count},
                 {.name = "--minimum", .value = "N", .help = "The smallest count that may be shown; 5 unless said.", .into = &m_minimum}},
            .examples = {{"waymark stats suppress --data people.csv --rows level --columns group", "A row a person."},
                         {"waymark stats suppress --data counts.csv --rows level --columns group --count n --minimum 10",
                          "Counts, for a protected attribute."}}};
  }

  Result<void> compute(StatsInput& input, StatsReport& report) override {
    using Kind = WantedColumn::Kind;
    std::vector<WantedColumn> wanted{{m_rows, Kind::label}, {m_columns, Kind::label}};
    if (!m_count.empty()) wanted.push_back({m_count, Kind::number});
    const auto data = input.read(wanted);
    if (!data) return tl::unexpected<Error>(data.error());
    const Labels& rows = data->labels(0);
    const Labels& columns = data->labels(1);
    stats::CountTable table{rows.names.size(), columns.names.size(), std::vector<stats::Count>(rows.names.size() * columns.names.size())};
    for (std::size_t row = 0; row < data->rows(); ++row) {
      const double stands_for = m_count.empty() ? 1 : data->numbers(2)[row];
      const auto checked = stats::Count::of(stands_for, fmt::format("{}: column “{}”", data->place(row), m_count));
      if (!checked) return tl::unexpected<Error>(checked.error());
      stats::Count& cell = table.cells[rows.codes[row] * table.columns + columns.codes[row]];
      const auto sum = stats::Count::of(cell.real() + checked->real(), "A cell of the table");
      if (!sum) return tl::unexpected<Error>(sum.error());
      cell = *sum;
    }
    const auto minimum = stats::Count::of(static_cast<double>(m_minimum), "--minimum");
    if (!minimum) return tl::unexpected<Error>(minimum.error());
    const auto found = stats::suppress(table, *minimum);
    if (!found) return tl::unexpected<Error>(found.error());
    const std::vector<stats::AttackedCell> before = stats::attack(table, stats::small_cells(table, *minimum));
    std::int64_t recovered = 0;
    for (const stats::AttackedCell& cell : before) recovered += cell.lower == cell.upper ? 1 : 0;
    report.say("small_cells", "small cells", static_cast<std::int64_t>(before.size()));
    report.say("recovered", "of them worked out from the margins", recovered);
    if (!*found) {
      report.say("protected", "protected", found->error());
      report.note("Merge rows or columns, or keep the table back.");
      return {};
    }
    const stats::Suppression& suppression = **found;
    report.say("cost", "count of the other cells hidden", cell_of(suppression.cost));
    report.say("optimal", "no cheaper way", suppression.optimal);
    report.method(stats::suppression_method);
    tell_table(report, table, rows.names, columns.names, suppression);
    std::vector<std::vector<Cell>> attacked;
    for (const stats::AttackedCell& cell : suppression.attacked) {
      const bool small = suppression.primary[cell.row * table.columns + cell.column];
      attacked.push_back(
          {rows.names[cell.row], columns.names[cell.column], std::string(small ? "small" : "protects"), cell_of(cell.lower), cell_of(cell.upper)});
    }
    report.section("", "What can still be worked out");
    report.table("attack", "", {"row", "column", "why", "least", "most"}, std::move(attacked));
    return {};
  }

 private:
  static void tell_table(StatsReport& report, const stats::CountTable& table, const std::vector<std::string>& rows,
                         const std::vector<std::string>& columns, const stats::Suppression& suppression) {
    std::vector<std::string> keys{"row"};
    keys.insert(keys.end(), columns.begin(), columns.end());
    std::vector<std::vector<Cell>> cells;
    for (std::size_t r = 0; r < table.rows; ++r) {
      cells.push_back({rows[r]});
      for (std::size_t c = 0; c < table.columns; ++c) {
        const std::size_t at = r * table.columns + c;
        const bool hidden = suppression.primary[at] || suppression.secondary[at];
        cells.back().push_back(hidden ? Cell(std::string("×")) : cell_of(table.cells[at]));
      }
    }
    report.section("", "The table that can be shown; × is hidden");
    report.table("table", "", std::move(keys), std::move(cells));
  }

  std::string m_rows;
  std::string m_columns;
  std::string m_count;
  std::size_t m_minimum = 5;
};

}  // namespace

std::unique_ptr<StatsCommand> make_stats_suppress() { return std::make_unique<Suppress>(); }

}  // namespace waymark::cli
