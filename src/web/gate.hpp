/// What stands between a request and its page: whether the viewer may, and whether a form is one of ours.
#pragma once

#include <optional>
#include <string>

#include "web/routes.hpp"

namespace waymark::web {

/// Nothing where the page may be made. Otherwise: to the sign-in and back, to the second factor that is still due, or 401 and 403 in words. A form that
/// came too late is shown once more with all that was typed but passwords and files, to be sent again; one from another site is only refused.
/// Where there are no accounts the viewer is the author. May throw db::DatabaseError.
[[nodiscard]] std::optional<http::Response> refusal_of(const Visit& visit, const Route& route);

/// Whether a page with this action and subject would be opened, so that no link leads to a refusal. May throw db::DatabaseError.
[[nodiscard]] bool may_open(const Visit& visit, access::Action action, About about);

/// Path and query of a request, percent-encoded.
[[nodiscard]] std::string target_of(const http::Request& request);

}  // namespace waymark::web
