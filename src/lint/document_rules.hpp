/// Rules that no file of rules/ checks: what the loader and the readers below it say, what is said about house style and about what was allowed, and about statements (lint_statement).
#pragma once

#include <span>

#include "lint/rule.hpp"

namespace waymark::lint {

/// By family, then as they are met.
[[nodiscard]] std::span<const RuleInfo> document_rules();

}  // namespace waymark::lint
