#include "web/pages/error_page.hpp"

namespace waymark::web::pages {

ErrorPage make_not_found_page(const Links& links, std::string message, std::vector<Reference> suggestions) {
  return {"There is no page here", std::move(message), std::move(suggestions), links.to("/"), links.to("/search"), links.to("/contents")};
}

void fill(Values values, const ErrorPage& page) {
  values.set("TITLE", page.title);
  values.set("MESSAGE", page.message);
  show_each(values, "SUGGESTIONS", {"SUGGESTION", "SUGGESTION_TITLE", "SUGGESTION_HREF"}, page.suggestions);
  values.set("HOME_HREF", page.home);
  values.set("SEARCH_HREF", page.search);
  values.set("CONTENTS_HREF", page.contents);
}

}  // namespace waymark::web::pages
