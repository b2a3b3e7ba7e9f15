/// The page behind each rule: why it matters, a bad and a good example, how to write it instead. Files of explanations/, embedded.
#pragma once

#include <optional>
#include <string_view>

#include "lint/rule.hpp"

namespace waymark::lint {

struct Explanation {
  RuleInfo rule;
  std::string_view title;     ///< of its first line, without the `#`
  std::string_view body;      ///< Markdown behind the title
  std::string_view markdown;  ///< the whole file
};

/// Absent when there is no such rule. Every rule of all_rules() has one. The views live as long as the program.
[[nodiscard]] std::optional<Explanation> explain(std::string_view rule);

}  // namespace waymark::lint
