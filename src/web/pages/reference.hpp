/// A link with its words, and lists of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/pages/values.hpp"

namespace waymark::web::pages {

struct Reference {
  std::string title;
  std::string href;
};

/// The names a template gives to a repeated link: the section that is one of them, and the two markers in it.
struct ReferenceMarkers {
  std::string_view row;
  std::string_view title;
  std::string_view href;
};

/// One showing of the row for each.
void add_each(Values values, const ReferenceMarkers& markers, const std::vector<Reference>& references);
/// The same inside `section`, which is not shown when there is none.
void show_each(Values values, std::string_view section, const ReferenceMarkers& markers, const std::vector<Reference>& references);

}  // namespace waymark::web::pages
