#include <algorithm>

#include <fmt/core.h>

#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

using markup::Block;

constexpr std::size_t words_of_a_sentence = 4;

/// Cells of prose, in more than one row and column: what a table of figures or names has not.
bool is_grid(const Block& table) {
  std::size_t cells = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  for (std::size_t i = 1; i < table.children.size(); ++i) {
    const auto prose = static_cast<std::size_t>(std::count_if(table.children[i].children.begin(), table.children[i].children.end(),
                                                              [](const Block& cell) { return words_of(cell.text).size() >= words_of_a_sentence; }));
    cells += prose;
    rows += prose > 0 ? 1 : 0;
    columns = std::max(columns, prose);
  }
  return cells >= 4 && rows >= 2 && columns >= 2;
}

void look(const Block& block, const std::string& file, Reporter& report) {
  if (block.kind == Block::Kind::table && is_grid(block)) {
    report.at(pathway::Place{file, block.span},
              fmt::format("This table of {} by {} puts prose into cells.", block.children.size() - 1, block.children.front().children.size()),
              "Tell it as paragraphs: a reader judges a cell by comparing its adjective with the one beside it.");
  }
  for (const Block& child : block.children) look(child, file, report);
}

void look(const std::vector<pathway::Passage>& passages, const std::string& file, Reporter& report) {
  for (const pathway::Passage& passage : passages) look(passage.block, file, report);
}

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& level : subject.pathway.levels) {
    look(level.summary, level.place.file, report);
    for (const pathway::Section& section : level.sections) look(section.passages, level.place.file, report);
    for (const pathway::Criterion& criterion : level.criteria) look(criterion.passages, level.place.file, report);
  }
  for (const pathway::Capability& capability : subject.pathway.capabilities) {
    look(capability.intro, capability.place.file, report);
    for (const pathway::AtLevel& part : capability.levels) look(part.passages, capability.place.file, report);
    for (const pathway::Section& section : capability.sections) look(section.passages, capability.place.file, report);
  }
}

}  // namespace

Rule grid_table() { return {"grid-table", Family::grid, Severity::warning, Needs::words, check}; }

}  // namespace waymark::lint::checks
