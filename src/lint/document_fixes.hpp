/// Fixes for what the loader found: it only says what is wrong.
#pragma once

#include "base/finding.hpp"
#include "lint/documents.hpp"

namespace waymark::lint {

void add_fixes(const pathway::Pathway& pathway, const Documents& documents, Findings& findings);

}  // namespace waymark::lint
