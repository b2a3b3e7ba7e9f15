/// Findings as other programs read them. Each gives a whole text with a line end.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/finding.hpp"
#include "base/folder.hpp"
#include "lint/lint.hpp"

namespace waymark::lint {

/// How a file of the folder is named to the reader: relative to the root of the checkout, or to where the command runs; forward slashes.
using NameFile = std::function<std::string(std::string_view file)>;

/// SARIF 2.1.0 (OASIS), with the rules that found something, their explanations, related places and fixes. Columns count code points. What was allowed in place is there too, as
/// suppressed results.
[[nodiscard]] std::string to_sarif(const Linted& linted, const Folder& folder, const NameFile& name_file);
/// Workflow commands of GitHub Actions, a line each: `::warning file=…,line=…::message`.
[[nodiscard]] std::string to_github(const Linted& linted, const NameFile& name_file);
/// GitLab's code quality report: a JSON array. Fingerprints depend on rule, file and the words of the line, not on where it stands, so that moved lines are no new findings.
[[nodiscard]] std::string to_gitlab(const Linted& linted, const Folder& folder, const NameFile& name_file);

}  // namespace waymark::lint
