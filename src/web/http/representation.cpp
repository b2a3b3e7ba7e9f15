#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "web/http/answer.hpp"
#include "web/http/message.hpp"

namespace waymark::web::http {
namespace {

bool is_text(std::string_view content_type) {
  const std::string type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") || type == "application/json" ||
         type == "application/javascript" || type == "application/xml";
}

std::string gzip_of(const std::string& body, Compression compression) {
  constexpr int window_with_gzip_frame = 15 + 16;
  z_stream stream{};
  if (deflateInit2(&stream, compression == Compression::best ? 9 : 6, Z_DEFLATED, window_with_gzip_frame, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib would not start");
  }
  std::string out(deflateBound(&stream, body.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return out;
}

std::string brotli_of(const std::string& body, Compression compression) {
  std::size_t size = BrotliEncoderMaxCompressedSize(body.size());
  if (size == 0) throw std::runtime_error("too large for brotli");
  std::string out(size, '\0');
  const bool done =
      BrotliEncoderCompress(compression == Compression::best ? 11 : 5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(),
                            reinterpret_cast<const std::uint8_t*>(body.data()), &size, reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE;
  if (!done) throw std::runtime_error("brotli did not finish");
  out.resize(size);
  return out;
}

std::string kept_if_a_tenth_smaller(std::string compressed, std::size_t plain_size) {
  if (compressed.size() * 10 > plain_size * 9) return {};
  compressed.shrink_to_fit();
  return compressed;
}

}  // namespace

Representation::Representation(std::string type, std::string caching, std::string bytes, Compression compression, Headers extra)
    : content_type(std::move(type)), cache_control(std::move(caching)), body(std::move(bytes)), extra_headers(std::move(extra)) {
  // zlib counts in 32 bits; what is larger than this is no page.
  constexpr std::size_t too_large_to_compress = 64u << 20;
  if (is_text(content_type) && body.size() <= too_large_to_compress) {
    gzip = kept_if_a_tenth_smaller(gzip_of(body, compression), body.size());
    brotli = kept_if_a_tenth_smaller(brotli_of(body, compression), body.size());
  }
  const std::string hash = sha256_hex(body).substr(0, 32);
  etag = '"' + hash + '"';

  const auto encode = [&](std::string tag, std::string_view coding, std::size_t size) {
    Encoded encoded;
    encoded.etag = std::move(tag);
    std::string& shared = encoded.not_modified_headers;
    append_header(shared, "ETag", encoded.etag);
    if (!cache_control.empty()) append_header(shared, "Cache-Control", cache_control);
    if (!gzip.empty() || !brotli.empty()) append_header(shared, "Vary", "Accept-Encoding");
    for (const auto& [name, value] : extra_headers) append_header(shared, name, value);
    append_header(encoded.headers, "Content-Type", content_type);
    append_header(encoded.headers, "Content-Length", std::to_string(size));
    if (!coding.empty()) append_header(encoded.headers, "Content-Encoding", coding);
    encoded.headers += shared;
    return encoded;
  };
  plain_encoded = encode(etag, {}, body.size());
  gzip_encoded = encode('"' + hash + "-gz\"", "gzip", gzip.size());
  brotli_encoded = encode('"' + hash + "-br\"", "br", brotli.size());
}

std::shared_ptr<const Representation> make_representation(std::string content_type, std::string cache_control, std::string body,
                                                          Compression compression, Headers extra_headers) {
  return std::make_shared<const Representation>(std::move(content_type), std::move(cache_control), std::move(body), compression,
                                                std::move(extra_headers));
}

}  // namespace waymark::web::http
