#include "stats/suppression.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <thread>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "stats_reference.hpp"

using namespace waymark;
using namespace waymark::stats;

namespace {

CountTable table_of(const std::vector<std::vector<double>>& rows) {
  CountTable table{rows.size(), rows.front().size(), {}};
  for (const auto& row : rows) {
    for (const double cell : row) table.cells.push_back(*Count::of(cell, "cell"));
  }
  return table;
}

CellMask mask_of(const std::vector<std::vector<double>>& rows) {
  CellMask mask;
  for (const auto& row : rows) {
    for (const double cell : row) mask.push_back(cell != 0);
  }
  return mask;
}

/// row, column (from 1), value, least, greatest.
std::vector<AttackedCell> cells_of(const Reference& list) {
  std::vector<AttackedCell> cells;
  for (const auto& row : list.rows()) {
    const auto count = [&](std::size_t i) { return *Count::of(row[i], "bound"); };
    cells.push_back({static_cast<std::size_t>(row[0]) - 1, static_cast<std::size_t>(row[1]) - 1, count(2), count(3), count(4)});
  }
  std::sort(cells.begin(), cells.end(),
            [](const AttackedCell& a, const AttackedCell& b) { return std::pair(a.row, a.column) < std::pair(b.row, b.column); });
  return cells;
}

/// What an attacker finds who writes down every table there is.
std::vector<AttackedCell> every_table(const CountTable& table, const CellMask& hidden) {
  std::vector<std::int64_t> rows(table.rows, 0);
  std::vector<std::int64_t> columns(table.columns, 0);
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    if (!hidden[i]) continue;
    cells.push_back(i);
    rows[i / table.columns] += table.cells[i].value();
    columns[i % table.columns] += table.cells[i].value();
  }
  std::vector<std::int64_t> now(cells.size(), 0);
  std::vector<std::pair<std::int64_t, std::int64_t>> bounds(cells.size(), {Count::max, 0});
  const auto fill = [&](const auto& self, std::size_t at) -> void {
    if (at == cells.size()) {
      const auto zero = [](std::int64_t left) { return left == 0; };
      if (!std::all_of(rows.begin(), rows.end(), zero) || !std::all_of(columns.begin(), columns.end(), zero)) return;
      for (std::size_t i = 0; i < now.size(); ++i) bounds[i] = {std::min(bounds[i].first, now[i]), std::max(bounds[i].second, now[i])};
      return;
    }
    std::int64_t& row = rows[cells[at] / table.columns];
    std::int64_t& column = columns[cells[at] % table.columns];
    const std::int64_t most = std::min(row, column);
    for (now[at] = 0; now[at] <= most; ++now[at]) {
      row -= now[at];
      column -= now[at];
      self(self, at + 1);
      row += now[at];
      column += now[at];
    }
  };
  fill(fill, 0);
  std::vector<AttackedCell> result;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    result.push_back({cells[i] / table.columns, cells[i] % table.columns, table.cells[cells[i]], Count(bounds[i].first), Count(bounds[i].second)});
  }
  return result;
}

CountTable any_table(std::size_t rows, std::size_t columns, int most) {
  CountTable table{rows, columns, {}};
  for (std::size_t i = 0; i < rows * columns; ++i) table.cells.emplace_back(*rc::gen::inRange(0, most));
  return table;
}

bool protects(const CountTable& table, const CellMask& hidden, const CellMask& small, Count minimum) {
  for (const AttackedCell& cell : attack(table, hidden)) {
    if (small[cell.row * table.columns + cell.column] && cell.upper.value() - cell.lower.value() < minimum.value()) return false;
  }
  return true;
}

std::vector<std::uint64_t> people(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> result(to - from);
  std::iota(result.begin(), result.end(), from);
  return result;
}

}  // namespace

TEST_CASE("hiding only the small cells hides nothing, and the cheapest others are found, as in the references") {
  for (const Reference& file : references("16_suppression.json")) {
    const CountTable table = table_of(file["table"].rows());
    const Count minimum = *Count::of(file["k"].number(), "k");
    const CellMask small = small_cells(table, minimum);
    CHECK(small == mask_of(file["primary"].rows()));
    const std::vector<AttackedCell> recovered = attack(table, small);
    CHECK(recovered == cells_of(file["attack_primary_only"]));
    CHECK(std::all_of(recovered.begin(), recovered.end(), [](const AttackedCell& cell) { return cell.lower == cell.upper; }));
    const Suppression found = **suppress(table, minimum);
    CHECK(found.optimal);
    CHECK(found.secondary == mask_of(file["optimal_secondary"].rows()));
    CHECK(found.cost.real() == file["cost"].number());
    CHECK(found.attacked == cells_of(file["attack_after"]));
  }
}

TEST_CASE("two reports whose teams differ by one leaver give the leaver away") {
  for (const Reference& file : references("16_suppression.json")) {
    const Reference wanted = file["differencing"];
    const auto before = static_cast<std::uint64_t>(wanted["release1"]["n"].number());
    const std::vector<ReleasedFigure> released{{"March", people(0, before)}};
    const std::vector<ReleasedFigure> proposed{{"June", people(0, static_cast<std::uint64_t>(wanted["release2"]["n"].number()))}};
    const std::vector<Disclosure> found = *differencing_check(released, proposed, Count(5));
    REQUIRE(found.size() == 1);
    CHECK(found[0].people == people(5, 6));
    CHECK(found[0].figures == std::vector<std::string>{"March", "June"});
    const double leaver = wanted["release1"]["n"].number() * wanted["release1"]["mean"].number() -
                          wanted["release2"]["n"].number() * wanted["release2"]["mean"].number();
    CHECK(agrees(leaver, wanted["leaver_exact"].number(), 1e-12));
  }
}

