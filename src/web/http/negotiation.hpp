/// What a client accepts and what it has already: RFC 9110, sections 12.5.3 and 13.1.2. Pure.
#pragma once

#include <string_view>

#include "web/http/message.hpp"

namespace waymark::web::http {

/// The encoding of `representation` that the request's Accept-Encoding weighs highest, of those it has; the smaller one of equals. The plain
/// one where nothing is accepted: a body is of more use than a refusal.
[[nodiscard]] const Representation::Encoded& choose_encoding(const Request& request, const Representation& representation);

/// Whether If-None-Match names `etag` (weak comparison, as the RFC asks) or is `*`. False without the header, and for methods other
/// than GET and HEAD.
[[nodiscard]] bool has_already(const Request& request, std::string_view etag);

}  // namespace waymark::web::http
