/// Ids that may stand in an address: 128 random bits as 26 digits, so that they neither count up nor can be guessed. Each kind of thing
/// has its own type: `using PersonId = PublicId<struct PersonTag>;`.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/random.hpp"

namespace waymark {

template <class Tag>
class PublicId {
 public:
  /// A new one, unlike any other.
  [[nodiscard]] static PublicId make() { return PublicId(random_text(16)); }

  /// From an address or a record; none when it cannot be an id (26 lower-case letters and digits).
  [[nodiscard]] static std::optional<PublicId> from(std::string_view text) {
    if (text.size() != 26) return std::nullopt;
    for (const char c : text) {
      if ((c < '0' || c > '9') && (c < 'a' || c > 'z')) return std::nullopt;
    }
    return PublicId(std::string(text));
  }

  [[nodiscard]] const std::string& text() const { return m_text; }
  auto operator<=>(const PublicId&) const = default;

 private:
  explicit PublicId(std::string text) : m_text(std::move(text)) {}
  std::string m_text;
};

}  // namespace waymark
