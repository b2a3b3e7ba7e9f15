/// Markdown (CommonMark with GitHub tables, strikethrough and autolinks, by cmark-gfm) → a tree of blocks that knows where it stands.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"

namespace waymark::markup {

struct Link {
  std::string target;  ///< as written, escapes and entities resolved; of `www.a.b` and `me@a.b`, with `http://` or `mailto:` before it
  std::string text;
  Span span;  ///< of the target where it can be found in the source, else (`[text][reference]`) of the block
  bool operator==(const Link&) const = default;
};

/// One block and what it contains. Owns everything; a value.
struct Block {
  enum class Kind {
    heading,
    paragraph,
    bullet_list,
    ordered_list,
    list_item,
    block_quote,
    code_block,
    table,
    table_row,
    table_cell,
    thematic_break,
    raw_html,  ///< never rendered: `html` is empty, `text` is the source. One that holds only comments is no block at all: see Markdown::comments
  };

  Kind kind = Kind::paragraph;
  int level = 0;  ///< heading: 1 to 6
  /// Heading: what stood in `{#id}` (also `{: #id }`) at its end, else empty; then not in text or html. A letter, then letters, digits,
  /// `_`, `.`, `:`, `-`; anything else stays text.
  std::string id;
  /// Plain text: inline content, breaks as spaces, pictures as their alternative text; of a container, its children's joined by spaces,
  /// without raw HTML. Of a code block, the code.
  std::string text;
  /// Safe HTML, as cmark-gfm renders it. Heading and table cell: inline content only; other leaves and containers: the whole element, also
  /// the paragraph of a tight list, which has no `<p>` inside the list. Raw HTML in the source is left out. Links and pictures lead to what
  /// LinkTargets made of their targets; unsafe schemes are emptied. No line end at the end.
  std::string html;
  std::vector<Link> links;      ///< in this block and below, in the order they end; pictures are not among them
  Span span;                    ///< from its first character, markers included, to the end of its last line; a table cell's is its content
  std::vector<Block> children;  ///< of a list: items; of an item or quote: blocks; of a table: rows (the first is the header); of a row: cells
};

struct Comment {
  std::string text;  ///< between `<!--` and `-->`, trimmed
  Span span;         ///< of all of it
};

struct Markdown {
  std::vector<Block> blocks;
  std::vector<Comment> comments;
  /// `nesting-too-deep` (error; past 32 containers or 100 levels of emphasis and links; the line or block is left out),
  /// `file-too-dense` (error; a line, block or the rest of the file was left out because it would cost more time, memory or output than
  /// prose can), `raw-html` (warning; not shown to readers; once a block). In the order of the file, a hundred of each at most.
  Findings findings;
};

/// What the href of a link or image becomes in html; `target` is as written. Returning it unchanged is allowed.
using LinkTargets = std::function<std::string(std::string_view target)>;

/// Parses from `first_line` (1 is the whole text; after front matter, the line behind it, which may be past the end). Never fails: what cannot
/// be used is a finding and an absent block. Time and memory are linear in the input, whatever it is: about a second for
/// the worst 5 MB, and never more than 160 MB and 50 times its size. From any thread; throws only what `targets` throws.
[[nodiscard]] Markdown parse_markdown(const SourceText& source, std::size_t first_line = 1, const LinkTargets& targets = {});

/// What a list item's `html` holds between its tags, trimmed; the whole of any other block's.
[[nodiscard]] std::string_view inner_html(const Block& block);

/// Inline text as HTML: escaped, nothing else. For values that are not Markdown.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace waymark::markup
