/// From the bytes of a connection to a Request, or the refusal they deserve. Pure; what the server and its fuzz target share.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "web/http/message.hpp"

namespace waymark::web::http {

struct Refusal {
  int status = 400;
  std::string reason;  ///< for the person at the other end: what is wrong, and what to do
};

/// What a request may take; more is refused with 431 or 413.
struct ReadLimits {
  std::size_t header_bytes = 16u << 10;
  std::size_t body_bytes = 1u << 20;
};

/// Splits and decodes a request target in origin form or absolute form ("http://host/path?query"); of the latter the authority becomes
/// the one Host of `into`.
[[nodiscard]] tl::expected<void, Refusal> read_target(std::string_view target, Request& into);

/// The names and values of `a=1&b=two+words`, decoded, in order. Absent where a % has no two digits behind it, a value is not UTF-8 or holds a zero
/// byte, or there are more than 2,000.
[[nodiscard]] std::optional<Headers> parse_urlencoded(std::string_view text);

/// A name or address with or without a port, as Host carries it.
[[nodiscard]] bool is_host(std::string_view text);

/// Reads one request after another from a stream of bytes. Refused are: no Host or several, a Host that is none, any Transfer-Encoding but
/// one "chunked", Content-Length twice or beside Transfer-Encoding, folded lines, line ends of a bare LF, a target that is not visible ASCII,
/// another version than 1.0 and 1.1, an Expect other than 100-continue. Trailers are read and left out.
class RequestReader {
 public:
  explicit RequestReader(ReadLimits limits);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) = delete;

  enum class Stage {
    head,      ///< not at the end of the header yet
    body,      ///< header read and good; body not complete
    complete,  ///< request() is good until reset()
  };

  /// Takes what it can from the front of `bytes` and says how much that was; the rest must stand at the front of the next call, with more
  /// bytes behind it. What follows a complete request is left. REQUIRES that it is neither complete nor has refused.
  [[nodiscard]] tl::expected<std::size_t, Refusal> feed(std::string_view bytes);
  [[nodiscard]] Stage stage() const;
  /// The client waits for "100 Continue" before it sends the body: it said so, and no byte of the body has come.
  [[nodiscard]] bool expects_continue() const;
  /// REQUIRES stage() is complete, for these three.
  [[nodiscard]] Request& request();
  [[nodiscard]] bool keeps_alive() const;
  [[nodiscard]] bool is_http_1_0() const;
  /// Ready for the next request.
  void reset();

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

/// A complete request (header and body) from the front of `bytes`, as RequestReader reads it; one that is not complete is refused. For tests
/// and fuzzing.
[[nodiscard]] tl::expected<Request, Refusal> read_request(std::string_view bytes);

}  // namespace waymark::web::http
