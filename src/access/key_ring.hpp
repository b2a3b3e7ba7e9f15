/// Keys for columns that must not be readable in the store: libsodium's secretbox (XSalsa20-Poly1305), keys with ids so that they can be
/// changed. A ring is immutable and safe from any thread.
///
/// A ring is a text with one key a line, `id:base64` (32 bytes), `#` for remarks. The first key seals, all of them open.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/secret.hpp"
#include "base/error.hpp"

namespace waymark::access {

class KeyRing {
 public:
  /// bad_input names the line and never shows it.
  [[nodiscard]] static Result<KeyRing> parse(std::string_view text);

  /// From WAYMARK_KEYS, or from the file that WAYMARK_KEYS_FILE names, or from `file` when neither is set. wrong_usage when both are set;
  /// bad_input when the file can be read by others than its owner; not_found when there is none.
  [[nodiscard]] static Result<KeyRing> load(const std::filesystem::path& file);
  using Environment = std::function<std::optional<std::string>(const std::string&)>;
  [[nodiscard]] static Result<KeyRing> load(const std::filesystem::path& file, const Environment& environment);

  /// A ring with one new key.
  [[nodiscard]] static KeyRing make();
  /// The same keys behind a new one, which seals from now on.
  [[nodiscard]] KeyRing with_new_key() const;
  /// Only the key that seals, once everything has been sealed again.
  [[nodiscard]] KeyRing without_old_keys() const;

  /// Writes it for its owner's eyes only (mode 0600), atomically.
  [[nodiscard]] Result<void> save(const std::filesystem::path& file) const;

  [[nodiscard]] const std::string& sealing_id() const { return m_keys.front().id; }
  [[nodiscard]] std::size_t size() const { return m_keys.size(); }

  /// `context` says what it is and whose ("totp" and an account's id): a sealed value opens only under the same context, so that one
  /// copied into another's record is of no use there. Binary.
  [[nodiscard]] std::string seal(const Secret& secret, std::string_view context) const;
  /// bad_input when it was changed or belongs to another context, unavailable when its key is not on the ring.
  [[nodiscard]] Result<Secret> open(std::string_view sealed, std::string_view context) const;
  /// True when it was sealed with another key than the first.
  [[nodiscard]] bool is_out_of_date(std::string_view sealed) const;

 private:
  struct Key {
    std::string id;
    Secret bytes;
  };
  std::vector<Key> m_keys;
};

}  // namespace waymark::access
