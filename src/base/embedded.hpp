/// Files that the build put into the binary (cmake/Room.cmake, waymark_embed).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace waymark::embedded {

struct File {
  std::string_view name;   ///< relative path, with forward slashes
  std::string_view bytes;  ///< followed by a zero byte that does not count
};

using Files = std::span<const File>;

}  // namespace waymark::embedded
