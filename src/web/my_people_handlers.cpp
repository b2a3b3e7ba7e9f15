#include "web/gate.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/people_page.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {

http::Response my_people(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  if (!standpoint.me || on.reports(*standpoint.me).empty()) {
    pages::Sheet sheet{.title = "Your people", .lead = "Nobody reports to you. Where somebody does, they are shown here as places on the landscape."};
    sheet.sections.push_back({.links = {{"The landscape", "/"}, {"Find a colleague", "/people"}}});
    return show(visit, std::move(sheet));
  }
  pages::PeoplePage page = pages::make_people_page(visit.site, visit.links, on, *standpoint.me);
  page.shows_signals = may_open(visit, access::Action::read_signal, About::reports);
  const pages::FrameView frame = pages::make_frame(visit.site, visit.links, "Your people", "Where your people are on the landscape.", "landscape");
  http::Response response = http::Response::html(200, render_framed(frame, "people_page.html", [&](pages::Values values) { fill(values, page); }));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace waymark::web::handlers
