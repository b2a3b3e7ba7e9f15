/// Ranked full-text search over one pathway, in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pathway/pathway.hpp"

namespace waymark::pathway {

/// A stretch of a passage; `match` where it is a word the reader looked for.
struct Fragment {
  std::string text;
  bool match = false;
};

struct Hit {
  Target target;
  std::string title;               ///< of what was found: a criterion's heading, a section's
  std::string where;               ///< "Senior Software Engineer, What changes here"
  std::string citation;            ///< "SSE.drives-design"; empty where it has none
  std::vector<Fragment> passage;   ///< about 30 words around the best match
  double score = 0;
};

/// Words are folded (case, accents) and stemmed (Snowball, the language of the pathway, English where it has no stemmer), ranked by BM25 (Robertson and
/// Zaragoza 2009, k1 = 1.2, b = 0.75) with headings counting three times. Immutable; search() may be called from any thread. Keeps what it needs: the
/// pathway may go before it.
class SearchIndex {
 public:
  explicit SearchIndex(const Pathway& pathway);
  ~SearchIndex();
  SearchIndex(SearchIndex&&) noexcept;
  SearchIndex& operator=(SearchIndex&&) noexcept;

  /// Best first. All words must occur; when nothing has them all, any of them. The last word also matches as a beginning. An id (`SSE.drives-design`) or the title
  /// of a page finds itself first.
  [[nodiscard]] std::vector<Hit> search(std::string_view query, std::size_t limit = 20) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace waymark::pathway
