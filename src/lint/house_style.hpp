/// What an organisation asks of its own pathway: `lint:` in pathway.yaml (doc/pathway-format.md).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "pathway/pathway.hpp"

namespace waymark::lint {

struct HouseStyle {
  std::map<std::string, std::optional<Severity>, std::less<>> severities;  ///< by rule; nothing: switched off
  std::vector<std::string> allowed_words;                                  ///< in lower case, words separated by one space
  std::size_t examples = 3;                                                ///< at least so many under "What it looks like"
  int review_months = 12;                                                  ///< a page is to be read again after so many
  bool review_every_page = false;                                          ///< `review_months` was asked for: a page without a date is a finding too
  std::optional<double> engineers;                                         ///< how many the organisation has

  [[nodiscard]] bool is_off(std::string_view rule) const;
  /// `phrase` in any case; white space and hyphens are alike.
  [[nodiscard]] bool allows(std::string_view phrase) const;
};

/// Never fails: what cannot be understood is a finding (`unknown-rule`, `lint-setting`) and left at its default.
[[nodiscard]] HouseStyle read_house_style(const pathway::Pathway& pathway, Findings& findings);

}  // namespace waymark::lint
