#include "web/http/request_reader.hpp"

#include <optional>

#include <boost/beast/http/basic_parser.hpp>

#include "base/text.hpp"

namespace waymark::web::http {
namespace {

namespace beast = boost::beast::http;
using BeastError = boost::beast::error_code;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(beast::verb verb) {
  switch (verb) {
    case beast::verb::get: return Method::get;
    case beast::verb::head: return Method::head;
    case beast::verb::post: return Method::post;
    case beast::verb::put: return Method::put;
    case beast::verb::patch: return Method::patch;
    case beast::verb::delete_: return Method::delete_;
    case beast::verb::options: return Method::options;
    default: return Method::other;
  }
}

Refusal header_too_large() { return {431, "The header of the request is too large; send shorter cookies and a shorter address."}; }
Refusal body_too_large(std::size_t limit) {
  return {413, "The body of the request is larger than the " + std::to_string(limit) + " bytes accepted here; send less at once."};
}

/// What Beast makes of the bytes, straight into a Request, with the checks that Beast leaves to us.
class Parser final : public beast::basic_parser<true> {
 public:
  Parser(Request& request, ReadLimits limits) : m_request(request) {
    eager(true);
    body_limit(limits.body_bytes);
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  }

  [[nodiscard]] const std::optional<Refusal>& refusal() const { return m_refusal; }
  [[nodiscard]] bool expects_continue() const { return m_expects_continue && m_version == 11; }
  [[nodiscard]] bool is_http_1_0() const { return m_version == 10; }

 private:
  void refuse(Refusal refusal, BeastError& error) {
    m_refusal = std::move(refusal);
    error = beast::error::bad_field;
  }

  void on_request_impl(beast::verb verb, boost::beast::string_view, boost::beast::string_view target, int version, BeastError&) override {
    m_request.method = method_of(verb);
    m_version = version;
    m_target = view(target);
  }

  void on_field_impl(beast::field field, boost::beast::string_view name, boost::beast::string_view value, BeastError& error) override {
    // A trailer must not become a header after the header was judged.
    if (m_header_done) return;
    switch (field) {
      case beast::field::host:
        if (++m_hosts > 1) return refuse({400, "The request has more than one Host header; send exactly one."}, error);
        break;
      case beast::field::content_length:
        if (++m_lengths > 1) return refuse({400, "The request has more than one Content-Length; send exactly one."}, error);
        if (value.find_first_not_of("0123456789") != boost::beast::string_view::npos) {
          return refuse({400, "The Content-Length is not a number; send the body's size in bytes."}, error);
        }
        break;
      case beast::field::transfer_encoding:
        if (++m_codings > 1) return refuse({400, "The request has more than one Transfer-Encoding; send exactly one."}, error);
        if (to_lower_ascii(view(value)) != "chunked") {
          return refuse({501, "The Transfer-Encoding of the request is not known here; send the body chunked or with a Content-Length."}, error);
        }
        break;
      case beast::field::expect:
        if (to_lower_ascii(view(value)) != "100-continue") {
          return refuse({417, "The request expects something other than 100-continue; leave the Expect header out."}, error);
        }
        m_expects_continue = true;
        break;
      default: break;
    }
    m_request.headers.emplace_back(to_lower_ascii(view(name)), view(value));
  }

  void on_header_impl(BeastError& error) override {
    m_header_done = true;
    if (m_codings > 0 && m_version == 10) return refuse({400, "HTTP/1.0 knows no Transfer-Encoding; send a Content-Length."}, error);
    const std::string_view host = m_request.header("host");
    if (m_hosts == 0 && m_version == 11) return refuse({400, "The request has no Host header; send exactly one."}, error);
    if (m_hosts == 1 && !is_host(host)) return refuse({400, "The Host header names no valid host."}, error);
    if (auto read = read_target(m_target, m_request); !read) return refuse(std::move(read.error()), error);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}
  std::size_t on_body_impl(boost::beast::string_view bytes, BeastError&) override {
    m_request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view bytes, BeastError& error) override { return on_body_impl(bytes, error); }
  void on_finish_impl(BeastError&) override {}
  void on_response_impl(int, boost::beast::string_view, int, BeastError&) override {}

  Request& m_request;
  std::string_view m_target;  // good until on_header_impl: the whole header is given to put() at once
  int m_version = 11;
  int m_hosts = 0;
  int m_lengths = 0;
  int m_codings = 0;
  bool m_expects_continue = false;
  bool m_header_done = false;
  std::optional<Refusal> m_refusal;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the first line has its three parts, the last of them a version of HTTP that could exist.
bool names_a_version(std::string_view header) {
  const std::string_view line = header.substr(0, header.find('\r'));
  if (split(line, ' ').size() != 3) return false;
  const std::string_view version = line.substr(line.rfind(' ') + 1);
  return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
}

Refusal refusal_of(const BeastError& error, std::string_view bytes, ReadLimits limits) {
  if (error == beast::error::body_limit) return body_too_large(limits.body_bytes);
  if (error == beast::error::header_limit) return header_too_large();
  if (error == beast::error::bad_version && names_a_version(bytes)) return {505, "That version of HTTP is not spoken here; use HTTP/1.1."};
  if (error == beast::error::bad_method || error == beast::error::bad_version) return {400, "The first line of the request is no HTTP request."};
  if (error == beast::error::bad_target) return {400, "The address holds bytes other than visible ASCII; percent-encode them."};
  if (error == beast::error::bad_content_length || error == beast::error::multiple_content_length || error == beast::error::bad_transfer_encoding) {
    return {400,
            "The request says in two ways, or in none that can be read, how long its body is; send one Content-Length or one Transfer-Encoding."};
  }
  if (error == beast::error::bad_chunk || error == beast::error::bad_chunk_extension) {
    return {400, "The chunks of the request's body cannot be read."};
  }
  if (error == beast::error::bad_line_ending) return {400, "A line of the request does not end in carriage return and line feed."};
  return {400, "A header of the request cannot be read; check its name and that its value holds no control character."};
}

}  // namespace

struct RequestReader::Parts {
  explicit Parts(ReadLimits read_limits) : limits(read_limits) {}

