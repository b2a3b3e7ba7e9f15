#include "web/pages/import_page.hpp"

namespace waymark::web::pages {

void fill(Values values, const ImportPage& page) {
  values.set("ACTION", page.action);
  values.show_text("SIGNED_IN", "FORM_TOKEN", page.form_token);
  if (!page.problem.empty()) {
    const Values problem = values.add("TROUBLE");
    problem.set("PROBLEM", page.problem);
    problem.show_text("WAY", "WAY_OUT", page.way_out);
  }
  for (const auto& [name, answer] : page.answers) {
    const Values field = values.add("ANSWER");
    field.set("ANSWER_NAME", name);
    field.set("ANSWER_VALUE", answer);
  }
}

}  // namespace waymark::web::pages
