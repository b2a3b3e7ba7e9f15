#include "web/pages/reach_page.hpp"

namespace waymark::web::pages {

ComparePage make_compare_page(const Site& site, const Links& links, std::string_view from, std::string_view to) {
  const pathway::Pathway& pathway = site.pathway();
  const pathway::Level* const chosen_from = pathway.level(from);
  const pathway::Level* const chosen_to = pathway.level(to);
  ComparePage page;
  if (links.form() == Links::Form::served) page.action = links.to("/compare");
  for (const pathway::Level& level : pathway.levels) {
    page.from.push_back({level.id.value, level.title, &level == chosen_from});
    page.to.push_back({level.id.value, level.title, &level == chosen_to});
    page.starts.push_back(make_place(site, links, level));
    page.starts.back().href = links.to(address::reach(level.id));
  }
  if (from.empty() && to.empty()) return page;
  if (chosen_from == nullptr) {
    page.problem = from.empty() ? "Choose the place to begin at." : "There is no place called " + std::string(from) + ".";
    page.problem_field = "from";
  } else if (chosen_to == nullptr) {
    page.problem = to.empty() ? "Choose the place to look at." : "There is no place called " + std::string(to) + ".";
    page.problem_field = "to";
  } else if (chosen_from == chosen_to) {
    page.problem = "Choose two different places: staying changes nothing.";
    page.problem_field = "to";
  }
  return page;
}

void fill(Values values, const ComparePage& page) {
  if (!page.action.empty()) {
    const Values form = values.add("FORM");
    form.set("ACTION", page.action);
    for (const ComparePage::Choice& choice : page.from) {
      const Values row = form.add("FROM");
      row.set("FROM_ID", choice.id);
      row.set("FROM_TITLE", choice.title);
      row.show_if(choice.chosen, "FROM_CHOSEN");
    }
    for (const ComparePage::Choice& choice : page.to) {
      const Values row = form.add("TO");
      row.set("TO_ID", choice.id);
      row.set("TO_TITLE", choice.title);
      row.show_if(choice.chosen, "TO_CHOSEN");
    }
    if (!page.problem.empty()) {
      const Values problem = form.add(page.problem_field == "from" ? "FROM_PROBLEM" : "TO_PROBLEM");
      problem.set("PROBLEM", page.problem);
      form.show_if(true, page.problem_field == "from" ? "FROM_INVALID" : "TO_INVALID");
      const Values summary = form.add("SUMMARY");
      summary.set("SUMMARY_PROBLEM", page.problem);
      summary.set("FIELD_HREF", page.problem_field == "from" ? "#compare-from" : "#compare-to");
    }
  }
  for (const PlaceView& place : page.starts) fill(values.add("START").include("START_PLACE", "place.html"), place);
}

}  // namespace waymark::web::pages
