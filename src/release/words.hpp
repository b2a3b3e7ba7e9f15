/// Versions and what became of citations, in sentences.
#pragma once

#include <optional>
#include <string>

#include "release/versions.hpp"

namespace waymark::release {

/// "1.1 (de253a450672)"; without a label, the hash alone.
[[nodiscard]] std::string short_name(const Version& version);
/// "1.1 (de253a450672), published on 3 March 2026 by Ada": a version in a sentence.
[[nodiscard]] std::string in_words(const Version& version);
/// "in force since 3 March 2026", "in force from 1 January 2027 on", "in force from … to …", "withdrawn: why".
[[nodiscard]] std::string standing_of(const Version& version, const std::optional<Version>& in_force);
[[nodiscard]] bool is_in_force(const Version& version, const std::optional<Version>& in_force);
/// "moved to SSE.leads in 1.1 (de253a450672)"
[[nodiscard]] std::string in_words(const FateStep& step);

}  // namespace waymark::release
