/// The rows of a Cox model in the order in which its passes walk over them. Internal to the survival folder.
#pragma once

#include "stats/survival/cox.hpp"

namespace waymark::stats {

/// A day of a stratum on which the event happened: deaths stand in [begin, deaths_end), and in [deaths_end, end) everybody who ended on that day
/// or after it, but before the next such day. Leaving the risk set on the way back: leaving[leave_begin, leave_end).
struct CoxBlock {
  Row begin = 0;
  Row deaths_end = 0;
  Row end = 0;
  Row leave_begin = 0;
  Row leave_end = 0;
  Row stay_begin = 0;  ///< staying[stay_begin, stay_end): with delayed entry, at the first block of a stratum, who was there from before it
  Row stay_end = 0;
  Day day = 0;
  bool last_of_stratum = false;  ///< the first that a pass from the end meets

  [[nodiscard]] Row deaths() const { return deaths_end - begin; }
};

struct CoxRows {
  std::size_t columns = 0;
  std::vector<double> centre;  ///< mean of each column
  std::vector<double> spread;  ///< its standard deviation; 1 for a constant column
  std::vector<Row> input;      ///< which row stands at each place; rows that are at risk on no day of an event stand nowhere
  std::vector<double> x;       ///< place × columns: (value − centre)/spread
  std::vector<CoxBlock> blocks;
  std::vector<Row> leaving;  ///< places of rows that were not yet under observation on the day of the block
  std::vector<Row> staying;
  std::vector<Row> first_block;  ///< of each place: the first block at which it is at risk; empty without delayed entry
  std::vector<double> range;     ///< largest less smallest x of each column
  std::vector<double> death_sum;
  std::size_t events = 0;
  std::size_t strata = 0;

  [[nodiscard]] bool delayed_entry() const { return !first_block.empty(); }
  [[nodiscard]] const double* row(std::size_t place) const { return &x[place * columns]; }
};

/// REQUIRES checked data. O(n·columns + sorting).
[[nodiscard]] CoxRows arrange(const CoxData& data);
/// What fit_cox refuses.
[[nodiscard]] Result<void> check(const CoxData& data);

}  // namespace waymark::stats
