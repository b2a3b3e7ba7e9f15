#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "web/http/request_reader.hpp"

namespace waymark::web::http {
namespace {

tl::unexpected<Refusal> refuse(std::string reason) { return tl::unexpected<Refusal>(Refusal{400, std::move(reason)}); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { is_plus, is_space };

/// Not by Boost.URL, which refuses the `|`, `{` and `^` that browsers leave bare in a query.
tl::expected<std::string, Refusal> decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  bool was_encoded = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::is_space) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return refuse("The address holds a % without two hexadecimal digits; write a percent sign as %25.");
      if (high == 0 && low == 0) return refuse("The address holds a zero byte (%00); leave it out.");
      decoded += static_cast<char>(high * 16 + low);
      was_encoded = true;
      i += 2;
    }
  }
  if (was_encoded && !is_valid_utf8(decoded)) return refuse("The address is not UTF-8 once decoded; encode it as UTF-8.");
  return decoded;
}

tl::expected<void, Refusal> read_pairs(std::string_view text, Headers& into) {
  while (!text.empty()) {
    const auto end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), Plus::is_space);
    if (!name) return tl::unexpected<Refusal>(name.error());
    auto value = decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), Plus::is_space);
    if (!value) return tl::unexpected<Refusal>(value.error());
    into.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

bool climbs(std::string_view path) {
  if (path.find("/.") == std::string_view::npos) return false;
  const auto segments = split(path, '/');
  return std::any_of(segments.begin(), segments.end(), [](std::string_view segment) { return segment == "." || segment == ".."; });
}

void replace_host(Request& request, std::string_view authority) {
  const auto found = std::find_if(request.headers.begin(), request.headers.end(), [](const auto& header) { return header.first == "host"; });
  if (found == request.headers.end()) {
    request.headers.emplace_back("host", authority);
  } else {
    found->second = authority;
  }
}

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

}  // namespace

bool is_host(std::string_view text) {
  std::string_view port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    const std::string_view address = text.substr(1, end - 1);
    if (!std::all_of(address.begin(), address.end(), [](char c) { return hex_digit(c) >= 0 || c == ':' || c == '.'; })) return false;
    port = text.substr(end + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    const std::string_view name = text.substr(0, colon);
    const auto fits = [](char c) { return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) return false;
    port = text.substr(colon);
  }
  if (port.empty()) return true;
  return port.starts_with(':') && port.size() <= 6 && std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

tl::expected<void, Refusal> read_target(std::string_view target, Request& into) {
  if (target.empty()) return refuse("The request names no address.");
  if (!std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; })) {
    return refuse("The address holds bytes other than visible ASCII; percent-encode them.");
  }
  if (target.find('#') != std::string_view::npos) return refuse("The address holds a #; that part stays in the browser, or is written %23.");
  if (!target.starts_with('/')) {
    const std::string scheme = to_lower_ascii(target.substr(0, 8));
    const std::size_t scheme_size = scheme == "https://" ? 8 : scheme.starts_with("http://") ? 7 : 0;
    if (scheme_size == 0) return refuse("The address must begin with a slash, or with http:// or https://.");
    target.remove_prefix(scheme_size);
    const auto authority_end = std::min(target.find_first_of("/?"), target.size());
    const std::string_view authority = target.substr(0, authority_end);
    if (!is_host(authority)) return refuse("The address names no valid host.");
    replace_host(into, authority);
    target.remove_prefix(authority_end);
  }
  const auto query_start = std::min(target.find('?'), target.size());
  auto path = decode(target.substr(0, query_start), Plus::is_plus);
  if (!path) return tl::unexpected<Refusal>(path.error());
  if (path->empty()) *path = "/";
  if (climbs(*path)) return refuse("The address holds a . or .. step; name the page itself.");
  into.path = std::move(*path);
  into.query.clear();
  return query_start == target.size() ? tl::expected<void, Refusal>() : read_pairs(target.substr(query_start + 1), into.query);
}

std::optional<Headers> parse_urlencoded(std::string_view text) {
  Headers fields;
  if (std::count(text.begin(), text.end(), '&') >= 2000 || !read_pairs(text, fields)) return std::nullopt;
  return fields;
}

}  // namespace waymark::web::http
