/// The methods of `waymark stats`. Each is made in the file of its name; those of agreement share one, as do hazard and firth, and shrink and funnel.
#pragma once

#include "cli/stats_command.hpp"

namespace waymark::cli {

[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_fisher();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_rates();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_cmh();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_adjust();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_alpha();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_kappa();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_icc();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_power();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_suppress();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_km();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_aj();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_logrank();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_cox();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_hazard();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_firth();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_facets();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_rasch();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_mixed();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_shrink();
[[nodiscard]] std::unique_ptr<StatsCommand> make_stats_funnel();

}  // namespace waymark::cli
