/// The stated model of the demo: how people join, stay, move on and leave, month by month. doc/demo.md tells it in words.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "demo/draws.hpp"

namespace waymark::demo {

/// The places of the starter that are in use. Its Staff and beyond are dormant.
enum class Level : unsigned char { ge, jse, ise, sse, lse, ttl, em, hoe };
inline constexpr std::array<std::string_view, 8> level_ids{"GE", "JSE", "ISE", "SSE", "LSE", "TTL", "EM", "HOE"};
[[nodiscard]] constexpr std::string_view id_of(Level level) { return level_ids[static_cast<std::size_t>(level)]; }
[[nodiscard]] constexpr bool is_engineer(Level level) { return level <= Level::lse; }

inline constexpr std::array<std::string_view, 7> archetype_ids{"backend", "data", "frontend", "mobile", "platform", "reliability", "security"};
inline constexpr std::array<std::string_view, 8> country_codes{"GB", "DE", "FR", "IN", "US", "PL", "BR", "JP"};

/// Leaving within a month, by level: about 6 to 9 per cent a year.
inline constexpr std::array leaving{Chance::of(0.005), Chance::of(0.0075), Chance::of(0.007), Chance::of(0.006),
                                    Chance::of(0.005), Chance::of(0.005),  Chance::of(0.005), Chance::of(0.004)};

/// The level of whoever is hired as an engineer, in parts of a hundred: GE, JSE, ISE, SSE, LSE.
inline constexpr std::array hired_levels{30, 22, 29, 15, 4};
/// The same for who was there at the beginning.
inline constexpr std::array first_levels{16, 21, 38, 20, 5};

/// A graduate goes on in the twenty-second month at the latest.
inline constexpr int graduate_goes_on_by = 22;
/// In a department that promotes by tenure: GE after 18 months, JSE after 24, ISE after 36, SSE after 60.
inline constexpr std::array tenure_months{18, 24, 36, 60};

/// Moving on to the next place of the same track within a month, by level from GE to SSE; `months` is how long they have been there.
/// A discrete-time hazard: piecewise constant, 0 at first.
[[nodiscard]] constexpr Chance moving_on(Level from, int months) {
  switch (from) {
    case Level::ge: return months < 11 ? Chance{} : months < 15 ? Chance::of(0.12) : months < graduate_goes_on_by ? Chance::of(0.2) : Chance::certain();
    case Level::jse: return months < 12 ? Chance{} : months < 24 ? Chance::of(0.03) : Chance::of(0.045);
    case Level::ise: return months < 18 ? Chance{} : months < 36 ? Chance::of(0.012) : Chance::of(0.018);
    case Level::sse: return months < 24 ? Chance{} : Chance::of(0.006);
    default: return {};
  }
}

/// Group B of the planted attribute, by this factor less often from ISE to SSE: proportional hazards, grouped by months, so that the probability of a
/// month is 1 - (1 - p)^ratio (J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data, section 4.6 of the second edition).
inline constexpr double later_hazard_ratio = 0.5;
inline constexpr Chance in_later_group = Chance::of(0.35);
[[nodiscard]] Chance slower(Chance chance, double ratio);

inline constexpr double growth_a_year = 0.07;

inline constexpr Chance internal_move = Chance::of(0.15);      ///< a vacancy of an engineer is filled from another team
inline constexpr Chance waits_a_month = Chance::of(0.4);       ///< a vacancy of an engineer is not filled this month
inline constexpr Chance promoted_within = Chance::of(0.75);    ///< a manager comes from within, where somebody could
inline constexpr Chance comes_back = Chance::of(0.02);         ///< who is hired was here before
inline constexpr Chance back_to_engineering = Chance::of(0.003);  ///< a team lead or manager, in a month
inline constexpr Chance goes_on_leave = Chance::of(0.003);
inline constexpr Chance part_time_at_first = Chance::of(0.06);
inline constexpr Chance changes_working_time = Chance::of(0.0015);
inline constexpr Chance is_reorganised = Chance::of(0.0035);   ///< a manager with their teams goes to another department, in a month
inline constexpr Chance has_dotted_line = Chance::of(0.04);    ///< a lead engineer to the head of another department

}  // namespace waymark::demo
