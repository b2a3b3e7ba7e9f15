/// Style sheet, scripts and fonts, named by their content so that they may be kept for ever.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark::web {

struct Asset {
  std::string name;          ///< "waymark.css"
  std::string file;          ///< "waymark.3f9c2a71b0.css"
  std::string content_type;
  std::string bytes;
};

/// Made once from what is embedded: the style sheets become one, its fonts named by their hashes. Throws std::logic_error when a file is missing.
class Assets {
 public:
  [[nodiscard]] static const Assets& embedded();

  [[nodiscard]] const std::vector<Asset>& all() const { return m_all; }
  /// REQUIRES that there is one; throws std::logic_error.
  [[nodiscard]] const Asset& named(std::string_view name) const;
  [[nodiscard]] const Asset* find_file(std::string_view file) const;

 private:
  Assets();
  std::vector<Asset> m_all;
};

}  // namespace waymark::web
