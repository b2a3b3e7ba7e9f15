#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/page.hpp"

namespace waymark::cli {
namespace {

using markup::Block;

/// Items that fill several lines are set apart; short ones stay together.
bool is_loose(const Block& list) {
  return std::any_of(list.children.begin(), list.children.end(),
                     [](const Block& item) { return item.children.size() > 1 || count_code_points(item.text) > 150; });
}

std::string row_of(const Block& row) {
  std::vector<std::string> cells;
  for (const Block& cell : row.children) cells.push_back(cell.text);
  return join(cells, " | ");
}

}  // namespace

void Page::list(const Block& list, const Margin& margin) {
  const bool loose = is_loose(list);
  int number = 1;
  for (const Block& item : list.children) {
    const Margin before = number == 1 ? margin : Margin{margin.rest, margin.rest};
    const Margin inner = before.with(list.kind == Block::Kind::ordered_list ? fmt::format("{}. ", number) : "- ");
    if (number > 1 && loose) gap();
    if (item.children.empty()) {
      say(item.text, inner);
    } else {
      blocks(item.children, inner);
    }
    ++number;
  }
}

void Page::block(const Block& block, const Margin& margin) {
  switch (block.kind) {
    case Block::Kind::heading: return heading(block.text, margin);
    case Block::Kind::bullet_list:
    case Block::Kind::ordered_list: return list(block, margin);
    case Block::Kind::list_item: return blocks(block.children, margin);
    case Block::Kind::block_quote: return blocks(block.children, {margin.first + "> ", margin.rest + "> "});
    case Block::Kind::code_block: return verbatim(block.text, {margin.first + "    ", margin.rest + "    "});
    case Block::Kind::table:
      for (const Block& row : block.children) say(row_of(row), &row == &block.children.front() ? margin : Margin{margin.rest, margin.rest});
      return;
    case Block::Kind::table_row: return say(row_of(block), margin);
    case Block::Kind::thematic_break: return say("* * *", margin);
    case Block::Kind::raw_html: return;
    case Block::Kind::paragraph:
    case Block::Kind::table_cell: return say(block.text, margin);
  }
}

void Page::blocks(const std::vector<Block>& blocks, const Margin& margin) {
  bool first = true;
  for (const Block& each : blocks) {
    if (each.kind == Block::Kind::raw_html) continue;
    if (!first) gap();
    block(each, first ? margin : Margin{margin.rest, margin.rest});
    first = false;
  }
}

void Page::passages(const std::vector<pathway::Passage>& passages, const Margin& margin) {
  bool first = true;
  for (const pathway::Passage& passage : passages) {
    if (passage.block.kind == Block::Kind::raw_html) continue;
    if (!first) gap();
    block(passage.block, first ? margin : Margin{margin.rest, margin.rest});
    first = false;
  }
}

}  // namespace waymark::cli
