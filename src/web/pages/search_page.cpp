#include "web/pages/search_page.hpp"

namespace waymark::web::pages {

SearchPage make_search_page(const Links& links, std::string_view words, const std::vector<pathway::Hit>& hits) {
  SearchPage page{std::string(words), links.to("/search"), {}, links.to("/contents")};
  for (const pathway::Hit& hit : hits) page.results.push_back({hit.title, hit.where, hit.citation, links.to(hit.target), hit.passage});
  return page;
}

void fill(Values values, const SearchPage& page) {
  values.set("ACTION", page.action);
  values.set("WORDS", page.words);
  fill_results(values.include("RESULTS", "search_results.html"), page);
}

}  // namespace waymark::web::pages
