#include <array>
#include <boost/json.hpp>

#include "cli/json.hpp"
#include "cli/version_pages.hpp"

namespace waymark::cli {
namespace {

namespace json = boost::json;
using release::Fate;
using release::Version;

json::object version_of(const Version& version, const std::optional<Version>& in_force) {
  json::array despite;
  for (const std::string& line : version.despite) despite.emplace_back(line);
  return {{"hash", version.hash},
          {"version", version.short_hash()},
          {"label", version.label},
          {"name", version.name},
          {"predecessor", version.predecessor ? json::value(*version.predecessor) : json::value()},
          {"author", version.author.name},
          {"note", version.note},
          {"effective", to_iso(version.effective)},
          {"until", version.until ? json::value(to_iso(*version.until)) : json::value()},
          {"published_at", to_iso(version.published_at)},
          {"in_force", in_force && in_force->hash == version.hash},
          {"despite", std::move(despite)},
          {"because", version.because},
          {"withdrawn", version.withdrawn ? json::value{{"at", to_iso(version.withdrawn->at)}, {"why", version.withdrawn->why}} : json::value()}};
}

json::object change_of(const release::Change& change) {
  constexpr std::array kinds{"same", "removed", "added"};
  json::array words;
  for (const WordEdit& edit : change.what.words) {
    words.push_back(json::object{{"kind", kinds[static_cast<std::size_t>(edit.kind)]}, {"text", edit.text}});
  }
  return {
      {"kind", pathway::to_string(change.what.kind)}, {"subject", change.what.subject}, {"from", change.what.from}, {"summary", change.what.summary},
      {"same_meaning", change.same_meaning},          {"words", std::move(words)}};
}

}  // namespace

std::string versions_json(const release::VersionPage& page, const std::optional<Version>& in_force) {
  json::array versions;
  for (const Version& each : page.versions) versions.push_back(version_of(each, in_force));
  return pretty_json(json::object{{"versions", std::move(versions)}, {"next", page.next ? json::value(*page.next) : json::value()}});
}

std::string version_json(const Version& version, const std::optional<Version>& in_force, const std::vector<release::Change>& changes) {
  json::object object = version_of(version, in_force);
  json::array all;
  for (const release::Change& each : changes) all.push_back(change_of(each));
  object["changes"] = std::move(all);
  return pretty_json(object);
}

std::string cited_version_json(const release::Cited& cited, const std::optional<Version>& in_force, const Fate& fate) {
  constexpr std::array states{"unchanged", "reworded", "moved", "retired", "gone"};
  constexpr std::array kinds{"reworded", "moved", "retired", "gone", "restored"};
  const auto id = [](const std::optional<pathway::Citation>& citation) { return citation ? json::value(to_string(*citation)) : json::value(); };
  json::array steps;
  for (const release::FateStep& step : fate.steps) {
    steps.push_back(json::object{{"kind", kinds[static_cast<std::size_t>(step.kind)]},
                                 {"version", step.version.short_hash()},
                                 {"effective", to_iso(step.version.effective)},
                                 {"to", id(step.to)},
                                 {"because", step.because}});
  }
  return pretty_json(json::object{{"id", to_string(cited.words.citation)},
                                  {"title", cited.words.title},
                                  {"words", cited.words.words},
                                  {"version", version_of(cited.version, in_force)},
                                  {"fate", json::object{{"state", states[static_cast<std::size_t>(fate.state)]},
                                                        {"now", id(fate.now)},
                                                        {"rewordings", fate.rewordings},
                                                        {"steps", std::move(steps)}}}});
}

}  // namespace waymark::cli
