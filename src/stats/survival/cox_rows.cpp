#include "stats/survival/cox_rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace waymark::stats {
namespace {

void measure(const CoxData& data, CoxRows& rows) {
  const std::size_t n = data.spells.size();
  rows.centre.resize(data.columns);
  rows.spread.resize(data.columns, 1);
  for (std::size_t column = 0; column < data.columns; ++column) {
    const std::span<const double> values = data.covariates.subspan(column * n, n);
    double largest = 0;
    for (const double value : values) largest = std::max(largest, std::abs(value));
    if (largest == 0) continue;
    double mean = 0;
    for (const double value : values) mean += value / largest;
    mean /= static_cast<double>(n);
    double squares = 0;
    for (const double value : values) squares += (value / largest - mean) * (value / largest - mean);
    const double spread = std::sqrt(squares / static_cast<double>(n));
    rows.centre[column] = mean * largest;
    // What is left of a constant by rounding is no variation.
    rows.spread[column] = spread > 1e-13 ? spread * largest : 0;
  }
}

/// Blocks and places by stratum and day; deaths first within a day.
void place_rows(const CoxData& data, CoxRows& rows) {
  const Spells& spells = data.spells;
  const std::vector<Row> order = order_by(data.stratum, spells.stop);
  const auto stratum_of = [&](Row row) { return data.stratum.empty() ? Code{0} : data.stratum[row]; };
  rows.input.reserve(order.size());
  std::vector<Row> others;
  for (std::size_t at = 0; at < order.size();) {
    const Code stratum = stratum_of(order[at]);
    ++rows.strata;
    bool any = false;
    while (at < order.size() && stratum_of(order[at]) == stratum) {
      const Day day = spells.stop[order[at]];
      others.clear();
      const Row begin = static_cast<Row>(rows.input.size());
      for (; at < order.size() && stratum_of(order[at]) == stratum && spells.stop[order[at]] == day; ++at) {
        if (spells.cause[order[at]] != 0) {
          rows.input.push_back(order[at]);
        } else {
          others.push_back(order[at]);
        }
      }
      const Row deaths_end = static_cast<Row>(rows.input.size());
      if (deaths_end > begin) {
        rows.blocks.push_back({begin, deaths_end, deaths_end, 0, 0, 0, 0, day, false});
        rows.events += deaths_end - begin;
        any = true;
      }
      if (!any) continue;  // ended before the first event of the stratum: never at risk of it
      rows.input.insert(rows.input.end(), others.begin(), others.end());
      rows.blocks.back().end = static_cast<Row>(rows.input.size());
    }
    if (any) rows.blocks.back().last_of_stratum = true;
  }
}

/// Who must be taken out again at which block.
void place_entries(const CoxData& data, CoxRows& rows) {
  const Spells& spells = data.spells;
  constexpr Row nowhere = 0xFFFF'FFFF;
  std::vector<Row> place_of(spells.size(), nowhere);
  for (Row place = 0; place < rows.input.size(); ++place) place_of[rows.input[place]] = place;
  rows.first_block.resize(rows.input.size());
  const std::vector<Row> order = order_by(data.stratum, spells.start);
  const auto stratum_of = [&](Row row) { return data.stratum.empty() ? Code{0} : data.stratum[row]; };
  // Walk strata and their blocks forward: a row whose start is on or after a block's day is not at risk there.
  std::size_t at = 0;
  for (std::size_t first = 0; first < rows.blocks.size();) {
    std::size_t last = first;
    while (!rows.blocks[last].last_of_stratum) ++last;
    const Code stratum = stratum_of(rows.input[rows.blocks[first].begin]);
    while (at < order.size() && stratum_of(order[at]) < stratum) ++at;
    rows.blocks[first].stay_begin = static_cast<Row>(rows.staying.size());
    for (; at < order.size() && stratum_of(order[at]) == stratum && spells.start[order[at]] < rows.blocks[first].day; ++at) {
      const Row place = place_of[order[at]];
      if (place == nowhere) continue;
      rows.staying.push_back(place);
      rows.first_block[place] = static_cast<Row>(first);
    }
    rows.blocks[first].stay_end = static_cast<Row>(rows.staying.size());
    for (std::size_t b = first; b <= last; ++b) {
      rows.blocks[b].leave_begin = static_cast<Row>(rows.leaving.size());
      const bool more = b < last;
      for (; at < order.size() && stratum_of(order[at]) == stratum && (!more || spells.start[order[at]] < rows.blocks[b + 1].day); ++at) {
        const Row place = place_of[order[at]];
        if (place == nowhere) continue;
        rows.leaving.push_back(place);
        rows.first_block[place] = static_cast<Row>(b + 1);
      }
      rows.blocks[b].leave_end = static_cast<Row>(rows.leaving.size());
    }
    first = last + 1;
  }
}

/// Rows of a block that entered only after its day would be added and taken out unseen; they are left out instead.
void drop_unseen(const CoxData& data, CoxRows& rows) {
  std::vector<Row> kept;
  kept.reserve(rows.input.size());
  for (CoxBlock& block : rows.blocks) {
    const Row begin = static_cast<Row>(kept.size());
    kept.insert(kept.end(), rows.input.begin() + block.begin, rows.input.begin() + block.deaths_end);
    const Row deaths_end = static_cast<Row>(kept.size());
    for (Row place = block.deaths_end; place < block.end; ++place) {
      if (data.spells.start[rows.input[place]] < block.day) kept.push_back(rows.input[place]);
    }
    block.begin = begin;
    block.deaths_end = deaths_end;
    block.end = static_cast<Row>(kept.size());
  }
  rows.input = std::move(kept);
}

}  // namespace

