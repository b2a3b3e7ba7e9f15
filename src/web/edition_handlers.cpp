// Other editions of the pathway than the one that is shown: an older version, or the folder as it stands.
#include <algorithm>

#include <fmt/format.h>

#include "access/secret.hpp"
#include "base/date.hpp"
#include "base/word_diff.hpp"
#include "pathway/search.hpp"
#include "release/words.hpp"
#include "web/account_handlers.hpp"
#include "web/change_words.hpp"
#include "web/handlers.hpp"
#include "web/pages/cite_page.hpp"
#include "web/pages/frame.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;

/// The page `inner` of another site, whose pages lead to each other below `below`. Only what reads the pathway is there.
Response page_of(const Visit& visit, const Site& site, const pathway::SearchIndex* search, const std::string& below, const std::string& inner, bool is_in_force = false) {
  http::Request request = visit.request;
  request.path = inner;
  const std::optional<Match> found = match(inner);
  Visit reading{site, search, Links(Links::Form::served, inner, below), found ? found->ids : std::vector<std::string>{}, request};
  reading.viewer = visit.viewer;
  if (is_in_force) {
    // Then it shows where the viewer is.
    reading.installation = visit.installation;
    reading.pathways = visit.pathways;
    reading.standpoint = visit.standpoint;
  }
  const bool reads = found && found->route->action == access::Action::read_pathway && found->route->needs == Needs::documents;
  Response response = reads ? found->route->handler(reading) : no_such_page(reading);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

Response no_such_version(const Visit& visit, const Error& error) {
  pages::Sheet sheet{.title = "No such version", .lead = error.message};
  sheet.sections.push_back({.links = {{"What was published", "/versions"}}});
  return show(visit, std::move(sheet), 404);
}

/// Where what `fate` leads to is cited today.
std::optional<pathway::Citation> successor_of(const release::Fate& fate) {
  if (fate.now) return fate.now;
  const auto retired = std::find_if(fate.steps.rbegin(), fate.steps.rend(), [](const release::FateStep& step) { return step.kind == release::FateStep::Kind::retired; });
  return retired == fate.steps.rend() ? std::nullopt : retired->to;
}

std::string outcome_of(const release::Fate& fate, const std::optional<pathway::Citation>& successor) {
  switch (fate.state) {
    case release::Fate::State::unchanged: return fate.steps.empty() ? "It says the same to this day." : "Today it still says the same.";
    case release::Fate::State::reworded: return "Today it says so in other words.";
    case release::Fate::State::moved: return fmt::format("Today it is {} and means what it meant.", to_string(*successor));
    case release::Fate::State::retired: return successor ? fmt::format("Today {} stands in its place.", to_string(*successor)) : "Today nothing stands in its place.";
    case release::Fate::State::gone: return "Today it is not there any more.";
  }
  return {};
}

pages::CitePage::Fate fate_of(const release::Version& version, const std::string& address, const release::Fate& fate, const std::optional<release::Version>& in_force) {
  pages::CitePage::Fate told{.standing = standing_of(version, in_force), .version_href = address, .steps = {}, .outcome = {}, .today = {}, .words = {}};
  for (const release::FateStep& step : fate.steps) {
    told.steps.push_back(fmt::format("{}, in force from {} on.", capitalised(in_words(step)), in_words(step.version.effective)));
  }
  const auto successor = successor_of(fate);
  told.outcome = outcome_of(fate, successor);
  if (successor) told.today = pages::Reference{fmt::format("{} as it is today", to_string(*successor)), address::citation(*successor)};
  return told;
}

/// The version in force of the pathway with that key.
const pathway::Pathway& of_today(const Visit& visit, std::string_view key) {
  const OtherPathway* const other = visit.pathways == nullptr ? nullptr : visit.pathways->with_key(key);
  return other == nullptr ? main_pathway_of(visit) : other->pathway();
}

}  // namespace

