#include "web/handlers.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "pathway/cite.hpp"
#include "web/account_handlers.hpp"
#include "web/assets.hpp"
#include "web/org_words.hpp"
#include "web/pages/about_page.hpp"
#include "web/pages/cite_page.hpp"
#include "web/pages/contents_page.hpp"
#include "web/pages/difference_page.hpp"
#include "web/pages/error_page.hpp"
#include "web/pages/fork_page.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/landscape_page.hpp"
#include "web/pages/level_page.hpp"
#include "web/pages/lint_page.hpp"
#include "web/pages/reach_page.hpp"
#include "web/pages/search_page.hpp"
#include "web/pages/topic_page.hpp"
#include "web/pathways.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;

template <class Page>
Response page_response(const Visit& visit, std::string_view body_template, const Page& page, std::string title, std::string description, std::string look, int status = 200) {
  const pages::FrameView frame = pages::make_frame(visit.site, visit.links, std::move(title), std::move(description), std::move(look));
  return Response::html(status, render_framed(frame, body_template, [&](pages::Values values) { fill(values, page); }));
}

Response not_found(const Visit& visit, std::string message, std::vector<pages::Reference> suggestions = {}) {
  const pages::ErrorPage page = pages::make_not_found_page(visit.links, std::move(message), std::move(suggestions));
  return page_response(visit, "error_page.html", page, page.title, page.message, "narrow", 404);
}

Response moved(const Visit& visit, std::string_view address) { return {301, {{"Location", visit.links.to(address)}}, {}, nullptr}; }

Response no_such_level(const Visit& visit, const std::string& id) {
  std::vector<std::string> ids;
  for (const pathway::Level& each : visit.site.pathway().levels) ids.push_back(each.id.value);
  std::vector<pages::Reference> suggestions;
  if (const std::optional<std::string> near = nearest(id, ids)) suggestions.push_back({*near, visit.links.to(address::level({*near}))});
  return not_found(visit, fmt::format("No place in this pathway is called {}.", id), std::move(suggestions));
}

/// Capabilities and archetypes are found by their exact id, and forgiven another case.
template <class Topic>
const Topic* find_topic(const std::vector<Topic>& topics, const std::string& id) {
  const auto same = [&](const Topic& topic) { return topic.id.value == id; };
  const auto alike = [&](const Topic& topic) { return to_lower_ascii(topic.id.value) == to_lower_ascii(id); };
  auto found = std::find_if(topics.begin(), topics.end(), same);
  if (found == topics.end()) found = std::find_if(topics.begin(), topics.end(), alike);
  return found == topics.end() ? nullptr : &*found;
}

template <class Topic>
Response no_such_topic(const Visit& visit, const std::vector<Topic>& topics, const std::string& id, std::string_view kind, std::string (*address_of)(const decltype(Topic::id)&)) {
  std::vector<std::string> ids;
  for (const Topic& topic : topics) ids.push_back(topic.id.value);
  std::vector<pages::Reference> suggestions;
  if (const std::optional<std::string> near = nearest(id, ids)) {
    const Topic& topic = *find_topic(topics, *near);
    suggestions.push_back({topic.title, visit.links.to(address_of(topic.id))});
  }
  return not_found(visit, fmt::format("No {} in this pathway is called {}.", kind, id), std::move(suggestions));
}

Response level_page(const Visit& visit, const pathway::Level& level, const pathway::Archetype* archetype) {
  const std::string title = archetype == nullptr ? level.title : fmt::format("{}, {}", level.title, archetype->title);
  return page_response(visit, "level_page.html", pages::make_level_page(visit.site, visit.links, level, archetype), title, fmt::format("{} ({}). {}.", level.title, level.id.value, level.shift),
                       "reading");
}

}  // namespace

