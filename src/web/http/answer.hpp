/// From a response to the bytes that answer a request. Pure but for what ServerHeaders remembers.
#pragma once

#include <array>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>

#include "web/http/message.hpp"
#include "web/http/request_reader.hpp"

namespace waymark::web::http {

/// What the connection does after the answer; HTTP/1.0 wants to be told that it stays.
enum class Persistence { keep, keep_and_say_so, close };

/// `name: value` and the line end. Throws std::invalid_argument where name is no token or value holds a control character.
void append_header(std::string& lines, std::string_view name, std::string_view value);

/// The end of every head: the configured headers, Date, Connection and the empty line. One for each I/O thread; not thread-safe.
class ServerHeaders {
 public:
  /// Throws std::invalid_argument as append_header does.
  explicit ServerHeaders(Headers headers);

  /// Laid out once a second; stays good for as long as it is held.
  [[nodiscard]] std::shared_ptr<const std::string> lines(Persistence persistence, std::time_t now);
  /// The same without the configured headers that `own` replaces.
  [[nodiscard]] std::shared_ptr<const std::string> lines_besides(const Headers& own, Persistence persistence, std::time_t now) const;

 private:
  Headers m_headers;
  std::time_t m_made_at = -1;
  std::array<std::shared_ptr<const std::string>, 3> m_lines;
};

/// Owns or shares everything that its pieces point into.
struct Answer {
  int status = 200;
  bool closes = false;  ///< the header says so
  std::shared_ptr<const Representation> representation;
  std::string_view representation_lines;
  std::string own_lines;
  std::shared_ptr<const std::string> server_lines;
  std::string own_body;
  std::string_view representation_body;

  /// To be sent one after the other. Valid while the answer is neither changed nor moved.
  [[nodiscard]] std::array<std::string_view, 5> pieces() const;
  [[nodiscard]] std::size_t body_size() const { return own_body.size() + representation_body.size(); }
};

[[nodiscard]] Answer answer_with(const Request& request, std::shared_ptr<const Representation> representation, ServerHeaders& server,
                                 Persistence persistence, std::time_t now);
/// Throws std::invalid_argument where a header or the status cannot be sent.
[[nodiscard]] Answer answer_with(const Request& request, Response response, ServerHeaders& server, Persistence persistence, std::time_t now);
/// In words, and the connection is closed: what follows on it cannot be trusted.
[[nodiscard]] Answer answer_with(const Refusal& refusal, ServerHeaders& server, std::time_t now, std::string_view request_id = {});

}  // namespace waymark::web::http
