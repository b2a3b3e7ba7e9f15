/// What a search found.
#pragma once

#include <string>
#include <vector>

#include "pathway/search.hpp"
#include "web/pages/values.hpp"
#include "web/site.hpp"

namespace waymark::web::pages {

struct SearchPage {
  struct Result {
    std::string title, where, citation, href;
    std::vector<pathway::Fragment> passage;
  };
  std::string words;
  std::string action;
  std::vector<Result> results;
  std::string contents;          ///< address
};

[[nodiscard]] SearchPage make_search_page(const Links& links, std::string_view words, const std::vector<pathway::Hit>& hits);
/// search_page.html
void fill(Values values, const SearchPage& page);
/// search_results.html: also alone, for the page that searches while one types
void fill_results(Values values, const SearchPage& page);

}  // namespace waymark::web::pages
