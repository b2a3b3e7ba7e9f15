/// Large things, a piece at a time: sealed with a passphrase, and summed with SHA-256. From libsodium.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace waymark {

/// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  /// 64 lower-case hexadecimal digits of all that was added so far.
  [[nodiscard]] std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// Seals a stream with XChaCha20-Poly1305 (secretstream), under a key that Argon2id (three passes over 64 MiB) makes of a passphrase and a random salt. A piece
/// that is changed, left out, moved or missing at the end does not open.
class Sealer {
 public:
  static constexpr std::size_t beginning_size = 40;  ///< what must stand before the first piece: the salt and the header of the stream
  static constexpr std::size_t growth = 17;          ///< a sealed piece is this much longer

  /// Takes about a tenth of a second, on purpose. Throws std::bad_alloc without the memory for it.
  explicit Sealer(std::string_view passphrase);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  [[nodiscard]] const std::string& beginning() const { return m_beginning; }
  /// REQUIRES that no last piece has been sealed.
  [[nodiscard]] std::string seal(std::string_view piece, bool last);

 private:
  struct State;
  std::unique_ptr<State> m_state;
  std::string m_beginning;
};

class Opener {
 public:
  /// `beginning` is what the Sealer gave. REQUIRES Sealer::beginning_size bytes.
  Opener(std::string_view passphrase, std::string_view beginning);
  ~Opener();
  Opener(const Opener&) = delete;
  Opener& operator=(const Opener&) = delete;

  /// Nothing when the passphrase is another one or the piece is not the one that was sealed here.
  [[nodiscard]] std::optional<std::string> open(std::string_view sealed);
  /// The last piece has been opened.
  [[nodiscard]] bool at_end() const { return m_at_end; }

 private:
  struct State;
  std::unique_ptr<State> m_state;
  bool m_at_end = false;
};

}  // namespace waymark