Response landscape(const Visit& visit) {
  const std::string& name = visit.site.pathway().name;
  const std::string description = "Places to work from, and the routes between them.";
  const bool has_place = has_place_of_own(visit);
  const OtherPathway* const other = has_place ? other_pathway_of(visit, *standpoint_of(visit).today, *standpoint_of(visit).me) : nullptr;
  // Whoever is on another pathway begins there, and reads this one by its own address.
  if (other != nullptr && visit.links.below().empty()) return Response::see_other(other->address());
  const pathway::Pathway& theirs = other == nullptr ? main_pathway_of(visit) : other->pathway();
  if (!has_place || &theirs != &visit.site.pathway()) {
    return page_response(visit, "landscape_page.html", pages::make_landscape_page(visit.site, visit.links), name, description, "landscape");
  }
  const Standpoint& standpoint = standpoint_of(visit);
  const org::Standing& standing = standpoint.today->standing(*standpoint.me);
  pages::LandscapePage page = pages::make_landscape_page(visit.site, visit.links, {.here = std::string(standpoint.today->level(*standpoint.me))});
  if (standing.level_since) {
    page.here->since = fmt::format("{}, {}", in_words(*standing.level_since), time_in_words(*standing.level_since, standpoint.today->day()));
  }
  if (standing.archetype) {
    const pathway::Archetype* const archetype = find_topic(visit.site.pathway().archetypes, std::string(standpoint.today->word(standing.archetype)));
    const pathway::Level& level = *visit.site.pathway().level(page.here->place.id);
    if (archetype != nullptr && archetype->at(level.id) != nullptr) page.here->title_page = visit.links.to(address::level_in(archetype->id, level.id));
  }
  page.here->has_people = has_reports(visit);
  Response response = page_response(visit, "landscape_page.html", page, name, description, "landscape");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response all_levels(const Visit& visit) { return Response::see_other(visit.links.to("/", "_places")); }

Response level(const Visit& visit) {
  const std::string& id = visit.ids.at(0);
  const pathway::Level* const found = visit.site.pathway().level(id);
  if (found == nullptr) return no_such_level(visit, id);
  if (found->id.value != id) return moved(visit, address::level(found->id));
  return level_page(visit, *found, nullptr);
}

Response level_in_archetype(const Visit& visit) {
  const pathway::Pathway& pathway = visit.site.pathway();
  const pathway::Archetype* const archetype = find_topic(pathway.archetypes, visit.ids.at(0));
  const pathway::Level* const level = pathway.level(visit.ids.at(1));
  if (archetype == nullptr) return no_such_topic(visit, pathway.archetypes, visit.ids.at(0), "archetype", &address::archetype);
  if (level == nullptr) return no_such_level(visit, visit.ids.at(1));
  // It says nothing about this place: then the general page is what it has to say.
  if (archetype->at(level->id) == nullptr) return Response::see_other(visit.links.to(address::level(level->id)));
  if (archetype->id.value != visit.ids.at(0) || level->id.value != visit.ids.at(1)) return moved(visit, address::level_in(archetype->id, level->id));
  return level_page(visit, *level, archetype);
}

Response reach(const Visit& visit) {
  const pathway::Level* const from = visit.site.pathway().level(visit.ids.at(0));
  if (from == nullptr) return no_such_level(visit, visit.ids.at(0));
  if (from->id.value != visit.ids.at(0)) return moved(visit, address::reach(from->id));
  return page_response(visit, "reach_page.html", pages::make_reach_page(visit.site, visit.links, *from), fmt::format("In reach of {}", from->title),
                       fmt::format("The places one route away from {}, side by side.", from->title), "wide");
}

Response difference(const Visit& visit) {
  const pathway::Pathway& pathway = visit.site.pathway();
  const pathway::Level* const from = pathway.level(visit.ids.at(0));
  const pathway::Level* const to = pathway.level(visit.ids.at(1));
  if (from == nullptr) return no_such_level(visit, visit.ids.at(0));
  if (to == nullptr) return no_such_level(visit, visit.ids.at(1));
  if (from == to) return Response::see_other(visit.links.to(address::reach(from->id)));
  if (from->id.value != visit.ids.at(0) || to->id.value != visit.ids.at(1)) return moved(visit, address::difference(from->id, to->id));
  return page_response(visit, "difference_page.html", pages::make_difference_page(visit.site, visit.links, *from, *to), fmt::format("From {} to {}", from->title, to->title),
                       fmt::format("What would change between {} and {}.", from->title, to->title), "reading");
}

Response compare(const Visit& visit) {
  const std::string_view from = visit.request.parameter("from").value_or("");
  const std::string_view to = visit.request.parameter("to").value_or("");
  const pages::ComparePage page = pages::make_compare_page(visit.site, visit.links, trim(from), trim(to));
  const pathway::Pathway& pathway = visit.site.pathway();
  if (page.problem.empty() && !trim(from).empty()) return Response::see_other(visit.links.to(address::difference(pathway.level(trim(from))->id, pathway.level(trim(to))->id)));
  return page_response(visit, "compare_page.html", page, "What would change", "Choose two places and see what would change between them.", "narrow", page.problem.empty() ? 200 : 422);
}

Response fork(const Visit& visit) {
  const pathway::Pathway& pathway = visit.site.pathway();
  if (!pathway.fork || pathway.level(pathway.fork->at) == nullptr) return not_found(visit, "This pathway has no fork: its tracks do not part.");
  const pages::ForkPage page = pages::make_fork_page(visit.site, visit.links);
  return page_response(visit, "fork_page.html", page, page.title, "Every way on from here, told in the same shape, with what it gives and what it costs.", "wide");
}

Response capabilities(const Visit& visit) {
  return page_response(visit, "topics_page.html", pages::make_capabilities_page(visit.site, visit.links), "Capabilities", "What good looks like, and how it deepens from place to place.", "narrow");
}

Response capability(const Visit& visit) {
  const auto& all = visit.site.pathway().capabilities;
  const pathway::Capability* const found = find_topic(all, visit.ids.at(0));
  if (found == nullptr) return no_such_topic(visit, all, visit.ids.at(0), "capability", &address::capability);
  if (found->id.value != visit.ids.at(0)) return moved(visit, address::capability(found->id));
  return page_response(visit, "topic_page.html", pages::make_capability_page(visit.site, visit.links, *found), found->title, found->summary, "reading");
}

Response archetypes(const Visit& visit) {
  return page_response(visit, "topics_page.html", pages::make_archetypes_page(visit.site, visit.links), "Archetypes", "The same places, told in the terms of your own work.", "narrow");
}

Response archetype(const Visit& visit) {
  const auto& all = visit.site.pathway().archetypes;
  const pathway::Archetype* const found = find_topic(all, visit.ids.at(0));
  if (found == nullptr) return no_such_topic(visit, all, visit.ids.at(0), "archetype", &address::archetype);
  if (found->id.value != visit.ids.at(0)) return moved(visit, address::archetype(found->id));
  return page_response(visit, "topic_page.html", pages::make_archetype_page(visit.site, visit.links, *found), found->title, found->summary, "reading");
}

Response search(const Visit& visit) {
  std::string words = collapse_white_space(visit.request.parameter("q").value_or(""));
  // No one looks for more, and no one should make the index work for it.
  if (words.size() > 400) words.resize(400), words = is_valid_utf8(words) ? words : std::string();
  const bool ask = visit.search != nullptr && !words.empty();
  const pages::SearchPage page = pages::make_search_page(visit.links, words, ask ? visit.search->search(words) : std::vector<pathway::Hit>{});
  const bool only_results = visit.request.header("hx-request") == "true";
  pages::FrameView frame = pages::make_frame(visit.site, visit.links, words.empty() ? "Search" : words + ", search", "Search the pathway.", "narrow");
  frame.with_search = true;
  Response response = Response::html(200, only_results ? pages::render("search_results.html", [&](pages::Values values) { fill_results(values, page); })
                                                       : render_framed(frame, "search_page.html", [&](pages::Values values) { fill(values, page); }));
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Vary", "HX-Request");
  return response;
}

Response cite(const Visit& visit) {
  if (asks_for_version(visit.request) && visit.installation != nullptr) return cite_version(visit);
  const pathway::Pathway& pathway = visit.site.pathway();
  const std::string& asked = visit.ids.at(0);
  const Result<pathway::CitedWords> cited = pathway::cite(pathway, asked);
  if (cited) {
    if (to_string(cited->citation) != asked) return moved(visit, address::citation(cited->citation));
    return page_response(visit, "cite_page.html", pages::make_cite_page(visit.site, visit.links, *cited), asked, cited->title, "narrow");
  }
  const auto retired = std::find_if(pathway.retired.begin(), pathway.retired.end(), [&](const pathway::Retired& each) {
    return to_lower_ascii(to_string(each.criterion)) == to_lower_ascii(asked);
  });
  if (retired != pathway.retired.end()) {
    if (to_string(retired->criterion) != asked) return moved(visit, address::citation(retired->criterion));
    return page_response(visit, "cite_page.html", pages::make_retired_page(visit.site, visit.links, *retired), asked, "What became of " + asked, "narrow");
  }
  std::vector<pages::Reference> suggestions;
  if (const std::optional<std::string> near = nearest(asked, citable_ids(pathway))) {
    if (const std::optional<pathway::Citation> citation = pathway::parse_citation(*near)) suggestions.push_back({*near, visit.links.to(address::citation(*citation))});
  }
  return not_found(visit, fmt::format("Nothing in this pathway is cited as {}.", asked), std::move(suggestions));
}

Response contents(const Visit& visit) {
  return page_response(visit, "contents_page.html", pages::make_contents_page(visit.site, visit.links), "Contents", "Every level and criterion on one page.", "narrow");
}

Response about(const Visit& visit) {
  return page_response(visit, "about_page.html", pages::make_about_page(visit.site, visit.links), "About this pathway", "What it is, which version, and what it is never used for.", "narrow");
}

Response lint(const Visit& visit) {
  const LintView* const view = visit.site.lint();
  if (view == nullptr) return no_such_page(visit);
  const std::string_view file = visit.request.parameter("file").value_or("");
  Response response = page_response(visit, "lint_page.html", pages::make_lint_page(visit.site, visit.links, *view, file), "What lint found", "What cannot be judged, misleads or is broken.", "wide");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response lint_rule(const Visit& visit) {
  const std::string& rule = visit.ids.at(0);
  if (const auto explanation = waymark::lint::explain(rule)) {
    return page_response(visit, "rule_page.html", pages::make_rule_page(visit.links, *explanation), std::string(explanation->title), "Why this rule is there, and how to write it instead.", "narrow");
  }
  std::vector<pages::Reference> suggestions;
  if (const std::optional<std::string> near = nearest(rule, waymark::lint::rule_ids())) suggestions.push_back({*near, visit.links.to("/lint/" + *near)});
  return not_found(visit, fmt::format("No rule is called {}.", rule), std::move(suggestions));
}

Response asset(const Visit& visit) {
  static const auto* const kept = [] {
    auto* const made = new std::map<std::string, std::shared_ptr<const http::Representation>, std::less<>>;
    for (const Asset& each : Assets::embedded().all()) {
      (*made)[each.file] = http::make_representation(each.content_type, "public, max-age=31536000, immutable", each.bytes, http::Compression::best);
    }
    return made;
  }();
  const auto found = kept->find(visit.ids.at(0));
  if (found == kept->end()) return not_found(visit, "There is no such file here.");
  Response response;
  response.representation = found->second;
  return response;
}

Response health(const Visit&) {
  Response response = Response::text(200, "ok\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response no_such_page(const Visit& visit) {
  // Differences are many and nobody types them by heart.
  std::vector<std::string> addresses = visit.site.addresses();
  std::erase_if(addresses, [](const std::string& each) { return each.starts_with("/from/") && each.find("/to/") != std::string::npos; });
  if (addresses.size() > 2000) addresses.resize(2000);
  std::vector<pages::Reference> suggestions;
  if (visit.request.path.size() < 100) {
    if (const std::optional<std::string> near = nearest(visit.request.path, addresses)) suggestions.push_back({*near, visit.links.to(*near)});
  }
  return not_found(visit, "Nothing is kept under this address.", std::move(suggestions));
}

Response broken(const Visit& visit, std::string_view reference) {
  pages::ErrorPage page = pages::make_not_found_page(
      visit.links, fmt::format("It is not your doing. Try again; if it stays, tell the person who runs this site the reference {}.", reference), {});
  page.title = "Something went wrong here";
  Response response = page_response(visit, "error_page.html", page, page.title, page.title, "narrow", 500);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace waymark::web::handlers
