#include <algorithm>

#include "web/gate.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/people_page.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

std::vector<pages::PeopleOnPathway> by_pathway(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex manager) {
  std::vector<pages::PeopleOnPathway> all{{&visit.site, visit.links, {}}};
  for (const auto& other : visit.pathways->others()) all.push_back({&other->site, other->links(), {}});
  for (const org::PersonIndex person : on.reports(manager)) {
    const OtherPathway* const theirs = other_pathway_of(visit, on, person);
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return theirs != nullptr && each.site == &theirs->site; });
    (found == all.end() ? all.front() : *found).people.push_back(person);
  }
  return all;
}

}  // namespace

http::Response my_people(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  if (!standpoint.me || on.reports(*standpoint.me).empty()) {
    pages::Sheet sheet{.title = "Your people", .lead = "Nobody reports to you. Where somebody does, they are shown here as places on the landscape."};
    sheet.sections.push_back({.links = {{"The landscape", "/"}, {"Find a colleague", "/people"}}});
    return show(visit, std::move(sheet));
  }
  pages::PeoplePage page = pages::make_people_page(by_pathway(visit, on, *standpoint.me), on, *standpoint.me);
  page.shows_signals = may_open(visit, access::Action::read_signal, About::reports);
  const pages::FrameView frame = pages::make_frame(visit.site, visit.links, "Your people", "Where your people are on the landscape.", "landscape");
  http::Response response = http::Response::html(200, render_framed(frame, "people_page.html", [&](pages::Values values) { fill(values, page); }));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace waymark::web::handlers
