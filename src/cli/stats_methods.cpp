#include "cli/stats_methods.hpp"

namespace waymark::cli {

std::vector<std::unique_ptr<StatsCommand>> stats_methods() {
  std::vector<std::unique_ptr<StatsCommand>> all;
  all.push_back(make_stats_adjust());
  return all;
}

}  // namespace waymark::cli