Result<void> check(const CoxData& data) {
  if (const Result<void> fine = check(data.spells); !fine) return fine;
  const std::size_t n = data.spells.size();
  if (const Result<void> fine = check_codes(data.stratum, n, "stratum"); !fine) return fine;
  if (const Result<void> fine = check_codes(data.cluster, n, "cluster"); !fine) return fine;
  if (data.columns > most_columns) {
    return fail(Error::Kind::bad_input, fmt::format("There are {} covariates; at most {} can be in a model.", data.columns, most_columns));
  }
  if (data.covariates.size() != n * data.columns) {
    return fail(Error::Kind::bad_input,
                fmt::format("{} covariates of {} rows need {} values, and there are {}.", data.columns, n, n * data.columns, data.covariates.size()));
  }
  for (std::size_t at = 0; at < data.covariates.size(); ++at) {
    if (!std::isfinite(data.covariates[at])) {
      return fail(Error::Kind::bad_input, fmt::format("Covariate {} of row {} is no finite number.", at / n + 1, at % n + 1),
                  "Leave the row out, or give it a value.");
    }
  }
  return {};
}

CoxRows arrange(const CoxData& data) {
  CoxRows rows;
  rows.columns = data.columns;
  measure(data, rows);
  place_rows(data, rows);
  if (data.spells.delayed_entry()) {
    drop_unseen(data, rows);
    place_entries(data, rows);
  }
  const std::size_t n = data.spells.size();
  const std::size_t p = data.columns;
  // Row by row first, so that putting rows in order reads whole rows.
  std::vector<double> by_row(n * p);
  for (std::size_t column = 0; column < p; ++column) {
    const double centre = rows.centre[column];
    const double factor = rows.spread[column] > 0 ? 1 / rows.spread[column] : 0;
    if (rows.spread[column] == 0) rows.spread[column] = 1;
    const double* const values = &data.covariates[column * n];
    for (std::size_t row = 0; row < n; ++row) by_row[row * p + column] = (values[row] - centre) * factor;
  }
  rows.x.resize(rows.input.size() * p);
  for (std::size_t place = 0; place < rows.input.size(); ++place) {
    std::copy_n(&by_row[rows.input[place] * p], p, &rows.x[place * p]);
  }
  rows.range.resize(p);
  for (std::size_t column = 0; column < p; ++column) {
    double low = 0, high = 0;
    for (std::size_t place = 0; place < rows.input.size(); ++place) {
      low = std::min(low, rows.row(place)[column]);
      high = std::max(high, rows.row(place)[column]);
    }
    rows.range[column] = high - low;
  }
  rows.death_sum.resize(p);
  for (const CoxBlock& block : rows.blocks) {
    for (Row place = block.begin; place < block.deaths_end; ++place) {
      for (std::size_t column = 0; column < p; ++column) rows.death_sum[column] += rows.row(place)[column];
    }
  }
  return rows;
}

}  // namespace waymark::stats
