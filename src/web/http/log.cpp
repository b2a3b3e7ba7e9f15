#include "web/http/log.hpp"

#include <algorithm>
#include <atomic>
#include <memory>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/text.hpp"

namespace waymark::web::http {
namespace {

std::atomic<LogFormat> format_now = LogFormat::text;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string printable(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (is_control(c)) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string in_words(std::string_view text) {
  const bool plain = !text.empty() && std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == ' ' || c == '"' || c == '='; });
  return plain ? std::string(text) : fmt::format("\"{}\"", replace_all(printable(text), "\"", "\\\""));
}

std::string in_json(std::string_view text) {
  return boost::json::serialize(boost::json::string(is_valid_utf8(text) ? std::string(text) : std::string("(not UTF-8)")));
}

}  // namespace

std::string log_line(LogFormat format, std::string_view message, LogFields fields) {
  const bool json = format == LogFormat::json;
  std::string line = json ? fmt::format("\"message\":{}", in_json(message)) : printable(message);
  for (const auto& [name, value] : fields) {
    if (const auto* const number = std::get_if<std::int64_t>(&value)) {
      line += json ? fmt::format(",\"{}\":{}", name, *number) : fmt::format(" {}={}", name, *number);
    } else {
      const std::string_view text = std::get<std::string_view>(value);
      line += json ? fmt::format(",\"{}\":{}", name, in_json(text)) : fmt::format(" {}={}", name, in_words(text));
    }
  }
  return line;
}

void log_as(LogFormat format) {
  format_now = format;
  auto logger = std::make_shared<spdlog::logger>("waymark", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern(format == LogFormat::json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                      spdlog::pattern_time_type::utc);
  spdlog::set_default_logger(std::move(logger));
}

void log(LogLevel level, std::string_view message, LogFields fields) {
  const std::string line = log_line(format_now, message, fields);
  switch (level) {
    case LogLevel::info: spdlog::info("{}", line); break;
    case LogLevel::warning: spdlog::warn("{}", line); break;
    case LogLevel::error: spdlog::error("{}", line); break;
  }
}

}  // namespace waymark::web::http