Response cite_version(const Visit& visit) {
  Installation& installation = *visit.installation;
  const Date today = date_of(installation.clock.now());
  const std::string& asked = visit.ids.at(0);
  const auto version = installation.versions.find_in_any(typed(visit, "version"), today);
  if (!version) return no_such_version(visit, version.error());
  const auto cited = installation.versions.words_of(asked, version->hash, version->pathway);
  const auto fate = cited ? installation.versions.what_became_of(asked, version->hash, today, version->pathway) : tl::unexpected<Error>(cited.error());
  const std::string address = "/versions/" + version->short_hash();
  if (!fate) {
    pages::Sheet sheet{.title = "Not cited there", .lead = fmt::format("{} {}", fate.error().message, fate.error().way_out)};
    sheet.sections.push_back({.links = {{"Read that version", address + "/read"}, {fmt::format("{} today", asked), "/cite/" + access::percent_encoded(asked)}}});
    return show(visit, std::move(sheet), 404);
  }
  const Site site(cited->frozen->pathway, Links::Form::served, {}, nullptr, Site::Accounts::some);
  pages::CitePage page = pages::make_cite_page(site, Links(Links::Form::served, visit.request.path, address + "/read"), cited->words);
  page.fate = fate_of(*version, address, *fate, installation.versions.in_force(today, version->pathway));
  if (fate->now && !fate->steps.empty()) {
    const auto today_said = pathway::cite(of_today(visit, version->pathway), to_string(*fate->now));
    if (today_said && today_said->words != cited->words.words) page.fate->words = word_diff(cited->words.words, today_said->words);
  }
  const pages::FrameView frame = pages::make_frame(visit.site, visit.links, fmt::format("{} in {}", page.citation, short_name(*version)), page.title, "narrow");
  Response response = Response::html(200, render_framed(frame, "cite_page.html", [&](pages::Values values) { fill(values, page); }));
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

Response read_version(const Visit& visit) {
  Installation& installation = *visit.installation;
  const Date today = date_of(installation.clock.now());
  const auto version = installation.versions.find_in_any(visit.ids.at(0), today);
  const auto frozen = version ? installation.versions.load(version->hash, version->pathway) : tl::unexpected<Error>(version.error());
  if (!frozen) return no_such_version(visit, frozen.error());
  const std::string address = "/versions/" + version->short_hash();
  const std::string words = fmt::format("You read version {}, {}.", short_name(*version), standing_of(*version, installation.versions.in_force(today, version->pathway)));
  const std::string& inner = visit.ids.at(1);
  Notice notice{.kind = Notice::Kind::edition, .words = words, .links = {{"About this version", address}, {"What holds today", inner}}};
  if (inner.starts_with("/cite/")) notice.links.back() = {"What became of it", fmt::format("{}?version={}", inner, version->short_hash())};
  const Site site((*frozen)->pathway, Links::Form::served, {notice}, nullptr, Site::Accounts::some);
  const bool searches = inner == "/search";
  const auto search = searches ? std::make_unique<pathway::SearchIndex>((*frozen)->pathway) : nullptr;
  return page_of(visit, site, search.get(), address + "/read", inner);
}

Response pathways(const Visit& visit) {
  pages::Sheet sheet{.title = "Pathways", .lead = "What progression looks like in each part of the organisation. Everybody is on one of them, and may read all."};
  pages::Sheet::Table table{.caption = "Pathways", .columns = {"Pathway", "Places"}, .rows = {}};
  const auto add = [&](const pathway::Pathway& pathway, std::string address) {
    table.rows.push_back({.cells = {{pathway.name, std::move(address)}, {std::to_string(pathway.levels.size())}}});
  };
  add(main_pathway_of(visit), "/pathways/main");
  for (const auto& other : visit.pathways->others()) add(other->pathway(), other->address());
  sheet.sections.push_back({.table = std::move(table)});
  if (visit.pathways->others().empty()) {
    sheet.sections.push_back({.words = {"There is one. Another is published beside it under a key of its own, in the browser or with “waymark publish --other”."}});
  }
  return show(visit, std::move(sheet));
}

Response read_pathway(const Visit& visit) {
  const std::string& key = visit.ids.at(0);
  const std::string& inner = visit.ids.at(1);
  if (key == release::main_pathway) return page_of(visit, visit.site, visit.search, "/pathways/main", inner, true);
  const OtherPathway* const other = visit.pathways->with_key(key);
  if (other != nullptr) return page_of(visit, other->site, &other->search, other->address(), inner, true);
  pages::Sheet sheet{.title = "No such pathway", .lead = "No pathway of this organisation has this address."};
  sheet.sections.push_back({.links = {{"All pathways", "/pathways"}}});
  return show(visit, std::move(sheet), 404);
}

Response read_draft(const Visit& visit) {
  const std::string& inner = visit.ids.at(0);
  // Where nothing is published the site itself is the folder.
  if (visit.draft == nullptr) return Response::see_other(inner);
  return page_of(visit, *visit.draft, visit.draft_search, "/draft", inner);
}

}  // namespace waymark::web::handlers
