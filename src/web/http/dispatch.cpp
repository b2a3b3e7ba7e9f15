#include "web/http/dispatch.hpp"

#include <exception>
#include <system_error>

#include <fmt/format.h>

#include "web/http/log.hpp"
#include "web/http/request_id.hpp"

namespace waymark::web::http {
Response internal_error(const Request& request, std::string_view what) {
  const std::string id = id_of(request);
  log(LogLevel::error, "A request failed.", {{"request", id}, {"method", to_string(request.method)}, {"what", what}});
  Response response = Response::text(
      500, fmt::format("Something went wrong here. Try again; if it stays, tell the person who runs this site the reference {}.\n", id));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response handle(const Handler& handler, const Request& request) {
  try {
    return handler(request);
  } catch (const std::exception& exception) {
    return internal_error(request, exception.what());
  } catch (...) {
    return internal_error(request, "something that is no std::exception was thrown");
  }
}

tl::expected<std::shared_ptr<const Representation>, Response> handle_at_once(const ReadyHandler& ready, const Request& request) {
  if (!ready || (request.method != Method::get && request.method != Method::head)) return nullptr;
  try {
    return ready(request);
  } catch (const std::exception& exception) {
    return tl::unexpected<Response>(internal_error(request, exception.what()));
  } catch (...) {
    return tl::unexpected<Response>(internal_error(request, "something that is no std::exception was thrown"));
  }
}

void log_accept_failure(std::string_view url, int error) {
  const std::string what = std::generic_category().message(error);
  log(LogLevel::warning, "No more connections can be taken for now. Raise the limit of open files (ulimit -n).", {{"address", url}, {"what", what}});
}

void log_broken_connection(std::string_view what) { log(LogLevel::error, "A connection broke.", {{"what", what}}); }

}  // namespace waymark::web::http
