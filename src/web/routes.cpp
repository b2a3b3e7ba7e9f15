#include "web/routes.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "web/handlers.hpp"

namespace waymark::web {
namespace {

using http::Method;

constexpr std::array table{
    // The landscape: places and routes.
    Route{Method::get, "/", Readers::everyone, Keep::ready, &handlers::landscape},
    // A level, as a page to read.
    Route{Method::get, "/levels/{}", Readers::everyone, Keep::ready, &handlers::level},
    // Where somebody cuts an address short.
    Route{Method::get, "/levels", Readers::everyone, Keep::never, &handlers::all_levels},
    // What would change: for any two places, chosen in a form.
    Route{Method::get, "/compare", Readers::everyone, Keep::ready, &handlers::compare},
    // All places in reach of one, side by side.
    Route{Method::get, "/from/{}", Readers::everyone, Keep::ready, &handlers::reach},
    // The difference between two places.
    Route{Method::get, "/from/{}/to/{}", Readers::everyone, Keep::ready, &handlers::difference},
    // The fork, every way told in the same shape.
    Route{Method::get, "/fork", Readers::everyone, Keep::ready, &handlers::fork},
    // What good looks like, and how it deepens.
    Route{Method::get, "/capabilities", Readers::everyone, Keep::ready, &handlers::capabilities},
    Route{Method::get, "/capabilities/{}", Readers::everyone, Keep::ready, &handlers::capability},
    // The same levels with other technical content; a level read in one of them.
    Route{Method::get, "/archetypes", Readers::everyone, Keep::ready, &handlers::archetypes},
    Route{Method::get, "/archetypes/{}", Readers::everyone, Keep::ready, &handlers::archetype},
    Route{Method::get, "/archetypes/{}/{}", Readers::everyone, Keep::ready, &handlers::level_in_archetype},
    // Ranked full text.
    Route{Method::get, "/search", Readers::everyone, Keep::never, &handlers::search},
    // A citation: its words, its version, its uses, or what became of it.
    Route{Method::get, "/cite/{}", Readers::everyone, Keep::ready, &handlers::cite},
    // Everything on one page.
    Route{Method::get, "/contents", Readers::everyone, Keep::ready, &handlers::contents},
    // What this pathway is, which version, and its thresholds.
    Route{Method::get, "/about", Readers::everyone, Keep::ready, &handlers::about},
    // A framework from elsewhere: upload it, see it as a draft, download the folder.
    Route{Method::get, "/import", Readers::everyone, Keep::never, &handlers::import_start},
    Route{Method::post, "/import/draft", Readers::everyone, Keep::never, &handlers::import_draft},
    Route{Method::post, "/import/folder", Readers::everyone, Keep::never, &handlers::import_folder},
    // What lint found, for whoever looks after the documents; why a rule is there. Only where the documents are at hand.
    Route{Method::get, "/lint", Readers::everyone, Keep::never, &handlers::lint},
    Route{Method::get, "/lint/{}", Readers::everyone, Keep::never, &handlers::lint_rule},
    // Style sheet, scripts and fonts, under names that never change their content.
    Route{Method::get, "/assets/{}", Readers::everyone, Keep::never, &handlers::asset},
    // For whoever watches over the process.
    Route{Method::get, "/healthz", Readers::everyone, Keep::never, &handlers::health},
};

}  // namespace

std::span<const Route> routes() { return table; }

std::optional<Match> match(std::string_view path) {
  const std::vector<std::string_view> asked = split(path, '/');
  for (const Route& route : table) {
    const std::vector<std::string_view> pattern = split(route.pattern, '/');
    if (pattern.size() != asked.size()) continue;
    Match found{&route, {}};
    bool fits = true;
    for (std::size_t i = 0; fits && i < pattern.size(); ++i) {
      if (pattern[i] == "{}" && !asked[i].empty()) {
        found.ids.emplace_back(asked[i]);
      } else {
        fits = pattern[i] == asked[i];
      }
    }
    if (fits) return found;
  }
  return std::nullopt;
}

http::Response answer(const Site& site, const pathway::SearchIndex* search, const http::Request& request) {
  const std::optional<Match> found = match(request.path);
  const Visit visit{site, search, Links(site.form(), request.path), found ? found->ids : std::vector<std::string>{}, request};
  if (!found) {
    const std::string shorter = request.path.substr(0, request.path.find_last_not_of('/') + 1);
    const bool plain = std::all_of(shorter.begin(), shorter.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '%' && c != '?' && c != '#'; });
    if (shorter != request.path && plain && !shorter.starts_with("//") && match(shorter)) return {301, {{"Location", shorter}}, {}, nullptr};
    return handlers::no_such_page(visit);
  }
  const bool is_read = request.method == Method::get || request.method == Method::head;
  if (found->route->method == Method::post) {
    // Somebody who comes back to an address that only takes a form begins at the form.
    if (is_read) return http::Response::see_other("/import");
    if (request.method == Method::post) return found->route->handler(visit);
    http::Response refusal = http::Response::text(405, "This address takes a form.\n");
    refusal.headers.emplace_back("Allow", "POST");
    return refusal;
  }
  if (!is_read) {
    http::Response refusal = http::Response::text(405, "This page can only be read.\n");
    refusal.headers.emplace_back("Allow", "GET, HEAD");
    return refusal;
  }
  return found->route->handler(visit);
}

}  // namespace waymark::web
