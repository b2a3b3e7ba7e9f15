/// Changes of a pathway, as a page shows them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pathway/version_difference.hpp"
#include "web/pages/sheet.hpp"

namespace waymark::web {

/// A section a kind of change, in the order of `changes`. `address` gives where a subject can be read, or nothing.
[[nodiscard]] std::vector<pages::Sheet::Section> change_sections(const std::vector<pathway::VersionChange>& changes,
                                                                 const std::function<std::string(std::string_view)>& address);

/// With its first letter large.
[[nodiscard]] std::string capitalised(std::string text);

}  // namespace waymark::web
