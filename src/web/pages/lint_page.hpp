/// What the linter found, beside the lines concerned; and the page behind each of its rules.
#pragma once

#include <string>
#include <vector>

#include "lint/explanation.hpp"
#include "web/pages/passages.hpp"
#include "web/pages/reference.hpp"

namespace waymark::web::pages {

struct LintPage {
  struct Row {
    Severity severity = Severity::note;
    std::string place;  ///< "line 12"
    std::string href;   ///< of the part of the page it stands in; empty where no page shows the file
    std::string before, marked, after;
    std::string message, way_out;
    Reference rule;
  };
  struct File {
    std::string name;
    std::string href;  ///< of its page; may be empty
    std::vector<Row> rows;
  };
  std::size_t errors = 0, warnings = 0, notes = 0;
  std::size_t allowed = 0, criteria = 0, criteria_in_doubt = 0, untold = 0;
  std::string rules;
  std::vector<File> files;
};
[[nodiscard]] LintPage make_lint_page(const Site& site, const Links& links);
/// lint_page.html
void fill(Values values, const LintPage& page);

struct RulesPage {
  struct Family {
    std::string title;
    std::vector<Reference> rules;
  };
  std::string findings;
  std::vector<Family> families;
};
[[nodiscard]] RulesPage make_rules_page(const Links& links);
/// rules_page.html
void fill(Values values, const RulesPage& page);

struct RulePage {
  std::string id, title, family, severity;
  std::string findings, rules;
  std::vector<Prose> body;
};
[[nodiscard]] RulePage make_rule_page(const Links& links, const lint::Explanation& explanation);
/// rule_page.html
void fill(Values values, const RulePage& page);

}  // namespace waymark::web::pages
