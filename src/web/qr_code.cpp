#include "web/qr_code.hpp"

#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <qrencode.h>

#include "base/library.hpp"
#include "web/http/log.hpp"

namespace waymark::web {
namespace {

constexpr int quiet_zone = 4;
constexpr std::size_t longest_text = 2331;  // of bytes, at level M in the largest code

struct Encoder {
  Encoder() : library("libqrencode.so.4", "libqrencode4") {
    library.find(encode, "QRcode_encodeData");
    library.find(free, "QRcode_free");
  }
  Library library;
  decltype(&QRcode_encodeData) encode = nullptr;
  decltype(&QRcode_free) free = nullptr;
};

const Encoder& encoder() {
  static const Encoder loaded;
  return loaded;
}

}  // namespace

std::optional<QrCode> qr_code_of(const std::string& text) try {
  if (text.empty() || text.size() > longest_text) return std::nullopt;
  const Encoder& library = encoder();
  const std::unique_ptr<QRcode, decltype(library.free)> code(
      library.encode(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M), library.free);
  if (!code) return std::nullopt;
  QrCode made{code->width + 2 * quiet_zone, {}};
  const auto is_dark = [&](int x, int y) { return (code->data[y * code->width + x] & 1) != 0; };
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width;) {
      int end = x;
      while (end < code->width && is_dark(end, y)) ++end;
      if (end > x) made.path += fmt::format("M{} {}h{}v1h-{}z", x + quiet_zone, y + quiet_zone, end - x, end - x);
      x = end + 1;
    }
  }
  return made;
} catch (const std::runtime_error& missing) {
  http::log(http::LogLevel::warning, "No QR code can be drawn.", {{"what", missing.what()}});
  return std::nullopt;
}

}  // namespace waymark::web
