/// What an author allows in place: `<!-- waymark: allow RULE because … -->` in a page, `# waymark: allow RULE because …` in pathway.yaml.
#pragma once

#include <string>
#include <vector>

#include "base/finding.hpp"
#include "lint/documents.hpp"

namespace waymark::lint {

struct Allowance {
  std::string file;
  Span comment;
  std::size_t first_line = 1;  ///< what it covers: lines, both included
  std::size_t last_line = 1;
  std::string rule;
  std::string reason;
};

/// Of a page: the next block, with what stands under it when it is a heading; the whole page when nothing but the summary stands before it. Of pathway.yaml: the next line with those
/// indented deeper. What is no good is a finding (`bad-suppression`) and allows nothing.
[[nodiscard]] std::vector<Allowance> read_allowances(const Folder& folder, const Documents& documents, Findings& findings);

/// Moves what is allowed from `findings` to `allowed`; one that allowed nothing becomes an `unused-suppression`. An error is never allowed.
void apply_allowances(const std::vector<Allowance>& allowances, const Documents& documents, Findings& findings, Findings& allowed);

}  // namespace waymark::lint
