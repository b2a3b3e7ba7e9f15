/// SCIM 2.0 over HTTP, and the pages on which directories are connected. One function a row of the route table; REQUIRE an installation, and that the viewer may.
#pragma once

#include <string_view>

#include "web/routes.hpp"

namespace waymark::web::handlers {

// For a directory (scim_handlers.cpp)
[[nodiscard]] http::Response scim_configuration(const Visit& visit);
[[nodiscard]] http::Response scim_resource_types(const Visit& visit);
[[nodiscard]] http::Response scim_resource_type(const Visit& visit);
[[nodiscard]] http::Response scim_schemas(const Visit& visit);
[[nodiscard]] http::Response scim_schema(const Visit& visit);
[[nodiscard]] http::Response scim_list(const Visit& visit);
[[nodiscard]] http::Response scim_search(const Visit& visit);
[[nodiscard]] http::Response scim_get(const Visit& visit);
[[nodiscard]] http::Response scim_create(const Visit& visit);
[[nodiscard]] http::Response scim_replace(const Visit& visit);
[[nodiscard]] http::Response scim_patch(const Visit& visit);
[[nodiscard]] http::Response scim_remove(const Visit& visit);
/// 501 for what the standard knows and this service does not do (Bulk, /.search, /Me), else 404: whatever the method.
[[nodiscard]] http::Response scim_elsewhere(const Visit& visit);

/// 405, or 501 for a method that nothing here takes.
[[nodiscard]] http::Response scim_not_allowed(const Visit& visit);

/// In the form of RFC 7644, section 3.12.
[[nodiscard]] http::Response scim_error(int status, std::string_view type, std::string_view detail);
/// 401 for whoever brings no token of a directory, 403 for somebody with an account.
[[nodiscard]] http::Response no_directory(const Visit& visit);

// For an administrator (directory_handlers.cpp)
[[nodiscard]] http::Response directories(const Visit& visit);
[[nodiscard]] http::Response directory_form(const Visit& visit);
[[nodiscard]] http::Response connect_directory(const Visit& visit);
[[nodiscard]] http::Response directory(const Visit& visit);
[[nodiscard]] http::Response change_directory_groups(const Visit& visit);
[[nodiscard]] http::Response renew_directory_token(const Visit& visit);
[[nodiscard]] http::Response withdraw_directory(const Visit& visit);

}  // namespace waymark::web::handlers
