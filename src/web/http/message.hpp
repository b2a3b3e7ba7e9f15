/// What a handler sees of HTTP: a request as a value in, a response as a value out. No header of Beast here or anywhere outside web/http.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace waymark::web::http {

enum class Method { get, head, post, put, patch, delete_, options, other };

[[nodiscard]] std::string_view to_string(Method method);  ///< "GET"; "other" for other

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Owns everything; already checked: exactly one well-formed Host (HTTP/1.0 may come without), a target of visible ASCII, percent-encoding
/// well formed and decoding to UTF-8 without NUL, no `.` or `..` segments, a body within the limit.
/// Other header values are as they came: visible ASCII, spaces, tabs and any bytes from 0x80.
struct Request {
  Method method = Method::get;
  std::string path;  ///< decoded, begins with '/'; an encoded slash is a slash
  Headers query;     ///< decoded, in order; '+' is a space
  Headers headers;   ///< names in lower case, in order; of an absolute-form target, its authority is the Host
  std::string body;
  std::string remote_address;  ///< of the client, as far as it can be believed (forwarded.hpp); empty on a unix socket
  std::string id = {};         ///< request_id.hpp; the server gives every request one

  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;         ///< the first, or empty
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;  ///< the first of the query
};

/// Best costs up to a second a megabyte and is for what is made once; fast is for what is made while somebody waits.
enum class Compression { fast, best };

/// An immutable representation made once and sent many times: the bytes, precompressed, with their strong ETags and header lines.
/// Compressed only where it is text and a tenth is saved.
struct Representation {
  Representation(std::string content_type, std::string cache_control, std::string body, Compression compression, Headers extra_headers = {});

  std::string content_type;
  std::string cache_control;  ///< empty: none sent
  std::string body;
  std::string gzip;       ///< empty: not worth it
  std::string brotli;     ///< empty: not worth it
  std::string etag;       ///< quoted, of the plain body
  Headers extra_headers;  ///< sent with 200 and 304; each replaces the server's header of that name

  /// What the server sends of it, laid out ahead so that answering formats nothing.
  struct Encoded {
    std::string etag;                  ///< quoted; another one for each encoding
    std::string headers;               ///< complete lines of a 200
    std::string not_modified_headers;  ///< complete lines of a 304
  };
  Encoded plain_encoded, gzip_encoded, brotli_encoded;
};

[[nodiscard]] std::shared_ptr<const Representation> make_representation(std::string content_type, std::string cache_control, std::string body,
                                                                        Compression compression, Headers extra_headers = {});

struct Response {
  int status = 200;  ///< 200 to 599
  /// Each replaces the server's header of that name. Content-Length, Connection, Transfer-Encoding and Date are the server's and left out.
  /// A name that is not a token, or a control character in a value, makes the response a 500: it would split the message.
  Headers headers;
  std::string body;
  /// When set, body and content headers come from it, with content negotiation answered by the server and, where status is 200, conditional
  /// requests too; `headers` are sent besides.
  std::shared_ptr<const Representation> representation;

  [[nodiscard]] static Response text(int status, std::string body);
  [[nodiscard]] static Response html(int status, std::string body);
  [[nodiscard]] static Response see_other(std::string location);
};

}  // namespace waymark::web::http
