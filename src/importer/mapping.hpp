/// What a person says about an import instead of the guesses: a small YAML file that the first import writes out, to be edited.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace waymark::importer {

struct Mapping {
  struct Level {
    std::string id;
    std::string title;  ///< as the source has it, or as the importer wrote it out
    std::size_t line = 0;
  };
  struct Track {
    std::string id;
    std::string title;
    std::vector<Level> levels;  ///< in order
  };
  struct Fork {
    std::string at;                     ///< ids of levels
    std::vector<std::string> branches;  ///< the first of another track among them is where one comes to from there
    std::size_t line = 0;
  };

  std::string file;  ///< for messages
  std::string name;  ///< of the pathway; empty: as the source says
  std::vector<Track> tracks;
  std::optional<Fork> fork;
  std::vector<std::string> not_levels;  ///< titles that sound like a place and are none
  /// What the source does not have is passed over: it was taken from a draft of an older source.
  bool is_older = false;
};

/// The name of the file in a draft.
inline constexpr std::string_view mapping_file = "import-mapping.yaml";

/// Says less than everything: what it leaves out is guessed. Fails with bad_input and the line when it cannot be read, an id is none, or stands twice.
[[nodiscard]] Result<Mapping> parse_mapping(const std::string& name, std::string_view bytes);

/// With comments that say what to change.
[[nodiscard]] std::string to_yaml(const Mapping& mapping);

}  // namespace waymark::importer
