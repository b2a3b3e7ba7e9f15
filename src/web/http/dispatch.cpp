#include "web/http/dispatch.hpp"

#include <exception>
#include <random>
#include <system_error>

#include <spdlog/spdlog.h>

namespace waymark::web::http {
namespace {

/// Short enough to be read out on the telephone, without letters that are mistaken for others.
std::string reference_id() {
  constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";
  static thread_local std::mt19937_64 generator{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
  std::string id;
  for (int i = 0; i < 8; ++i) id += letters[any(generator)];
  return id;
}

/// A line of the log stays one line, whatever stood in the address.
std::string printable(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace

Response internal_error(const Request& request, std::string_view what) {
  const std::string id = reference_id();
  spdlog::error("[{}] {} {} failed: {}", id, to_string(request.method), printable(request.path), printable(what));
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
  spdlog::warn("No more connections can be taken on {} for now: {}. Raise the limit of open files (ulimit -n).", url,
               std::generic_category().message(error));
}

void log_broken_connection(std::string_view what) { spdlog::error("A connection broke: {}", printable(what)); }

}  // namespace waymark::web::http
