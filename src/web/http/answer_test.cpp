#include "web/http/answer.hpp"

#include <cstring>
#include <stdexcept>

#include <brotli/decode.h>
#include <doctest/doctest.h>
#include <zlib.h>

#include "web/http/negotiation.hpp"

using namespace waymark::web::http;

namespace {

const std::string long_text = [] {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "Level " + std::to_string(i) + " drives the design. ";
  return text;
}();

std::shared_ptr<const Representation> page() { return make_representation("text/html; charset=utf-8", "no-cache", long_text, Compression::fast); }

Request request(Headers headers, Method method = Method::get) {
  Request made;
  made.method = method;
  made.path = "/";
  made.headers = std::move(headers);
  return made;
}

std::string sent(const Answer& answer) {
  std::string bytes;
  for (const auto piece : answer.pieces()) bytes += piece;
  return bytes;
}

bool has_line(const Answer& answer, const std::string& line) { return sent(answer).find("\r\n" + line + "\r\n") != std::string::npos; }

std::string gunzip(const std::string& bytes) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string out(2 * long_text.size(), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string unbrotli(const std::string& bytes) {
  std::string out(2 * long_text.size(), '\0');
  std::size_t size = out.size();
  CHECK(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_DECODER_RESULT_SUCCESS);
  out.resize(size);
  return out;
}

constexpr std::time_t then = 784'111'777;  // the example of RFC 9110, section 5.6.7

}  // namespace

TEST_CASE("a representation is what was given, twice more and smaller") {
  for (const auto compression : {Compression::fast, Compression::best}) {
    const auto made = make_representation("text/css", "max-age=9", long_text, compression);
    CHECK(gunzip(made->gzip) == long_text);
    CHECK(unbrotli(made->brotli) == long_text);
    CHECK(made->brotli.size() < made->gzip.size());
    CHECK(made->gzip.size() * 10 < long_text.size() * 9);
    CHECK(made->etag == page()->etag);
    CHECK(made->etag != make_representation("text/css", "", long_text + ".", compression)->etag);
  }
}

TEST_CASE("what compression does not help is left as it is") {
  struct Row {
    std::string type, body;
    bool smaller;
  };
  const Row table[] = {
      {"font/woff2", long_text, false},
      {"image/png", long_text, false},
      {"application/octet-stream", long_text, false},
      {"text/plain", "short", false},
      {"text/plain", "", false},
      {"image/svg+xml", long_text, true},
      {"application/ld+json", long_text, true},
      {"Application/JSON; x=y", long_text, true},
  };
  for (const Row& row : table) {
    CAPTURE(row.type);
    const auto made = make_representation(row.type, "", row.body, Compression::fast);
    CHECK(made->gzip.empty() != row.smaller);
    CHECK(made->brotli.empty() != row.smaller);
    CHECK((made->plain_encoded.headers.find("Vary: Accept-Encoding\r\n") != std::string::npos) == row.smaller);
  }
}

TEST_CASE("Accept-Encoding is weighed as RFC 9110 says") {
  struct Row {
    std::string accepts;
    std::string_view chosen;
  };
  const Row table[] = {
      {"", ""},
      {"gzip", "gzip"},
      {"GZip", "gzip"},
      {"x-gzip", "gzip"},
      {"br", "br"},
      {"gzip, deflate, br", "br"},
      {"gzip,deflate,br;q=0", "gzip"},
      {"br;q=0.5, gzip;q=0.8", "gzip"},
      {"br;q=0.8,gzip;q=0.800", "br"},
      {"br ; q=0.1 , gzip ; Q=0.2", "gzip"},
      {"*", "br"},
      {"*;q=0", ""},
      {"*;q=0.1, br;q=0", "gzip"},
      {"gzip;q=0, *", "br"},
      {"identity", ""},
      {"identity;q=0, gzip", "gzip"},
      {"identity;q=0", ""},
      {"identity, gzip;q=0.5", ""},
      {"identity;q=0.5, gzip;q=0.5", "gzip"},
      {"gzip;q=nonsense", ""},
      {"gzip;q=2", ""},
      {"gzip;q=1.0001", ""},
      {"gzip;q=0.001", "gzip"},
      {"gzip;q=", ""},
      {";;,,=", ""},
      {"deflate", ""},
  };
  const auto made = page();
  for (const Row& row : table) {
    CAPTURE(row.accepts);
    const Representation::Encoded& chosen = choose_encoding(request({{"accept-encoding", row.accepts}}), *made);
    const auto& expected = row.chosen == "br" ? made->brotli_encoded : row.chosen == "gzip" ? made->gzip_encoded : made->plain_encoded;
    CHECK(&chosen == &expected);
  }
  CHECK(&choose_encoding(request({}), *made) == &made->plain_encoded);
  CHECK(&choose_encoding(request({{"accept-encoding", "br;q=0.1"}, {"accept-encoding", "gzip"}}), *made) == &made->gzip_encoded);
}

TEST_CASE("who has it already is told so, with the tag of the encoding they would get") {
  const auto made = page();
  const std::string plain = made->plain_encoded.etag;
  const std::string gzip = made->gzip_encoded.etag;
  CHECK(plain == made->etag);
  CHECK(plain != gzip);
  struct Row {
    std::string accepts, has;
    int status;
  };
  const Row table[] = {
      {"", plain, 304},        {"gzip", gzip, 304},          {"gzip", plain, 200},       {"", gzip, 200},
      {"", "W/" + plain, 304}, {"", "\"x\", " + plain, 304}, {"", "\"x\",W/\"y\"", 200}, {"", "*", 304},
      {"", "", 200},           {"", plain.substr(1), 200},
  };
  ServerHeaders server(Headers{{"X-Frame-Options", "DENY"}});
  for (const Row& row : table) {
    CAPTURE(row.accepts);
    CAPTURE(row.has);
    const Answer answer = answer_with(request({{"accept-encoding", row.accepts}, {"if-none-match", row.has}}), made, server, Persistence::keep, then);
    CHECK(answer.status == row.status);
    CHECK(has_line(answer, "Vary: Accept-Encoding"));
    CHECK(has_line(answer, "Cache-Control: no-cache"));
    CHECK(has_line(answer, "X-Frame-Options: DENY"));
    CHECK(has_line(answer, "ETag: " + (row.accepts.empty() ? plain : gzip)));
    if (row.status == 304) {
      CHECK(answer.body_size() == 0);
      CHECK(sent(answer).find("Content-") == std::string::npos);
    } else {
      CHECK(answer.body_size() == (row.accepts.empty() ? long_text.size() : made->gzip.size()));
      CHECK(has_line(answer, "Content-Length: " + std::to_string(answer.body_size())));
      CHECK(has_line(answer, "Content-Encoding: gzip") == !row.accepts.empty());
    }
  }
  const Answer posted = answer_with(request({{"if-none-match", "*"}}, Method::post), made, server, Persistence::keep, then);
  CHECK(posted.status == 200);
}

TEST_CASE("a head ends with the server's headers, the date and what becomes of the connection") {
  ServerHeaders server(Headers{{"Server", "Waymark"}});
  const Answer answer = answer_with(request({}), Response::text(200, "Hello\n"), server, Persistence::keep, then);
  CHECK(sent(answer) ==
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Type: text/plain; charset=utf-8\r\nServer: Waymark\r\n"
        "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\nHello\n");
  CHECK(has_line(answer_with(request({}), Response::text(200, ""), server, Persistence::close, then), "Connection: close"));
  CHECK(has_line(answer_with(request({}), page(), server, Persistence::keep_and_say_so, then), "Connection: keep-alive"));
  CHECK(has_line(answer_with(request({}), page(), server, Persistence::keep, then + 1), "Date: Sun, 06 Nov 1994 08:49:38 GMT"));
}

TEST_CASE("what was laid out in one second stays good in the next") {
  ServerHeaders server({});
  const auto made = page();
  const Answer early = answer_with(request({}), made, server, Persistence::keep, then);
  const Answer late = answer_with(request({}), made, server, Persistence::keep, then + 1);
  CHECK(has_line(early, "Date: Sun, 06 Nov 1994 08:49:37 GMT"));
  CHECK(has_line(late, "Date: Sun, 06 Nov 1994 08:49:38 GMT"));
}

TEST_CASE("HEAD is GET without the body") {
  ServerHeaders server({});
  for (const bool represented : {true, false}) {
    const auto answer = [&](Method method) {
      if (represented) return answer_with(request({}, method), page(), server, Persistence::keep, then);
      return answer_with(request({}, method), Response::html(200, "<!doctype html>"), server, Persistence::keep, then);
    };
    const std::string whole = sent(answer(Method::get));
    CHECK(sent(answer(Method::head)) == whole.substr(0, whole.find("\r\n\r\n") + 4));
  }
}

TEST_CASE("a response's own header replaces the server's, but not the framing") {
  ServerHeaders server(Headers{{"Content-Security-Policy", "default-src 'none'"}, {"Server", "Waymark"}});
  Response response = Response::text(404, "Nothing here.\n");
  response.headers.emplace_back("content-security-policy", "default-src 'self'");
  response.headers.emplace_back("Content-Length", "7");
  response.headers.emplace_back("connection", "upgrade");
  response.headers.emplace_back("Transfer-Encoding", "chunked");
  const std::string bytes = sent(answer_with(request({}), response, server, Persistence::keep, then));
  CHECK(bytes.find("default-src 'none'") == std::string::npos);
  CHECK(bytes.find("content-security-policy: default-src 'self'\r\n") != std::string::npos);
  CHECK(bytes.find("Content-Length: 14\r\n") != std::string::npos);
  CHECK(bytes.find("Content-Length: 7") == std::string::npos);
  CHECK(bytes.find("upgrade") == std::string::npos);
  CHECK(bytes.find("chunked") == std::string::npos);

  const auto framed = make_representation("text/plain", "", "x", Compression::fast, {{"Server", "Other"}});
  const std::string represented = sent(answer_with(request({}), framed, server, Persistence::keep, then));
  CHECK(represented.find("Server: Waymark") == std::string::npos);
  CHECK(represented.find("Server: Other\r\n") != std::string::npos);
  CHECK(represented.find("default-src 'none'") != std::string::npos);
}

TEST_CASE("a representation may be an error page or carry a cookie; only a 200 is conditional") {
  ServerHeaders server({});
  Response response;
  response.status = 404;
  response.representation = page();
  response.headers = {{"Set-Cookie", "a=b"}};
  const Answer answer = answer_with(request({{"if-none-match", "*"}, {"accept-encoding", "gzip"}}), response, server, Persistence::keep, then);
  CHECK(answer.status == 404);
  CHECK(sent(answer).starts_with("HTTP/1.1 404 Not Found\r\n"));
  CHECK(has_line(answer, "Set-Cookie: a=b"));
  CHECK(has_line(answer, "Content-Encoding: gzip"));
}

TEST_CASE("a response that would split or break the message is not sent") {
  ServerHeaders server({});
  const auto answer = [&](Response response) { return answer_with(request({}), std::move(response), server, Persistence::keep, then); };
  CHECK_THROWS_AS(answer(Response::see_other("/a\r\nSet-Cookie: x=y")), std::invalid_argument);
  CHECK_THROWS_AS(answer(Response::see_other(std::string("/a\0b", 4))), std::invalid_argument);
  CHECK_THROWS_AS(answer({200, {{"A B", "c"}}, {}, nullptr}), std::invalid_argument);
  CHECK_THROWS_AS(answer({200, {{"", "c"}}, {}, nullptr}), std::invalid_argument);
  CHECK_THROWS_AS(answer(Response::text(100, "")), std::invalid_argument);
  CHECK_THROWS_AS(answer(Response::text(600, "")), std::invalid_argument);
  CHECK_THROWS_AS(ServerHeaders(Headers{{"Server", "a\nb"}}), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(make_representation("text/plain\r\n", "", "x", Compression::fast)), std::invalid_argument);
}

TEST_CASE("204 has neither body nor length; an unknown status has no phrase") {
  ServerHeaders server({});
  const Answer nothing = answer_with(request({}), Response{204, {}, "ignored", nullptr}, server, Persistence::keep, then);
  CHECK(sent(nothing) == "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
  CHECK(sent(answer_with(request({}), Response{299, {}, "", nullptr}, server, Persistence::keep, then)).starts_with("HTTP/1.1 299 \r\n"));
}

TEST_CASE("see_other sends people on with 303") {
  ServerHeaders server({});
  const Answer answer = answer_with(request({}, Method::post), Response::see_other("/done"), server, Persistence::keep, then);
  CHECK(answer.status == 303);
  CHECK(has_line(answer, "Location: /done"));
  CHECK(has_line(answer, "Content-Length: 0"));
}

TEST_CASE("a refusal is a sentence, and the last word on its connection") {
  ServerHeaders server(Headers{{"X-Content-Type-Options", "nosniff"}});
  const Answer answer = answer_with(Refusal{431, "Too long."}, server, then);
  CHECK(answer.closes);
  CHECK(has_line(answer, "Connection: close"));
  CHECK(has_line(answer, "X-Content-Type-Options: nosniff"));
  CHECK(has_line(answer, "Cache-Control: no-store"));
  CHECK(sent(answer).ends_with("\r\n\r\nToo long.\n"));
}
