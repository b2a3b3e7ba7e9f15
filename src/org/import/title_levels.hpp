/// Which level a job title sounds like. A guess to be looked at, never a judgement.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::org {

/// A level as far as an import needs it.
struct KnownLevel {
  std::string id;
  std::string title;
};

class TitleLevels {
 public:
  explicit TitleLevels(const std::vector<KnownLevel>& levels);

  /// The id. Rank and kind of work must be the same: "Sr. Backend Developer" is a senior engineer, "Staff Engineer" is none. Nothing where no level fits, or several.
  [[nodiscard]] std::optional<std::string> guess(std::string_view title) const;
  /// A level's id or title as it is written, without regard to case.
  [[nodiscard]] std::optional<std::string> named(std::string_view word) const;
  /// The id nearest to a word that is none.
  [[nodiscard]] std::optional<std::string> near(std::string_view word) const;

 private:
  struct Sound {
    std::string id;
    std::vector<std::string> words;
  };
  std::vector<KnownLevel> m_levels;
  std::vector<Sound> m_sounds;
};

}  // namespace waymark::org
