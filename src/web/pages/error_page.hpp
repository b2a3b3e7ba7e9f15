/// When there is nothing to show, and a way out.
#pragma once

#include <string>
#include <vector>

#include "web/pages/level_page.hpp"

namespace waymark::web::pages {

struct ErrorPage {
  std::string title;       ///< "There is no page here"
  std::string message;     ///< one sentence
  std::vector<Reference> suggestions;
  std::string home, search, contents;
};
/// `suggestions` first, then the ways that always exist.
[[nodiscard]] ErrorPage make_not_found_page(const Links& links, std::string message, std::vector<Reference> suggestions);
/// error_page.html
void fill(Values values, const ErrorPage& page);

}  // namespace waymark::web::pages
