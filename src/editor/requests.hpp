/// The requests about documents: from parameters to a result.
#pragma once

#include <string>
#include <string_view>

#include "editor/message.hpp"
#include "editor/session.hpp"

namespace waymark::editor {

/// Whether a request of this name is answered by answer_request().
[[nodiscard]] bool knows_request(std::string_view method);

/// The result as JSON; `null` where there is nothing to say. invalid_params when a parameter is missing, request_failed when it cannot be done.
/// REQUIRES knows_request(message.method()).
[[nodiscard]] Answer<std::string> answer_request(Session& session, const Message& message);

}  // namespace waymark::editor
