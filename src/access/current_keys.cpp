#include "access/current_keys.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>

#include <sys/stat.h>

namespace waymark::access {
namespace {

/// It is another file, or has been written, when any of these changes; all zero where there is none.
using Seen = std::array<std::uint64_t, 5>;

Seen look_at(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size), static_cast<std::uint64_t>(status.st_mode),
          static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(status.st_mtim.tv_nsec)};
}

/// The environment has had its say by whoever knows the file.
Result<KeyRing> load(const std::filesystem::path& file) {
  return KeyRing::load(file, [](const std::string&) { return std::nullopt; });
}

}  // namespace

struct CurrentKeys::State {
  std::filesystem::path file = {};  ///< empty: none
  std::mutex mutex = {};
  Seen seen = {};
  std::shared_ptr<const KeyRing> ring = {};
};

CurrentKeys::CurrentKeys(std::unique_ptr<State> state) : m_state(std::move(state)) {}
CurrentKeys::CurrentKeys(KeyRing ring) : m_state(std::make_unique<State>()) { m_state->ring = std::make_shared<const KeyRing>(std::move(ring)); }
CurrentKeys::CurrentKeys(CurrentKeys&&) noexcept = default;
CurrentKeys& CurrentKeys::operator=(CurrentKeys&&) noexcept = default;
CurrentKeys::~CurrentKeys() = default;

Result<CurrentKeys> CurrentKeys::follow(const std::filesystem::path& file) {
  auto state = std::make_unique<State>();
  state->file = file;
  // Looked at before it is read: what changes in between is seen the next time.
  state->seen = look_at(file);
  auto ring = load(file);
  if (!ring) return tl::unexpected<Error>(ring.error());
  state->ring = std::make_shared<const KeyRing>(std::move(*ring));
  return CurrentKeys(std::move(state));
}

std::string CurrentKeys::seal(const Secret& secret, std::string_view context) const {
  // With a file that cannot be read, the keys from before are as good as they were.
  static_cast<void>(look_again());
  return ring()->seal(secret, context);
}

Result<Secret> CurrentKeys::open(std::string_view sealed, std::string_view context) const {
  const auto before = ring();
  auto opened = before->open(sealed, context);
  if (opened || opened.error().kind != Error::Kind::unavailable) return opened;
  static_cast<void>(look_again());
  const auto now = ring();
  return now == before ? opened : now->open(sealed, context);
}

Result<bool> CurrentKeys::look_again() const {
  if (m_state->file.empty()) return false;
  // Held while it is read: whoever else misses a key waits for it.
  const std::lock_guard lock(m_state->mutex);
  const Seen seen = look_at(m_state->file);
  if (seen == m_state->seen) return false;
  m_state->seen = seen;
  auto ring = load(m_state->file);
  if (!ring) return tl::unexpected<Error>(ring.error());
  m_state->ring = std::make_shared<const KeyRing>(std::move(*ring));
  return true;
}

std::shared_ptr<const KeyRing> CurrentKeys::ring() const {
  const std::lock_guard lock(m_state->mutex);
  return m_state->ring;
}

}  // namespace waymark::access
