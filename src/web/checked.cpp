#include "web/checked.hpp"

#include <algorithm>
#include <memory>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "lint/lint.hpp"

namespace waymark::web {
namespace {

constexpr std::size_t shown_around = 160;

/// The bytes of the code point that `columns` columns lie before; the end where the line is shorter.
std::size_t byte_of_column(std::string_view line, std::size_t column) {
  std::size_t at = 0;
  for (std::size_t i = 1; i < column && at < line.size(); ++i) at += std::max<std::size_t>(1, utf8_sequence_length(line.substr(at)));
  return at;
}

std::size_t at_boundary(std::string_view line, std::size_t at) {
  while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80) ++at;
  return std::min(at, line.size());
}

Checked::Row make_row(const Finding& finding, const SourceText* source) {
  Checked::Row row{finding, {}, {}, {}};
  const std::size_t number = finding.span.begin.line;
  if (source == nullptr || number > source->line_count()) return row;
  const std::string_view line = source->line(number);
  const std::size_t begin = byte_of_column(line, finding.span.begin.column);
  const std::size_t end = finding.span.end.line == number ? byte_of_column(line, finding.span.end.column) : line.size();
  const std::size_t from = begin > shown_around ? at_boundary(line, begin - shown_around) : 0;
  const std::size_t to = std::min(end, at_boundary(line, std::min(line.size(), begin + 3 * shown_around)));
  const std::size_t last = at_boundary(line, std::min(line.size(), to + shown_around));
  row.before = (from > 0 ? "…" : "") + std::string(line.substr(from, begin - from));
  row.marked = line.substr(begin, to - begin);
  row.after = std::string(line.substr(to, last - to)) + (last < line.size() ? "…" : "");
  return row;
}

}  // namespace

Checked check(const Folder& folder, const pathway::Loaded& loaded) {
  const lint::Linted linted = lint::lint(folder, loaded, date_of(SystemClock().now()));
  Checked checked{{}, linted.findings.size(), linted.allowed.size(), linted.criteria, linted.criteria_in_doubt};
  std::unique_ptr<SourceText> source;
  for (const Finding& finding : linted.findings) {
    if (checked.rows.size() == Checked::most_rows) break;
    if (source == nullptr || source->name() != finding.file) {
      const FolderFile* const file = folder.find(finding.file);
      source = file == nullptr ? nullptr : std::make_unique<SourceText>(file->path, file->bytes);
    }
    checked.rows.push_back(make_row(finding, source.get()));
  }
  return checked;
}

}  // namespace waymark::web
