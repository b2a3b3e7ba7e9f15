// What the server makes of bytes: no crash, the promises of Request kept, and the same request however the bytes are cut.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "web/http/request_reader.hpp"

namespace {

using namespace waymark::web::http;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_promises(const Request& request) {
  require(request.path.starts_with('/'));
  require(waymark::is_valid_utf8(request.path));
  require(request.path.find('\0') == std::string::npos);
  require((request.path + "/").find("/../") == std::string::npos);
  for (const auto& [name, value] : request.query) require(waymark::is_valid_utf8(name) && waymark::is_valid_utf8(value));
  std::size_t hosts = 0;
  for (const auto& [name, value] : request.headers) {
    require(!name.empty() && name == waymark::to_lower_ascii(name));
    require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    if (name == "host") ++hosts;
  }
  require(hosts <= 1);
  require(request.body.size() <= ReadLimits{}.body_bytes);
}

/// The first request in `bytes`, shown to the reader in pieces of `step`.
std::optional<Request> read_in_pieces(std::string_view bytes, std::size_t step) {
  RequestReader reader(ReadLimits{});
  std::size_t taken = 0;
  for (std::size_t shown = 0; shown < bytes.size() && reader.stage() != RequestReader::Stage::complete;) {
    shown = std::min(bytes.size(), shown + step);
    const auto used = reader.feed(bytes.substr(taken, shown - taken));
    if (!used) return std::nullopt;
    require(*used <= shown - taken);
    taken += *used;
  }
  if (reader.stage() != RequestReader::Stage::complete) return std::nullopt;
  return std::move(reader.request());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = 1 + data[0] % 64;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = read_request(bytes);
  if (whole) check_promises(*whole);
  const auto pieces = read_in_pieces(bytes, step);
  require(whole.has_value() == pieces.has_value());
  if (whole)
    require(whole->path == pieces->path && whole->headers == pieces->headers && whole->query == pieces->query && whole->body == pieces->body);
  Request request;
  if (read_target(bytes, request)) check_promises(request);
  return 0;
}
