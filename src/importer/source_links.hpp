/// Where the links between the pages of a source lead.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "importer/outline.hpp"

namespace waymark::importer {

class SourceLinks {
 public:
  /// `outline` must outlive this.
  explicit SourceLinks(const SourceOutline& outline);

  /// The document a relative link of `from` leads to, without regard to extensions, letter case and index pages; `from` itself for "#heading"; nullptr when
  /// there is none. A site's address may begin below the folder that was imported, so the end of a path decides where nothing fits whole.
  [[nodiscard]] const Document* target(const Document& from, std::string_view link) const;
  [[nodiscard]] const Document* document(const std::string& path) const;

 private:
  std::map<std::string, const Document*> m_paths;
  std::map<std::string, const Document*> m_keys;
  std::map<std::string, const Document*> m_ends;  ///< a/b/c is also found as b/c and c
};

}  // namespace waymark::importer
