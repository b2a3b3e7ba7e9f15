/// What a request is called in every line of the log, in the answer (X-Request-Id) and on the page of somebody whom it went wrong for.
#pragma once

#include <string>
#include <string_view>

#include "web/http/message.hpp"

namespace waymark::web::http {

/// Twelve letters and digits, without those that are mistaken for others when they are read out.
[[nodiscard]] std::string new_request_id();
/// Whether what a proxy sent can be one: 8 to 64 letters, digits, `-`, `_` and `.`.
[[nodiscard]] bool is_request_id(std::string_view text);
/// The request's, or a new one where it has none.
[[nodiscard]] std::string id_of(const Request& request);

}  // namespace waymark::web::http
