#include "lint/fixing.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace waymark::lint {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::vector<std::size_t> line_starts_of(std::string_view bytes) {
  std::vector<std::size_t> starts{bytes.starts_with(byte_order_mark) ? byte_order_mark.size() : 0};
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '\n') starts.push_back(at + 1);
  }
  return starts;
}

std::optional<std::size_t> offset_of(std::string_view bytes, const std::vector<std::size_t>& line_starts, const Position& position) {
  if (position.line > line_starts.size()) return std::nullopt;
  std::size_t at = line_starts[position.line - 1];
  for (std::size_t column = 1; column < position.column; ++column) {
    if (at >= bytes.size() || bytes[at] == '\n') return std::nullopt;
    at += std::max<std::size_t>(utf8_sequence_length(bytes.substr(at)), 1);
  }
  return at;
}

}  // namespace

std::string edited(std::string_view bytes, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  const std::vector<std::size_t> line_starts = line_starts_of(bytes);
  const bool windows = bytes.find("\r\n") != std::string_view::npos;
  std::string result;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    const std::optional<std::size_t> begin = offset_of(bytes, line_starts, edit.span.begin);
    const std::optional<std::size_t> end = offset_of(bytes, line_starts, edit.span.end);
    if (!begin || !end || *begin < done || *end < *begin) continue;
    result += bytes.substr(done, *begin - done);
    result += windows ? replace_all(edit.text, "\n", "\r\n") : edit.text;
    done = *end;
  }
  return result += bytes.substr(done);
}

std::vector<Edit> mechanical_edits(const Findings& findings, std::string_view file) {
  std::vector<Edit> edits;
  for (const Finding& finding : findings) {
    for (const Fix& fix : finding.fixes) {
      if (fix.kind != Fix::Kind::mechanical) continue;
      std::copy_if(fix.edits.begin(), fix.edits.end(), std::back_inserter(edits), [&](const Edit& edit) { return edit.file == file; });
      break;  // further fixes are other ways out of the same finding
    }
  }
  return edits;
}

}  // namespace waymark::lint
