/// What the service says of itself: RFC 7644, section 4, and RFC 7643, sections 5 to 7. Each is a resource, or a list response of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "org/scim/directory.hpp"

namespace waymark::org::scim {

inline constexpr int default_count = 100;  ///< resources of one answer
inline constexpr int largest_count = 200;

/// As JSON. `address` is that of the service. Nothing where there is none of that name.
[[nodiscard]] std::string service_provider_config(const std::string& address);
[[nodiscard]] std::string resource_types(const std::string& address, GroupsAre groups);
[[nodiscard]] std::optional<std::string> resource_type(const std::string& address, GroupsAre groups, std::string_view name);
[[nodiscard]] std::string schemas(const std::string& address, GroupsAre groups);
[[nodiscard]] std::optional<std::string> schema(const std::string& address, GroupsAre groups, std::string_view urn);

}  // namespace waymark::org::scim
