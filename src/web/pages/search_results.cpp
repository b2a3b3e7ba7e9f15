#include "web/pages/search_page.hpp"

namespace waymark::web::pages {

void fill_results(Values values, const SearchPage& page) {
  if (page.words.empty()) {
    values.add("ASK").set("ASK_CONTENTS_HREF", page.contents);
  } else if (page.results.empty()) {
    const Values nothing = values.add("NOTHING");
    nothing.set("SOUGHT", page.words);
    nothing.set("CONTENTS_HREF", page.contents);
  } else {
    const Values found = values.add("FOUND");
    found.set("COUNT", page.results.size());
    found.show_if(page.results.size() != 1, "MANY");
    found.set("FOUND_FOR", page.words);
    for (const SearchPage::Result& result : page.results) {
      const Values row = found.add("RESULT");
      row.set("HREF", result.href);
      row.set("TITLE", result.title);
      row.set("WHERE", result.where);
      row.show_text("CITED", "CITATION", result.citation);
      for (const pathway::Fragment& fragment : result.passage) {
        const Values piece = row.add("FRAGMENT");
        piece.add(fragment.match ? "MATCH" : "PLAIN").set("TEXT", fragment.text);
      }
    }
  }
}

}  // namespace waymark::web::pages
