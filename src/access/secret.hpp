/// Text that must not be seen: passwords, tokens, keys. It cannot be printed by accident, and its memory is overwritten when it goes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark::access {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : m_text(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  /// To hand it to whoever must have it. The view lives as long as the secret.
  [[nodiscard]] std::string_view reveal() const { return m_text; }
  [[nodiscard]] bool empty() const { return m_text.empty(); }

 private:
  std::string m_text;
};

/// 256 random bits as 52 digits: a session token, a link, an API token. Its hash is what is stored.
[[nodiscard]] Secret new_token();

/// SHA-256 in hexadecimal. Enough for what carries 80 random bits or more; never for a password.
[[nodiscard]] std::string hash_of_token(std::string_view token);

/// Without telling by its time where they differ. The lengths are not hidden.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

/// BLAKE2b-256 of `message` under `key` (16 to 64 bytes): 32 bytes.
[[nodiscard]] std::string keyed_hash(std::string_view key, std::string_view message);

/// RFC 4648 §5 without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// None for what base64url does not make.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

/// RFC 3986: everything but letters, digits and -._~ as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace waymark::access
