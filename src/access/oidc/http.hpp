/// Asking another server, as far as signing in needs it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace waymark::access::oidc {

struct HttpRequest {
  enum class Method { get, post } method = Method::get;
  std::string address;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string form = {};  ///< of post: `application/x-www-form-urlencoded`
};

struct HttpAnswer {
  int status = 0;
  std::string body;
};

/// Safe from any thread. Blocks the caller.
class Http {
 public:
  virtual ~Http() = default;
  /// Any status is an answer; unavailable when there was none. The error names the server and no secret.
  [[nodiscard]] virtual Result<HttpAnswer> send(const HttpRequest& request) = 0;
};

/// libcurl, loaded at the first request. https only, and http to this very machine; certificates are checked; redirects are not followed;
/// an answer of more than a MiB is refused. `time_limit` is for a whole request.
[[nodiscard]] std::unique_ptr<Http> make_http(std::chrono::milliseconds time_limit = std::chrono::seconds{10});

/// `https://…`, or `http://` to localhost, 127.0.0.1 or [::1]; without blanks and control characters.
[[nodiscard]] bool is_safe_address(std::string_view address);

}  // namespace waymark::access::oidc
