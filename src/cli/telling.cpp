#include "cli/telling.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "web/links.hpp"

namespace waymark::cli {

using pathway::Level;
using pathway::Pathway;
using pathway::Route;
using pathway::Target;

std::string name_of(const Level& level) { return fmt::format("{} ({})", level.title, level.id.value); }

std::string version_of(const Pathway& pathway) {
  if (pathway.version_label.empty()) return fmt::format("version {}", pathway.short_hash());
  return fmt::format("version {} ({})", pathway.version_label, pathway.short_hash());
}

std::string standing_of(const Level& level) {
  std::vector<std::string> parts{"scope: " + level.scope};
  if (!level.autonomy.empty()) parts.push_back("autonomy: " + level.autonomy);
  if (!level.span.empty()) parts.push_back("span: " + level.span);
  if (!level.band.empty()) parts.push_back("band: " + level.band);
  return join(parts, " · ");
}

std::string link_to(const Pathway& pathway, const Target& target) {
  const std::string anchor = target.anchor.empty() ? std::string() : "#" + target.anchor;
  return pathway.url + web::address::of(target) + anchor;
}

std::string sentence(std::string text) {
  if (!text.empty() && std::string_view(".!?…").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

void tell_route(Page& page, const Pathway& pathway, const Route& route, const Margin& margin) {
  const Level* const to = pathway.level(route.to);
  Runs runs{{"to "}, {to == nullptr ? route.to.value : name_of(*to), Ink::strong}};
  if (route.kind == Route::Kind::return_) runs.push_back({", an ordinary return"});
  if (to != nullptr && to->dormant) runs.push_back({", dormant for now"});
  page.say(runs, margin);
  if (!route.note.empty()) page.say(route.note, {margin.rest + "  ", margin.rest + "  "});
}

void tell_criterion(Page& page, const pathway::Criterion& criterion, const Margin& margin) {
  page.heading(criterion.title, margin);
  page.say(Runs{{pathway::to_string(criterion.citation()), Ink::faint}}, {margin.rest, margin.rest});
  page.passages(criterion.passages, {margin.rest + "  ", margin.rest + "  "});
}

}  // namespace waymark::cli
