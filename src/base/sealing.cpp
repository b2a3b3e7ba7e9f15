#include "base/sealing.hpp"

#include <new>

#include <sodium.h>

namespace waymark {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory = 64 << 20;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

static_assert(Sealer::beginning_size == crypto_pwhash_SALTBYTES + crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(Sealer::growth == crypto_secretstream_xchacha20poly1305_ABYTES);

/// Wiped when it goes.
struct Key {
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> bytes{};
  Key(std::string_view passphrase, const unsigned char* salt) {
    if (sodium_init() < 0) throw std::bad_alloc();
    if (crypto_pwhash(bytes.data(), bytes.size(), passphrase.data(), passphrase.size(), salt, passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
      throw std::bad_alloc();
    }
  }
  ~Key() { sodium_memzero(bytes.data(), bytes.size()); }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
};

}  // namespace

struct Sha256::State {
  crypto_hash_sha256_state sum;
};

Sha256::Sha256() : m_state(std::make_unique<State>()) { crypto_hash_sha256_init(&m_state->sum); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { crypto_hash_sha256_update(&m_state->sum, bytes_of(bytes), bytes.size()); }

std::string Sha256::hex() const {
  crypto_hash_sha256_state sum = m_state->sum;
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&sum, digest.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

struct Sealer::State {
  crypto_secretstream_xchacha20poly1305_state stream;
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

Sealer::Sealer(std::string_view passphrase) : m_state(std::make_unique<State>()), m_beginning(beginning_size, '\0') {
  randombytes_buf(m_beginning.data(), crypto_pwhash_SALTBYTES);
  const Key key(passphrase, bytes_of(std::string_view(m_beginning)));
  crypto_secretstream_xchacha20poly1305_init_push(&m_state->stream, bytes_of(m_beginning) + crypto_pwhash_SALTBYTES, key.bytes.data());
}
Sealer::~Sealer() = default;

std::string Sealer::seal(std::string_view piece, bool last) {
  std::string sealed(piece.size() + growth, '\0');
  const auto tag =
      static_cast<unsigned char>(last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  crypto_secretstream_xchacha20poly1305_push(&m_state->stream, bytes_of(sealed), nullptr, bytes_of(piece), piece.size(), nullptr, 0, tag);
  return sealed;
}

struct Opener::State {
  crypto_secretstream_xchacha20poly1305_state stream;
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

Opener::Opener(std::string_view passphrase, std::string_view beginning) : m_state(std::make_unique<State>()) {
  const Key key(passphrase, bytes_of(beginning));
  crypto_secretstream_xchacha20poly1305_init_pull(&m_state->stream, bytes_of(beginning) + crypto_pwhash_SALTBYTES, key.bytes.data());
}
Opener::~Opener() = default;

std::optional<std::string> Opener::open(std::string_view sealed) {
  if (m_at_end || sealed.size() < Sealer::growth) return {};
  std::string piece(sealed.size() - Sealer::growth, '\0');
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&m_state->stream, bytes_of(piece), nullptr, &tag, bytes_of(sealed), sealed.size(), nullptr, 0) != 0)
    return {};
  m_at_end = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return piece;
}

}  // namespace waymark
