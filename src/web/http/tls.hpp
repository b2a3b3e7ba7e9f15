/// Encrypted connections: a certificate with its key, and what is said over one socket. OpenSSL is seen by tls.cpp and openssl_on_demand.cpp only.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace waymark::web::http {

struct TlsFiles {
  std::filesystem::path certificate;  ///< PEM: the site's own first, then those that lead to a known authority
  std::filesystem::path key;          ///< PEM, without a passphrase
};

/// The encryption of one connection over a socket that does not block. Not thread-safe.
class TlsSession {
 public:
  enum class Step {
    done,
    wants_read,   ///< call again when the socket can be read
    wants_write,  ///< call again when the socket can be written
    plain_http,   ///< the handshake met a request that is not encrypted
    ended,        ///< by the other side, or because it broke the protocol
  };
  struct Moved {
    Step step = Step::ended;
    std::size_t count = 0;  ///< bytes, when done
  };

  virtual ~TlsSession() = default;
  [[nodiscard]] virtual Step shake_hands() = 0;
  [[nodiscard]] virtual Moved read(char* bytes, std::size_t size) = 0;
  /// At most one record; after `wants_write` the same bytes must come first again.
  [[nodiscard]] virtual Moved write(const char* bytes, std::size_t size) = 0;
  /// Tells the other side that nothing more follows, where the socket takes it at once.
  virtual void say_goodbye() = 0;
};

/// Read from files, and again when they change. TLS 1.2 and 1.3 with ciphers that keep what was said secret when the key is lost later. Thread-safe.
class Tls {
 public:
  /// Fails with not_found (no such file), bad_input (no certificate or key in it, the key is of another certificate, it wants a passphrase, it can be read
  /// by everybody on the machine) or unavailable (no OpenSSL), each with the file and what to do.
  [[nodiscard]] static Result<std::shared_ptr<Tls>> read(TlsFiles files);
  ~Tls();
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  /// True when a file has changed since the last look and connections from now on use what is in it. When it cannot be used, those from before stay, and
  /// the error comes once for each change of the files. One call at a time.
  [[nodiscard]] Result<bool> look_again();
  /// Why browsers will refuse the certificate, or will within two weeks; empty when there is nothing to say.
  [[nodiscard]] std::string warning(Instant now) const;
  /// REQUIRES that the descriptor outlives it.
  [[nodiscard]] std::unique_ptr<TlsSession> begin(int descriptor) const;

 private:
  struct Context;
  /// Of one file: it is another one, or has been written, when any of these changes.
  using Seen = std::array<std::uint64_t, 5>;
  explicit Tls(TlsFiles files);
  [[nodiscard]] std::array<Seen, 2> look() const;
  [[nodiscard]] Result<std::shared_ptr<const Context>> load() const;
  [[nodiscard]] std::shared_ptr<const Context> context() const;

  const TlsFiles m_files;
  std::array<Seen, 2> m_seen;
  mutable std::mutex m_mutex;
  std::shared_ptr<const Context> m_context;
};

}  // namespace waymark::web::http
