// Other editions of the pathway than the one that is shown: an older version, or the folder as it stands.
#include <fmt/format.h>

#include "base/date.hpp"
#include "pathway/search.hpp"
#include "web/account_handlers.hpp"
#include "web/change_words.hpp"
#include "web/handlers.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;

/// The page `inner` of another site, whose pages lead to each other below `below`. Only what reads the pathway is there.
Response page_of(const Visit& visit, const Site& site, const pathway::SearchIndex* search, const std::string& below, const std::string& inner) {
  http::Request request = visit.request;
  request.path = inner;
  const std::optional<Match> found = match(inner);
  Visit reading{site, search, Links(Links::Form::served, inner, below), found ? found->ids : std::vector<std::string>{}, request};
  reading.viewer = visit.viewer;
  const bool reads = found && found->route->action == access::Action::read_pathway && found->route->needs == Needs::documents;
  Response response = reads ? found->route->handler(reading) : no_such_page(reading);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

}  // namespace

Response read_version(const Visit& visit) {
  Installation& installation = *visit.installation;
  const Date today = date_of(installation.clock.now());
  const auto version = installation.versions.find(visit.ids.at(0), today);
  const auto frozen = version ? installation.versions.load(version->hash) : tl::unexpected<Error>(version.error());
  if (!frozen) {
    pages::Sheet sheet{.title = "No such version", .lead = frozen.error().message};
    sheet.sections.push_back({.links = {{"What was published", "/versions"}}});
    return show(visit, std::move(sheet), 404);
  }
  const std::string address = "/versions/" + version->short_hash();
  const std::string words = fmt::format("You read version {}, {}.", short_name(*version), standing_of(*version, installation.versions.in_force(today)));
  const Notice notice{.kind = Notice::Kind::edition, .words = words, .links = {{"About this version", address}, {"What holds today", visit.ids.at(1)}}};
  const Site site((*frozen)->pathway, Links::Form::served, {notice}, nullptr, Site::Accounts::some);
  const bool searches = visit.ids.at(1) == "/search";
  const auto search = searches ? std::make_unique<pathway::SearchIndex>((*frozen)->pathway) : nullptr;
  return page_of(visit, site, search.get(), address + "/read", visit.ids.at(1));
}

Response read_draft(const Visit& visit) {
  const std::string& inner = visit.ids.at(0);
  // Where nothing is published the site itself is the folder.
  if (visit.draft == nullptr) return Response::see_other(inner);
  return page_of(visit, *visit.draft, visit.draft_search, "/draft", inner);
}

}  // namespace waymark::web::handlers
