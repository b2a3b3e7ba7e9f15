#include "release/words.hpp"

#include <fmt/core.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace waymark::release {

using waymark::in_words;

std::string short_name(const Version& version) {
  return version.label.empty() ? version.short_hash() : fmt::format("{} ({})", version.label, version.short_hash());
}

std::string in_words(const Version& version) {
  return fmt::format("{}, published on {}{}", short_name(version), waymark::in_words(date_of(version.published_at)),
                     version.author.name.empty() ? "" : " by " + version.author.name);
}

bool is_in_force(const Version& version, const std::optional<Version>& in_force) { return in_force && in_force->hash == version.hash; }

std::string standing_of(const Version& version, const std::optional<Version>& in_force) {
  if (version.withdrawn) return "withdrawn: " + version.withdrawn->why;
  const std::string day = in_words(version.effective);
  if (is_in_force(version, in_force)) return "in force since " + day;
  if (version.until == version.effective) return "replaced on the day it was to be in force, " + day;
  return version.until ? fmt::format("in force from {} to {}", day, in_words(*version.until - std::chrono::days{1}))
                       : fmt::format("in force from {} on", day);
}

std::string in_words(const FateStep& step) {
  const std::string where = short_name(step.version);
  const std::string to = step.to ? to_string(*step.to) : std::string();
  switch (step.kind) {
    case FateStep::Kind::reworded: return fmt::format("reworded in {}", where);
    case FateStep::Kind::moved: return fmt::format("moved to {} in {}", to, where);
    case FateStep::Kind::retired: {
      const std::string because = step.because.empty() ? std::string() : ": " + step.because;
      return to.empty() ? fmt::format("retired in {}{}", where, because) : fmt::format("retired in {}, {} stands in its place{}", where, to, because);
    }
    case FateStep::Kind::gone: return fmt::format("no longer there in {}", where);
    case FateStep::Kind::restored: return fmt::format("there again in {}", where);
  }
  return {};
}

}  // namespace waymark::release
