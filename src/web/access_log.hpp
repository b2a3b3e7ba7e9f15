/// The line of the log for a request.
#pragma once

#include "web/http/server.hpp"

namespace waymark::web {

/// By the route's pattern: in an address as it was asked for there can stand a name, an id or a token. Safe from any thread.
void log_exchange(const http::Exchange& exchange);

}  // namespace waymark::web
