#include "cli/stats_methods.hpp"

namespace waymark::cli {

std::vector<std::unique_ptr<StatsCommand>> stats_methods() {
  std::vector<std::unique_ptr<StatsCommand>> all;
  all.push_back(make_stats_fisher());
  all.push_back(make_stats_rates());
  all.push_back(make_stats_cmh());
  all.push_back(make_stats_adjust());
  all.push_back(make_stats_alpha());
  all.push_back(make_stats_kappa());
  all.push_back(make_stats_icc());
  all.push_back(make_stats_power());
  all.push_back(make_stats_suppress());
  return all;
}

}  // namespace waymark::cli