  /// The size of the header in `bytes` with its empty line, 0 when it has not ended. Looks at each line once, however the bytes come.
  tl::expected<std::size_t, Refusal> find_header_end(std::string_view bytes) {
    for (;;) {
      const auto line_feed = bytes.find('\n', searched);
      if (line_feed == std::string_view::npos || line_feed >= limits.header_bytes) {
        searched = bytes.size();
        if (bytes.size() > limits.header_bytes) return tl::unexpected<Refusal>(header_too_large());
        return 0;
      }
      if (line_feed == line_start || bytes[line_feed - 1] != '\r') {
        return tl::unexpected<Refusal>({400, "A line of the request ends in a bare line feed; end it in carriage return and line feed."});
      }
      if (line_feed == line_start + 1) return line_feed + 1;
      // Here, because Beast would join the folded lines.
      if (bytes[line_start] == ' ' || bytes[line_start] == '\t') {
        return tl::unexpected<Refusal>({400, "A header of the request is folded over two lines; send it on one."});
      }
      searched = line_start = line_feed + 1;
    }
  }

  tl::expected<std::size_t, Refusal> read_head(std::string_view bytes) {
    std::size_t skipped = 0;
    // RFC 9112, section 2.2: some clients send an empty line too many after a body.
    while (line_start == 0 && bytes.substr(skipped).starts_with("\r\n")) skipped += 2;
    bytes.remove_prefix(skipped);
    if (skipped > 0) searched = 0;
    if (bytes.empty()) return skipped;
    if (bytes.front() == 0x16) return tl::unexpected<Refusal>({400, "This address speaks HTTP, not HTTPS; begin it with http://."});
    if (bytes.front() != '\r' && (bytes.front() <= 0x20 || bytes.front() >= 0x7f)) {
      return tl::unexpected<Refusal>({400, "The first line of the request is no HTTP request."});
    }
    const auto size = find_header_end(bytes);
    if (!size) return tl::unexpected<Refusal>(size.error());
    if (*size == 0) return skipped;
    parser.emplace(request, limits);
    if (auto put = give(bytes.substr(0, *size)); !put) return put;
    stage = parser->is_done() ? Stage::complete : Stage::body;
    return skipped + *size;
  }

  tl::expected<std::size_t, Refusal> read_body(std::string_view bytes) {
    if (bytes.empty()) return 0;
    body_begun = true;
    auto used = give(bytes);
    if (!used) return used;
    if (parser->is_done()) {
      stage = Stage::complete;
    } else if (bytes.size() - *used > limits.header_bytes) {
      // The line before a chunk, or the trailer, does not end.
      return tl::unexpected<Refusal>(header_too_large());
    }
    return used;
  }

  tl::expected<std::size_t, Refusal> give(std::string_view bytes) {
    BeastError error;
    const std::size_t used = parser->put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error && error != beast::error::need_more) {
      return tl::unexpected<Refusal>(parser->refusal() ? *parser->refusal() : refusal_of(error, bytes, limits));
    }
    return used;
  }

  ReadLimits limits;
  Request request;
  std::optional<Parser> parser;
  Stage stage = Stage::head;
  std::size_t line_start = 0;
  std::size_t searched = 0;
  bool body_begun = false;
};

RequestReader::RequestReader(ReadLimits limits) : m_parts(std::make_unique<Parts>(limits)) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;

tl::expected<std::size_t, Refusal> RequestReader::feed(std::string_view bytes) {
  std::size_t used = 0;
  if (m_parts->stage == Stage::head) {
    auto head = m_parts->read_head(bytes);
    if (!head) return head;
    used = *head;
  }
  if (m_parts->stage == Stage::body) {
    auto body = m_parts->read_body(bytes.substr(used));
    if (!body) return body;
    used += *body;
  }
  return used;
}

RequestReader::Stage RequestReader::stage() const { return m_parts->stage; }
bool RequestReader::expects_continue() const { return m_parts->stage == Stage::body && !m_parts->body_begun && m_parts->parser->expects_continue(); }
Request& RequestReader::request() { return m_parts->request; }
bool RequestReader::keeps_alive() const { return m_parts->parser->keep_alive(); }
bool RequestReader::is_http_1_0() const { return m_parts->parser->is_http_1_0(); }

void RequestReader::reset() {
  Request& request = m_parts->request;
  request.path.clear();
  request.query.clear();
  request.headers.clear();
  // A connection that once sent a large body need not keep the room for it.
  if (request.body.capacity() > m_parts->limits.header_bytes) {
    std::string().swap(request.body);
  } else {
    request.body.clear();
  }
  m_parts->parser.reset();
  m_parts->stage = Stage::head;
  m_parts->line_start = 0;
  m_parts->searched = 0;
  m_parts->body_begun = false;
}

tl::expected<Request, Refusal> read_request(std::string_view bytes) {
  const ReadLimits limits;
  RequestReader reader(limits);
  while (reader.stage() != RequestReader::Stage::complete) {
    const auto used = reader.feed(bytes);
    if (!used) return tl::unexpected<Refusal>(used.error());
    bytes.remove_prefix(*used);
    if (reader.stage() != RequestReader::Stage::complete && (*used == 0 || bytes.empty())) {
      return tl::unexpected<Refusal>({400, "The request ends before it is complete."});
    }
  }
  return std::move(reader.request());
}

}  // namespace waymark::web::http
