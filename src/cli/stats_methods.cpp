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
  all.push_back(make_stats_km());
  all.push_back(make_stats_aj());
  all.push_back(make_stats_logrank());
  all.push_back(make_stats_cox());
  all.push_back(make_stats_hazard());
  all.push_back(make_stats_firth());
  all.push_back(make_stats_facets());
  all.push_back(make_stats_rasch());
  all.push_back(make_stats_mixed());
  all.push_back(make_stats_shrink());
  all.push_back(make_stats_funnel());
  return all;
}

}  // namespace waymark::cli
