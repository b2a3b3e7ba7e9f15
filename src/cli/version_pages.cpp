#include "cli/version_pages.hpp"

#include <fmt/core.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace waymark::cli {
namespace {

using release::Fate;
using release::FateStep;
using release::Version;

}  // namespace

void tell_version(Page& page, const Version& version, const std::optional<Version>& in_force) {
  page.say(Runs{{short_name(version), is_in_force(version, in_force) ? Ink::match : Ink::strong}, {"  "}, {standing_of(version, in_force)}});
  page.say(Runs{{fmt::format("published on {}{}", in_words(date_of(version.published_at)),
                             version.author.name.empty() ? std::string() : " by " + version.author.name),
                 Ink::faint}},
           Margin::of(2));
  page.say(version.note, Margin::of(2));
  if (!version.because.empty()) {
    page.say(fmt::format("In spite of {} of the linter: {}", counted(version.despite.size(), "error"), version.because), Margin::of(2));
  }
}

void tell_obstacles(Page& page, const std::vector<release::Obstacle>& obstacles) {
  for (const release::Obstacle& each : obstacles) {
    page.say(Runs{{each.message, Ink::error}}, Margin{"- ", "  "});
    page.say(each.way_out, Margin::of(4));
    if (!each.yaml.empty()) page.verbatim(each.yaml.substr(0, each.yaml.size() - 1), Margin::of(4));
  }
}

void tell_fate(Page& page, const Fate& fate) {
  if (fate.steps.empty()) return page.say("Says the same to this day.");
  page.say("Since then:");
  for (const FateStep& step : fate.steps) {
    page.say(fmt::format("{}, in force from {} on.", in_words(step), in_words(step.version.effective)), Margin{"  - ", "    "});
  }
  if (!fate.now) return;
  const std::string id = to_string(*fate.now);
  page.say(fate.state == Fate::State::moved ? fmt::format("It is {0} now, and means what it meant: `waymark cite {0}`.", id)
                                            : fmt::format("`waymark cite {}` reads it as it is now.", id));
}

}  // namespace waymark::cli
