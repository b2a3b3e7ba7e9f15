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
  [[nodiscard]] const Document* document(std::string_view path) const;

 private:
  using Documents = std::map<std::string, const Document*, std::less<>>;

  Documents m_paths;
  Documents m_keys;
  Documents m_ends;  ///< a/b/c is also found as b/c and c
};

}  // namespace waymark::importer
