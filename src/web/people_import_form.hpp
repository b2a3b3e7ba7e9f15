/// The mapping of an import of people as a form: columns, days, titles and words, chosen without a script.
#pragma once

#include "org/import/plan.hpp"
#include "web/pages/sheet.hpp"
#include "web/routes.hpp"

namespace waymark::web {

/// What the form says, with the levels of the pathway that is served. What it does not say is guessed. bad_input for a day that is none.
[[nodiscard]] Result<org::ImportRequest> import_request(const Visit& visit);

/// Filled with what was said and guessed. At most 150 titles and 60 other words are asked about, those of most people; the rest is guessed.
[[nodiscard]] pages::Form import_mapping_form(const Visit& visit, const org::Table& table, const org::ImportPlan& plan, const org::ImportRequest& request);

/// Everything that form would send, as hidden fields.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> as_hidden(const pages::Form& form);

}  // namespace waymark::web
