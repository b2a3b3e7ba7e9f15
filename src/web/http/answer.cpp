#include "web/http/answer.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "web/http/negotiation.hpp"

namespace waymark::web::http {
namespace {

constexpr int first_status = 200;
constexpr int last_status = 599;

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "";  // allowed to be empty; the space before it is not
  }
}

std::vector<std::string> make_status_lines() {
  std::vector<std::string> lines;
  for (int status = first_status; status <= last_status; ++status) lines.push_back(fmt::format("HTTP/1.1 {} {}\r\n", status, reason_phrase(status)));
  return lines;
}

std::string_view status_line(int status) {
  static const std::vector<std::string> lines = make_status_lines();
  return lines[static_cast<std::size_t>(status - first_status)];
}

/// RFC 9110, section 5.6.7. Not strftime, which speaks the locale's language.
std::string http_date(std::time_t now) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&now, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                     months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
  });
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

bool names(const Headers& headers, std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return to_lower_ascii(header.first) == lower; });
}

/// What only the server knows.
bool is_for_the_server_alone(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  return lower == "content-length" || lower == "connection" || lower == "transfer-encoding" || lower == "date" || lower == "keep-alive";
}

bool may_have_body(int status) { return status != 204 && status != 304; }

}  // namespace

void append_header(std::string& lines, std::string_view name, std::string_view value) {
  if (!is_token(name)) throw std::invalid_argument(fmt::format("'{}' cannot be the name of a header", name));
  if (std::any_of(value.begin(), value.end(), is_control)) throw std::invalid_argument(fmt::format("the header {} holds a control character", name));
  lines.append(name).append(": ").append(value).append("\r\n");
}

ServerHeaders::ServerHeaders(Headers headers) : m_headers(std::move(headers)) { (void)lines(Persistence::keep, 0); }

std::shared_ptr<const std::string> ServerHeaders::lines(Persistence persistence, std::time_t now) {
  if (now != m_made_at) {
    for (const auto each : {Persistence::keep, Persistence::keep_and_say_so, Persistence::close}) {
      m_lines.at(static_cast<std::size_t>(each)) = lines_besides({}, each, now);
    }
    m_made_at = now;
  }
  return m_lines.at(static_cast<std::size_t>(persistence));
}

std::shared_ptr<const std::string> ServerHeaders::lines_besides(const Headers& own, Persistence persistence, std::time_t now) const {
  std::string lines;
  for (const auto& [name, value] : m_headers) {
    if (!names(own, name)) append_header(lines, name, value);
  }
  append_header(lines, "Date", http_date(now));
  if (persistence == Persistence::keep_and_say_so) append_header(lines, "Connection", "keep-alive");
  if (persistence == Persistence::close) append_header(lines, "Connection", "close");
  lines += "\r\n";
  return std::make_shared<const std::string>(std::move(lines));
}

std::array<std::string_view, 5> Answer::pieces() const {
  return {status_line(status), representation_lines, own_lines, *server_lines, own_body.empty() ? representation_body : std::string_view(own_body)};
}

namespace {

void append_request_id(std::string& lines, std::string_view id) {
  if (!id.empty()) lines.append("X-Request-Id: ").append(id).append("\r\n");
}

void attach(Answer& answer, const Request& request, std::shared_ptr<const Representation> representation) {
  const Representation::Encoded& encoded = choose_encoding(request, *representation);
  if (answer.status == 200 && has_already(request, encoded.etag)) {
    answer.status = 304;
    answer.representation_lines = encoded.not_modified_headers;
  } else {
    answer.representation_lines = encoded.headers;
    if (request.method == Method::head) {
      answer.representation_body = {};
    } else if (&encoded == &representation->brotli_encoded) {
      answer.representation_body = representation->brotli;
    } else if (&encoded == &representation->gzip_encoded) {
      answer.representation_body = representation->gzip;
    } else {
      answer.representation_body = representation->body;
    }
  }
  answer.representation = std::move(representation);
}

}  // namespace

Answer answer_with(const Request& request, std::shared_ptr<const Representation> representation, ServerHeaders& server, Persistence persistence,
                   std::time_t now) {
  Answer answer;
  answer.closes = persistence == Persistence::close;
  answer.server_lines =
      representation->extra_headers.empty() ? server.lines(persistence, now) : server.lines_besides(representation->extra_headers, persistence, now);
  attach(answer, request, std::move(representation));
  append_request_id(answer.own_lines, request.id);
  return answer;
}

Answer answer_with(const Request& request, Response response, ServerHeaders& server, Persistence persistence, std::time_t now) {
  if (response.status < first_status || response.status > last_status) {
    throw std::invalid_argument(fmt::format("{} is no status of a final response", response.status));
  }
  Answer answer;
  answer.status = response.status;
  answer.closes = persistence == Persistence::close;
  Headers replaced = response.headers;
  if (response.representation != nullptr) {
    const Headers& extra = response.representation->extra_headers;
    replaced.insert(replaced.end(), extra.begin(), extra.end());
    attach(answer, request, std::move(response.representation));
  } else if (may_have_body(response.status)) {
    append_header(answer.own_lines, "Content-Length", std::to_string(response.body.size()));
    if (request.method != Method::head) answer.own_body = std::move(response.body);
  }
  for (const auto& [name, value] : response.headers) {
    if (!is_for_the_server_alone(name)) append_header(answer.own_lines, name, value);
  }
  append_request_id(answer.own_lines, request.id);
  answer.server_lines = server.lines_besides(replaced, persistence, now);
  return answer;
}

Answer answer_with(const Refusal& refusal, ServerHeaders& server, std::time_t now, std::string_view request_id) {
  Response response = Response::text(refusal.status, refusal.reason + "\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  Request unread;
  unread.id = request_id;
  return answer_with(unread, std::move(response), server, Persistence::close, now);
}

}  // namespace waymark::web::http
