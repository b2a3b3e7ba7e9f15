/// What lint found, page by page, beside the words concerned; and why one rule is there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lint/explanation.hpp"
#include "web/lint_view.hpp"
#include "web/pages/level_page.hpp"

namespace waymark::web::pages {

struct LintPage {
  struct Run {
    std::string text;
    bool code = false;
  };
  struct FindingView {
    std::string severity;  ///< "error", "warning", "note"
    std::string place;     ///< "line 12"
    std::vector<Run> message, way_out;
    std::string rule, rule_href;
    std::string before, marked, after;  ///< all empty where there is no line to show
    std::vector<std::string> related;   ///< "levels/SSE.md, line 12: the other one"
  };
  struct FileView {
    std::string title;  ///< of the page, else the path
    std::string href;   ///< of the page; empty for pathway.yaml
    std::string path;
    std::string only_href;  ///< this page of findings, narrowed to the file
    std::size_t count = 0;
    std::vector<FindingView> findings;
  };
  std::string summary;              ///< "3 warnings and 2 notes."
  std::string share;                ///< "Something is to be mended in 4 of 66 criteria."; may be empty
  std::vector<FileView> files;      ///< with the findings that are shown
  std::vector<FileView> all_files;  ///< for choosing one, when not everything is shown; without findings
  std::size_t shown = 0, of = 0;
  std::string file;        ///< the only one asked for; empty when all are meant
  std::string whole_href;  ///< back to all findings; empty when all are meant
};
/// Of one file when `file` is not empty; at most a hundred findings otherwise.
[[nodiscard]] LintPage make_lint_page(const Site& site, const Links& links, const LintView& view, std::string_view file);
/// lint_page.html
void fill(Values values, const LintPage& page);

struct RulePage {
  struct Part {
    std::string heading;  ///< empty for a block of prose
    Prose body;
  };
  std::string title, rule, family, severity, findings_href;
  std::vector<Part> parts;
};
[[nodiscard]] RulePage make_rule_page(const Links& links, const lint::Explanation& explanation);
/// rule_page.html
void fill(Values values, const RulePage& page);

}  // namespace waymark::web::pages