TEST_CASE("the attacker's bounds are those of writing down every table") {
  CHECK(rc::check([] {
    const CountTable table = any_table(3, 3, 5);
    CellMask hidden;
    for (std::size_t i = 0; i < 9; ++i) hidden.push_back(*rc::gen::arbitrary<bool>());
    RC_ASSERT(attack(table, hidden) == every_table(table, hidden));
  }));
}

TEST_CASE("no set of cells that protects is cheaper than the one found") {
  CHECK(rc::check([] {
    const CountTable table = any_table(3, 3, 9);
    const Count minimum(*rc::gen::inRange(2, 5));
    const CellMask small = small_cells(table, minimum);
    std::vector<std::pair<std::int64_t, CellMask>> choices;
    for (unsigned choice = 0; choice < 512; ++choice) {
      choices.emplace_back(0, small);
      for (std::size_t i = 0; i < 9; ++i) {
        if ((choice >> i & 1) == 0 || small[i]) continue;
        choices.back().second[i] = true;
        choices.back().first += table.cells[i].value();
      }
    }
    std::stable_sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    choices.erase(std::unique(choices.begin(), choices.end()), choices.end());
    std::optional<std::int64_t> cheapest;
    for (const auto& [cost, hidden] : choices) {
      if (!protects(table, hidden, small, minimum)) continue;
      cheapest = cost;
      break;
    }
    const Answer<Suppression> found = *suppress(table, minimum);
    RC_ASSERT(found.has_value() == cheapest.has_value());
    if (!found) return;
    RC_ASSERT(found->optimal && found->cost.value() == *cheapest);
    RC_ASSERT(protects(table, found->hidden(), small, minimum));
  }));
}

TEST_CASE("a table of an organisation is protected, whichever way rows and columns are turned") {
  CHECK(rc::check([] {
    const CountTable table = any_table(6, 4, 25);
    const Count minimum(5);
    const Answer<Suppression> found = *suppress(table, minimum);
    CountTable turned{table.columns, table.rows, {}};
    for (std::size_t c = 0; c < table.columns; ++c) {
      for (std::size_t r = 0; r < table.rows; ++r) turned.cells.push_back(table.at(r, c));
    }
    const Answer<Suppression> other = *suppress(turned, minimum);
    RC_ASSERT(found.has_value() == other.has_value());
    if (!found) return;
    RC_ASSERT(protects(table, found->hidden(), found->primary, minimum));
    if (found->optimal && other->optimal) RC_ASSERT(found->cost == other->cost);
  }));
}

TEST_CASE("where a margin is too small nothing protects, and it is said where") {
  const CountTable table = table_of({{1, 2}, {40, 50}});
  const Answer<Suppression> found = *suppress(table, Count(5));
  REQUIRE(!found);
  CHECK(found.error().reason == "Not even hiding every cell would protect row 1, column 1: a margin is too small.");
  const Answer<Suppression> nothing_small = *suppress(table_of({{10, 20}, {40, 0}}), Count(5));
  CHECK(nothing_small->attacked.empty());
  CHECK(nothing_small->cost.value() == 0);
  CHECK(!suppress(CountTable{2, 2, {Count(1)}}, Count(5)));
  CHECK(!suppress(CountTable{}, Count(5)));
  CHECK(is_too_small(Group(Count(3), Count(40)), Count(5)));
  CHECK(is_too_small(Group(Count(38), Count(40)), Count(5)));
  CHECK(!is_too_small(Group(Count(0), Count(40)), Count(5)));
  CHECK(is_too_small(Group(Count(0), Count(4)), Count(5)));
}

TEST_CASE("tables are attacked from several threads at once") {
  const CountTable table = table_of({{41, 12, 3}, {37, 15, 6}, {22, 9, 2}, {11, 4, 1}});
  const std::vector<AttackedCell> alone = attack(table, small_cells(table, Count(5)));
  std::vector<std::vector<AttackedCell>> found(4);
  std::vector<std::thread> threads;
  for (auto& mine : found) threads.emplace_back([&] { mine = attack(table, small_cells(table, Count(5))); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : found) CHECK(mine == alone);
}

TEST_CASE("figures that are safe one by one may give people away together") {
  // A ∪ B, B ∪ C and A ∪ C of thirty people with C of two: no two sets differ in fewer than five, but (A∪C) + (B∪C) − (A∪B) is twice C.
  std::vector<std::uint64_t> a_and_c = people(0, 15);
  std::vector<std::uint64_t> b_and_c = people(15, 30);
  for (const std::uint64_t person : people(30, 32)) {
    a_and_c.push_back(person);
    b_and_c.push_back(person);
  }
  const std::vector<ReleasedFigure> released{{"a and c", a_and_c}, {"b and c", b_and_c}};
  const std::vector<ReleasedFigure> proposed{{"a and b", people(0, 30)}};
  CHECK(differencing_check({}, released, Count(5))->empty());
  const std::vector<Disclosure> found = *differencing_check(released, proposed, Count(5));
  REQUIRE(found.size() == 1);
  CHECK(found[0].people == people(30, 32));
  CHECK(found[0].figures.size() == 3);
  CHECK(differencing_check(released, proposed, Count(2))->empty());
  // What is out already is not said again, and the same figure again says nothing new.
  std::vector<ReleasedFigure> all = released;
  all.push_back(proposed[0]);
  CHECK(differencing_check(all, released, Count(5))->empty());
  CHECK(differencing_check({}, {}, Count(5))->empty());
}
