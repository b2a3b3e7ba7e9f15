#include "lint/explanation.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "embedded/lint_explanations.hpp"

namespace waymark::lint {

std::optional<Explanation> explain(std::string_view rule) {
  const RuleInfo* const known = find_rule(rule);
  if (known == nullptr) return std::nullopt;
  for (const embedded::File& file : embedded::lint_explanations()) {
    if (file.name.substr(0, file.name.rfind('.')) != rule) continue;
    const std::string_view first = file.bytes.substr(0, file.bytes.find('\n'));
    return Explanation{*known, trim(first.starts_with("# ") ? first.substr(2) : first),
                       file.bytes.substr(std::min(first.size() + 1, file.bytes.size())), file.bytes};
  }
  return std::nullopt;
}

}  // namespace waymark::lint
