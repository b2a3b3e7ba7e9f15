#include "base/random.hpp"

#include <stdexcept>

#include <sodium.h>

namespace waymark {

std::string random_bytes(std::size_t count) {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("the source of randomness did not start");
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string base32_text(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string text;
  unsigned pending = 0;
  int bits = 0;
  for (const char c : bytes) {
    pending = (pending << 8 | static_cast<unsigned char>(c)) & 0xfffu;
    for (bits += 8; bits >= 5; bits -= 5) text += digits[pending >> (bits - 5) & 31u];
  }
  if (bits > 0) text += digits[pending << (5 - bits) & 31u];
  return text;
}

std::string random_text(std::size_t count) { return base32_text(random_bytes(count)); }

}  // namespace waymark
