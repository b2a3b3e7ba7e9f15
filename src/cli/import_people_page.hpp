/// What an import of people would do, as text and as JSON.
#pragma once

#include <string>

#include "cli/page.hpp"
#include "org/import/plan.hpp"

namespace waymark::cli {

/// `most`: lines of each kind; 0 for all.
void tell_plan(Page& page, const org::Table& table, const org::ImportPlan& plan, std::size_t most);

/// {"file", "as_of", "encoding", "separator", "dates": null | text, "rows", "unchanged", "without_level", "columns": {field: header}, "left_at_the_door": [{"column", "what"}],
/// "titles": [{"title", "level": null | id, "people"}], "counts": {kind: number}, "plan": [{"kind", "who", "what", "line": null | number}],
/// "problems": [{"file", "line", "column", "severity", "rule", "message", "way_out"}], "applied"}
[[nodiscard]] std::string plan_json(const org::Table& table, const org::ImportPlan& plan, bool applied);

}  // namespace waymark::cli
