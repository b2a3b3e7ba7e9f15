/// The key ring of a program that goes on while its keys are changed: read again from its file when that has changed. Safe from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "access/key_ring.hpp"

namespace waymark::access {

class CurrentKeys {
 public:
  /// For good.
  explicit CurrentKeys(KeyRing ring);
  /// Of a file. Fails as KeyRing::load does.
  [[nodiscard]] static Result<CurrentKeys> follow(const std::filesystem::path& file);
  CurrentKeys(CurrentKeys&&) noexcept;
  CurrentKeys& operator=(CurrentKeys&&) noexcept;
  ~CurrentKeys();

  /// As KeyRing::seal, with the key that the file puts first at this moment: a server that seals never falls behind the one that rotates.
  [[nodiscard]] std::string seal(const Secret& secret, std::string_view context) const;
  /// As KeyRing::open. A key that is not known is looked for in the file before it is missing.
  [[nodiscard]] Result<Secret> open(std::string_view sealed, std::string_view context) const;

  /// True when the file has changed since the last look and holds now. What cannot be read leaves the ring as it was; the error comes once for each change.
  [[nodiscard]] Result<bool> look_again() const;
  [[nodiscard]] std::shared_ptr<const KeyRing> ring() const;

 private:
  struct State;
  explicit CurrentKeys(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

}  // namespace waymark::access
