/// The log of the server: one line an event, in words for a person or as JSON for a program. What stands in it is about the machine: routes by their pattern,
/// ids of requests; no address of a page as it was asked for, no query, nothing that somebody typed, no token.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace waymark::web::http {

enum class LogFormat { text, json };
enum class LogLevel { info, warning, error };

using LogValue = std::variant<std::string_view, std::int64_t>;
/// A name in lower case with underscores, and what it is.
using LogField = std::pair<std::string_view, LogValue>;
using LogFields = std::initializer_list<LogField>;

/// Of all that is logged from now on, to standard error. Call it before other threads log.
void log_as(LogFormat format);

/// Any thread. A control character in `message` or a value does not end the line.
void log(LogLevel level, std::string_view message, LogFields fields = {});

/// What `log` writes, without its time and level: `message name=value`, or the members of a JSON object.
[[nodiscard]] std::string log_line(LogFormat format, std::string_view message, LogFields fields);

}  // namespace waymark::web::http
