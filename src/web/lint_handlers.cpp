#include <fmt/format.h>

#include "base/text.hpp"
#include "lint/explanation.hpp"
#include "web/handlers.hpp"
#include "web/pages/error_page.hpp"
#include "web/pages/frame.hpp"
#include "web/pages/lint_page.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;

template <class Page>
Response show(const Visit& visit, std::string_view body_template, const Page& page, std::string title, std::string description, int status = 200) {
  const pages::FrameView frame = pages::make_frame(visit.site, visit.links, std::move(title), std::move(description), "narrow");
  return Response::html(status, render_framed(frame, body_template, [&](pages::Values values) { fill(values, page); }));
}

}  // namespace

Response lint(const Visit& visit) {
  return show(visit, "lint_page.html", pages::make_lint_page(visit.site, visit.links), "What could be clearer",
              "What the linter says about this pathway.");
}

Response lint_rules(const Visit& visit) {
  return show(visit, "rules_page.html", pages::make_rules_page(visit.links), "What is looked for", "Every rule of the linter, by family.");
}

Response lint_rule(const Visit& visit) {
  const std::string& id = visit.ids.at(0);
  if (const auto explanation = waymark::lint::explain(id)) {
    return show(visit, "rule_page.html", pages::make_rule_page(visit.links, *explanation), std::string(explanation->title),
                "Why this rule matters, and how to write it instead.");
  }
  std::vector<pages::Reference> suggestions;
  if (const std::optional<std::string> near = nearest(id, waymark::lint::rule_ids()))
    suggestions.push_back({*near, visit.links.to("/lint/rules/" + *near)});
  const pages::ErrorPage page =
      pages::make_not_found_page(visit.links, fmt::format("No rule of the linter is called {}.", id), std::move(suggestions));
  return show(visit, "error_page.html", page, page.title, page.message, 404);
}

}  // namespace waymark::web::handlers
