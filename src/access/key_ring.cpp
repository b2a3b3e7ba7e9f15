#include "access/key_ring.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <fmt/core.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

// A sealed value: one byte 1, one byte length of the key's id, the id, the nonce, the box.
constexpr char format_version = 1;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

struct Parts {
  std::string_view key_id, nonce, box;
};

std::optional<Parts> parts_of(std::string_view sealed) {
  if (sealed.size() < 2 || sealed[0] != format_version) return std::nullopt;
  const auto id_size = static_cast<std::size_t>(static_cast<unsigned char>(sealed[1]));
  if (sealed.size() < 2 + id_size + crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
  return Parts{sealed.substr(2, id_size), sealed.substr(2 + id_size, crypto_secretbox_NONCEBYTES),
               sealed.substr(2 + id_size + crypto_secretbox_NONCEBYTES)};
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string decoded(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(bytes(decoded), decoded.size(), text.data(), text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  decoded.resize(length);
  return decoded;
}

std::string to_base64(std::string_view text) {
  std::string encoded(sodium_base64_encoded_len(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), bytes(text), text.size(), sodium_base64_VARIANT_ORIGINAL);
  encoded.pop_back();
  return encoded;
}

std::optional<std::string> of_this_process(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

Result<KeyRing> KeyRing::parse(std::string_view text) {
  KeyRing ring;
  std::size_t number = 0;
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    const std::string id(line.substr(0, colon));
    const auto key = colon == std::string_view::npos ? std::nullopt : from_base64(line.substr(colon + 1));
    const bool is_known = std::any_of(ring.m_keys.begin(), ring.m_keys.end(), [&](const Key& other) { return other.id == id; });
    if (id.empty() || id.size() > 64 || !key || key->size() != crypto_secretbox_KEYBYTES || is_known) {
      return fail(Error::Kind::bad_input,
                  fmt::format("Line {} of the keys is not a key{}.", number, is_known ? " of its own: its id has been used" : ""),
                  "A line is an id, a colon and 32 bytes in base 64. Restore the keys from where you keep them; without them, sealed columns cannot "
                  "be read.");
    }
    ring.m_keys.push_back({id, Secret(*key)});
  }
  if (ring.m_keys.empty()) return fail(Error::Kind::bad_input, "There is no key among the keys.", "Restore them from where you keep them.");
  return ring;
}

Result<KeyRing> KeyRing::load(const std::filesystem::path& file) { return load(file, of_this_process); }

Result<KeyRing> KeyRing::load(const std::filesystem::path& file, const Environment& environment) {
  const auto direct = environment("WAYMARK_KEYS");
  const auto named = environment("WAYMARK_KEYS_FILE");
  if (direct && named) {
    return fail(Error::Kind::wrong_usage, "Both WAYMARK_KEYS and WAYMARK_KEYS_FILE are set.", "Keep one of them; the file is the safer place.");
  }
  if (direct) return parse(*direct);
  const std::filesystem::path path = named ? std::filesystem::path(*named) : file;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return fail(Error::Kind::not_found, fmt::format("There are no keys at {}.", path.string()), "Set WAYMARK_KEYS_FILE to where they are.");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(Error::Kind::bad_input, fmt::format("The keys in {} can be read by others than their owner.", path.string()),
                fmt::format("Run `chmod 600 {}`, and change the keys if somebody may have seen them.", path.string()));
  }
  const auto text = read_file(path, 1u << 16);
  if (!text) return tl::unexpected<Error>(text.error());
  return parse(*text);
}

KeyRing KeyRing::make() {
  KeyRing ring;
  ring.m_keys.push_back({random_text(5), Secret(random_bytes(crypto_secretbox_KEYBYTES))});
  return ring;
}

KeyRing KeyRing::with_new_key() const {
  KeyRing ring = make();
  ring.m_keys.insert(ring.m_keys.end(), m_keys.begin(), m_keys.end());
  return ring;
}

KeyRing KeyRing::without_old_keys() const {
  KeyRing ring;
  ring.m_keys.push_back(m_keys.front());
  return ring;
}

Result<void> KeyRing::save(const std::filesystem::path& file) const {
  std::string text = "# Keys of Waymark. The first seals, all of them open. Keep a copy apart from the backups.\n";
  for (const Key& key : m_keys) text += fmt::format("{}:{}\n", key.id, to_base64(key.bytes.reveal()));
  const Secret whole(std::move(text));
  const std::string aside = file.string() + "." + random_text(5);
  const int descriptor = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  bool written = descriptor >= 0;
  std::string_view left = whole.reveal();
  while (written && !left.empty()) {
    const ssize_t step = ::write(descriptor, left.data(), left.size());
    if (step < 0 && errno == EINTR) continue;
    written = step > 0;
    if (written) left.remove_prefix(static_cast<std::size_t>(step));
  }
  written = written && ::fsync(descriptor) == 0;
  int problem = written ? 0 : errno;
  if (descriptor >= 0) ::close(descriptor);
  if (written && ::rename(aside.c_str(), file.c_str()) != 0) problem = errno;
  if (problem != 0) {
    ::unlink(aside.c_str());
    return fail(Error::Kind::unavailable, fmt::format("The keys cannot be written to {}: {}.", file.string(), std::strerror(problem)),
                "Check that its folder is there and can be written.");
  }
  return {};
}

std::string KeyRing::seal(const Secret& secret, std::string_view context) const {
  const Key& key = m_keys.front();
  const Secret own(keyed_hash(key.bytes.reveal(), context));
  std::string sealed{format_version, static_cast<char>(key.id.size())};
  const std::string nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  std::string box(secret.reveal().size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(bytes(box), bytes(secret.reveal()), secret.reveal().size(), bytes(nonce), bytes(own.reveal()));
  return sealed + key.id + nonce + box;
}

Result<Secret> KeyRing::open(std::string_view sealed, std::string_view context) const {
  const auto parts = parts_of(sealed);
  if (!parts) return fail(Error::Kind::bad_input, "A sealed value is not whole.", "Restore the record from a backup.");
  const auto key = std::find_if(m_keys.begin(), m_keys.end(), [&](const Key& candidate) { return candidate.id == parts->key_id; });
  if (key == m_keys.end()) {
    return fail(Error::Kind::unavailable, fmt::format("The key {} that sealed this value is not among the keys.", parts->key_id),
                "Put it back into the file of WAYMARK_KEYS_FILE.");
  }
  const Secret own(keyed_hash(key->bytes.reveal(), context));
  std::string text(parts->box.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(bytes(text), bytes(parts->box), parts->box.size(), bytes(parts->nonce), bytes(own.reveal())) != 0) {
    return fail(Error::Kind::bad_input, "A sealed value was changed, or belongs to another record.", "Restore the record from a backup.");
  }
  return Secret(std::move(text));
}

bool KeyRing::is_out_of_date(std::string_view sealed) const {
  const auto parts = parts_of(sealed);
  return parts && parts->key_id != sealing_id();
}

}  // namespace waymark::access
