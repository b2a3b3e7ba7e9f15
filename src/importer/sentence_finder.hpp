/// On which line of a block each of its sentences begins. A parser knows where a block stands, not where its words do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"

namespace waymark::importer {

class SentenceFinder {
 public:
  /// Lines [first_line, last_line] of `source`, which must outlive this.
  SentenceFinder(const SourceText& source, std::size_t first_line, std::size_t last_line);

  /// The line on which `sentence` begins, looked for behind the one asked for before; that one's line when it cannot be found.
  [[nodiscard]] std::size_t line_of(std::string_view sentence);

 private:
  std::string m_letters;                                      ///< of all lines, marks and spaces left out
  std::vector<std::pair<std::size_t, std::size_t>> m_starts;  ///< offset into m_letters, line
  std::size_t m_at = 0;
  std::size_t m_line;
};

}  // namespace waymark::importer
