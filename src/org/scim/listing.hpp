/// Inside the folder only: filters, order and pages of resources, and what stands in their `meta`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "org/scim/directory_records.hpp"
#include "org/scim/json.hpp"
#include "org/scim/resources.hpp"
#include "org/scim/service.hpp"

namespace waymark::org::scim {

/// The hash of what the resource says; its `meta` does not count.
[[nodiscard]] std::string version_of(const boost::json::object& resource);
[[nodiscard]] std::string location_of(const boost::json::object& resource);
void add_meta(boost::json::object& resource, const ResourceType& type, const std::string& address, const Recorded& dates);

using Dates = std::function<std::vector<Recorded>(const std::vector<std::uint32_t>&)>;
[[nodiscard]] Answer<Reply> list_resources(const Resources& kind, const View& view, const Asked& asked, const Dates& dates);

}  // namespace waymark::org::scim
