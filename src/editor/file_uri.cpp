#include "editor/file_uri.hpp"

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::editor {
namespace {

constexpr std::string_view scheme = "file://";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Absent when a `%` does not begin an escape, and for NUL, which no path holds.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
      const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
      if (low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    }
    if (c == '\0') return std::nullopt;
    result += c;
  }
  return result;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~/").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::filesystem::path> path_of(std::string_view uri) {
  if (to_lower_ascii(uri.substr(0, scheme.size())) != scheme) return std::nullopt;
  uri.remove_prefix(scheme.size());
  const std::string host = to_lower_ascii(uri.substr(0, uri.find('/')));
  if (!host.empty() && host != "localhost") return std::nullopt;
  uri.remove_prefix(host.size());
  const auto path = percent_decoded(uri.substr(0, uri.find_first_of("?#")));
  if (!path || !path->starts_with('/')) return std::nullopt;
  return std::filesystem::path(*path).lexically_normal();
}

std::string uri_of(const std::filesystem::path& path) {
  std::string uri(scheme);
  for (const char c : path.native()) {
    if (is_plain(c)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

}  // namespace waymark::editor
