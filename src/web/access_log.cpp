#include "web/access_log.hpp"

#include "web/http/log.hpp"
#include "web/routes.hpp"

namespace waymark::web {

void log_exchange(const http::Exchange& exchange) {
  const std::optional<Match> found = exchange.path.empty() ? std::nullopt : match(exchange.path, exchange.method);
  http::log(http::LogLevel::info, "request",
            {{"request", exchange.request_id},
             {"client", exchange.remote_address.empty() ? std::string_view("unix") : exchange.remote_address},
             {"method", http::to_string(exchange.method)},
             {"route", found ? found->route->pattern : std::string_view("none")},
             {"status", std::int64_t{exchange.status}},
             {"bytes", static_cast<std::int64_t>(exchange.body_bytes)},
             {"microseconds", static_cast<std::int64_t>(exchange.time.count())}});
}

}  // namespace waymark::web
