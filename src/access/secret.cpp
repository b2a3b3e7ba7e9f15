#include "access/secret.hpp"

#include <stdexcept>
#include <utility>

#include <sodium.h>

#include "base/hash.hpp"
#include "base/random.hpp"

namespace waymark::access {

Secret::Secret(Secret&& other) noexcept {
  // A short text lies inside the string, so a move leaves a copy behind.
  m_text = other.m_text;
  sodium_memzero(other.m_text.data(), other.m_text.size());
  other.m_text.clear();
}

Secret& Secret::operator=(Secret other) noexcept {
  m_text.swap(other.m_text);
  return *this;
}

Secret::~Secret() { sodium_memzero(m_text.data(), m_text.size()); }

Secret new_token() { return Secret(random_text(32)); }

std::string hash_of_token(std::string_view token) { return sha256_hex(token); }

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string keyed_hash(std::string_view key, std::string_view message) {
  std::string digest(32, '\0');
  if (crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(), reinterpret_cast<const unsigned char*>(message.data()),
                         message.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size()) != 0) {
    throw std::logic_error("a key of this length cannot be used");
  }
  return digest;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

std::string base64url(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
  text.pop_back();  // the closing NUL
  return text;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kept = "-._~";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kept.find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace waymark::access
