/// `attributes` and `excludedAttributes`: RFC 7644, section 3.9. Immutable.
#pragma once

#include <string_view>
#include <vector>

#include "org/scim/json.hpp"
#include "org/scim/path.hpp"
#include "org/scim/refusal.hpp"

namespace waymark::org::scim {

class Projection {
 public:
  /// Names with commas between them; both empty: everything. invalidValue for what is no name. Where both are given, `only` counts.
  [[nodiscard]] static Answer<Projection> make(std::string_view only, std::string_view without, const ResourceType& type);

  /// `schemas` and `id` are always there.
  [[nodiscard]] boost::json::object of(const boost::json::object& resource) const;
  [[nodiscard]] bool is_everything() const { return m_places.empty() && !m_is_only; }

 private:
  std::vector<Place> m_places;
  bool m_is_only = false;
};

}  // namespace waymark::org::scim
