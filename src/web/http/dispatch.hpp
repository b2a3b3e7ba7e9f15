/// The border between the server and the handlers: what they throw ends here, logged, and a person gets words and a reference id.
#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "web/http/server.hpp"

namespace waymark::web::http {

[[nodiscard]] Response handle(const Handler& handler, const Request& request);
/// nullptr where a worker must answer; a response only where `ready` threw.
[[nodiscard]] tl::expected<std::shared_ptr<const Representation>, Response> handle_at_once(const ReadyHandler& ready, const Request& request);

/// 500 with the request's id as the reference, under which `what` is logged.
[[nodiscard]] Response internal_error(const Request& request, std::string_view what);

/// The system has no more descriptors or memory for connections.
void log_accept_failure(std::string_view url, int error);
void log_broken_connection(std::string_view what);

}  // namespace waymark::web::http
