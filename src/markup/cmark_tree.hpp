/// cmark-gfm, kept from running away: the block structure of one text, and the inline content of a block on demand.
///
/// The library as Debian 12 ships it (0.29.0.gfm.6) is quadratic in places: CVE-2023-22483, CVE-2023-22484, CVE-2023-22486,
/// CVE-2023-24824, CVE-2023-26485, CVE-2023-37463, and others without a number. Instead of a test for each, steps that can cost more than
/// linear time are estimated from above before they are taken and paid from one allowance that grows linearly with the text; nesting, table
/// columns and memory have limits of their own. Ordinary documents need a few per cent of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/source_text.hpp"
#include "markup/cmark_arena.hpp"
#include "markup/finding_list.hpp"

struct cmark_node;
struct cmark_parser;

namespace waymark::markup {

/// Block quotes and list items inside one another, at most.
inline constexpr int most_containers = 32;

/// One thread at a time; different trees may be used by different threads.
class CmarkTree {
 public:
  /// Reads the blocks from `first_line`. What cannot be read is left out with a finding. `source` and `findings` must outlive the tree.
  CmarkTree(const SourceText& source, std::size_t first_line, FindingList& findings);
  CmarkTree(const CmarkTree&) = delete;
  CmarkTree& operator=(const CmarkTree&) = delete;

  /// The document. Its blocks carry line numbers of the source; those past most_containers may be there and are to be skipped.
  [[nodiscard]] cmark_node& root() const { return *m_root; }

  /// Parses the inline content of a paragraph, heading or table cell. Its children live until the next call, or the end of the tree.
  /// False when it would cost too much; the finding `file-too-dense` for `line` is added then.
  bool parse_inlines(cmark_node& leaf, std::size_t line);

 private:
  void read(std::size_t first_line);
  [[nodiscard]] bool is_acceptable(std::size_t line, std::string_view text);
  [[nodiscard]] bool has_run_away(std::size_t line);
  [[nodiscard]] bool in_top_level_literal() const;
  [[nodiscard]] int container_depth() const;
  [[nodiscard]] std::size_t most_memory() const;
  [[nodiscard]] bool pay(std::uint64_t steps);
  void feed(std::string_view text);
  void close_open_blocks();
  void prepare_references();
  void refuse_nesting(std::size_t line, std::size_t byte);
  void refuse_density(std::size_t line, const char* message, const char* way_out);

  const SourceText& m_source;
  FindingList& m_findings;
  CmarkArena m_arena;
  CmarkArena::Mark m_blocks_end;
  cmark_parser* m_parser = nullptr;
  cmark_node* m_root = nullptr;
  cmark_node* m_parsed = nullptr;
  const cmark_node* m_current_before = nullptr;
  std::uint64_t m_allowance = 0;
  std::size_t m_longest_reference = 0;
};

}  // namespace waymark::markup
