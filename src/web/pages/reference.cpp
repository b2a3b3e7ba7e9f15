#include "web/pages/reference.hpp"

namespace waymark::web::pages {

void add_each(Values values, const ReferenceMarkers& markers, const std::vector<Reference>& references) {
  for (const Reference& reference : references) {
    const Values row = values.add(markers.row);
    row.set(markers.title, reference.title);
    row.set(markers.href, reference.href);
  }
}

void show_each(Values values, std::string_view section, const ReferenceMarkers& markers, const std::vector<Reference>& references) {
  if (!references.empty()) add_each(values.add(section), markers, references);
}

}  // namespace waymark::web::pages
