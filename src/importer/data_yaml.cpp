#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/data_node.hpp"
#include "markup/yaml.hpp"

namespace waymark::importer {
namespace {

using markup::YamlNode;

constexpr std::size_t most_attempts = 120;
constexpr std::size_t most_work = std::size_t{64} << 20;  ///< bytes parsed in all attempts together

DataNode node_of(const YamlNode& yaml) {
  DataNode node;
  node.line = std::max<std::size_t>(1, yaml.span.begin.line);
  node.last_line = std::max(node.line, yaml.span.end.column <= 1 && yaml.span.end.line > node.line ? yaml.span.end.line - 1 : yaml.span.end.line);
  switch (yaml.kind) {
    case YamlNode::Kind::null: break;
    case YamlNode::Kind::scalar:
      node.kind = DataNode::Kind::scalar;
      node.scalar = yaml.scalar;
      node.is_text = yaml.quoted || (!yaml.number() && !yaml.boolean());
      break;
    case YamlNode::Kind::sequence:
      node.kind = DataNode::Kind::sequence;
      for (const YamlNode& item : yaml.items) node.items.push_back(node_of(item));
      break;
    case YamlNode::Kind::map:
      node.kind = DataNode::Kind::map;
      for (const YamlNode::Entry& entry : yaml.entries)
        node.entries.push_back({entry.key, std::max<std::size_t>(1, entry.key_span.begin.line), node_of(entry.value)});
      break;
  }
  return node;
}

/// Tabs in front of a value become spaces.
bool mend_tabs(std::string& line) {
  std::size_t words = 0;
  bool changed = false;
  std::string mended;
  for (; words < line.size() &&
         (line[words] == ' ' || line[words] == '\t' ||
          (line[words] == '-' && words + 1 < line.size() && std::string_view(" \t").find(line[words + 1]) != std::string_view::npos));
       ++words) {
    const bool is_tab = line[words] == '\t';
    changed = changed || is_tab;
    const bool behind_dash = is_tab && !mended.empty() && mended.back() == '-';
    mended += is_tab ? (behind_dash ? " " : "  ") : std::string(1, line[words]);
  }
  const std::size_t colon = line.find(":\t", words);
  if (colon != std::string::npos) {
    line[colon + 1] = ' ';
    changed = true;
  }
  if (changed) line = mended + line.substr(words);
  return changed;
}

/// Where the value of "key: value" or "- value" begins; npos when there is none.
std::size_t value_at(std::string_view line) {
  std::size_t at = line.find_first_not_of(' ');
  if (at == std::string_view::npos) return at;
  while (line.substr(at).starts_with("- ")) at = line.find_first_not_of(' ', at + 1);
  if (at == std::string_view::npos) return at;
  const std::size_t colon = line.find(": ", at);
  const bool has_key = colon != std::string_view::npos && line.substr(at, colon - at).find_first_of("\"'{[,") == std::string_view::npos &&
                       std::count(line.begin() + static_cast<long>(at), line.begin() + static_cast<long>(colon), ' ') <= 2;
  if (!has_key) return at;
  return line.find_first_not_of(' ', colon + 1);
}

bool quote_value(std::string& line) {
  const std::size_t at = value_at(line);
  if (at == std::string::npos || at == 0) return false;
  std::string value(trim(std::string_view(line).substr(at)));
  if (value.empty()) return false;
  if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) value = value.substr(1, value.size() - 2);
  // Opened and never closed.
  const bool is_open = !value.empty() && (value.front() == '"' || value.front() == '\'');
  if (is_open && value.find(value.front(), 1) == std::string::npos) value = value.substr(1);
  if (value.empty()) return false;
  line = line.substr(0, at) + '"' + replace_all(replace_all(value, "\\", "\\\\"), "\"", "\\\"") + '"';
  return true;
}

bool drop_marker(std::string& line) {
  const std::size_t at = value_at(line);
  if (at == std::string::npos || at >= line.size()) return false;
  if (line[at] == '*') return quote_value(line);
  if (line[at] != '&' && line[at] != '!') return false;
  const std::size_t end = line.find(' ', at);
  line = line.substr(0, at) + (end == std::string::npos ? std::string() : std::string(trim(std::string_view(line).substr(end))));
  return true;
}

/// One document, mended until it parses.
class Mender {
 public:
  Mender(const SourceText& source, std::size_t first_line, std::size_t end_line, ParsedData& result)
      : m_source(source), m_first(first_line), m_end(end_line), m_result(result) {
    for (std::size_t line = first_line; line < end_line; ++line) m_lines.emplace_back(source.line(line));
  }

  std::optional<DataNode> read() {
    std::size_t work = 0;
    for (std::size_t attempt = 0; attempt < most_attempts && work < most_work; ++attempt) {
      std::string text(m_first - 1, '\n');
      for (const std::string& line : m_lines) text += line + '\n';
      work += text.size();
      const SourceText mended(m_source.name(), text);
      const markup::Yaml yaml = markup::parse_yaml(mended, m_first, m_end);
      if (yaml.root) return node_of(*yaml.root);
      const auto error =
          std::find_if(yaml.findings.begin(), yaml.findings.end(), [](const Finding& each) { return each.severity == Severity::error; });
      if (error == yaml.findings.end() || !mend(*error)) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  bool mend(const Finding& error) {
    std::size_t at = std::clamp(error.span.begin.line, m_first, m_end - 1);
    while (at > m_first && trim(m_lines[at - m_first]).empty()) --at;
    std::string& line = m_lines[at - m_first];
    if (mend_all_tabs()) {
      say(m_first_tab, "A tab stands here where YAML wants spaces. It was read as if it were spaces.");
      return true;
    }
    const std::size_t tried = m_tried[at]++;
    bool mended = false;
    if (tried == 0 && (error.rule == "yaml-alias" || error.rule == "yaml-tag")) mended = drop_marker(line);
    if (tried == 0 && error.rule == "yaml-duplicate-key") {
      const std::size_t colon = line.find(':');
      if (colon != std::string::npos) line.insert(colon, fmt::format(" ({})", at));
      mended = colon != std::string::npos;
    }
    if (!mended && tried <= 1 && error.rule == "yaml-syntax") mended = quote_value(line);
    if (mended) {
      say(at, error.message + " The line was read as if it were mended.");
      return true;
    }
    if (trim(line).empty()) return false;
    say(at, error.message + " The line was left out.");
    m_result.dropped.push_back({at, std::string(trim(m_source.line(at)))});
    line.clear();
    return true;
  }

  bool mend_all_tabs() {
    bool any = false;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
      if (m_lines[i].find('\t') == std::string::npos || !mend_tabs(m_lines[i])) continue;
      if (!any) m_first_tab = m_first + i;
      any = true;
    }
    return any;
  }

  void say(std::size_t line, const std::string& what) {
    m_result.questions.push_back(fmt::format("{}:{}: {} Is what came of it right?", m_source.name(), line, what));
  }

  const SourceText& m_source;
  std::size_t m_first;
  std::size_t m_end;
  ParsedData& m_result;
  std::vector<std::string> m_lines;
  std::map<std::size_t, std::size_t> m_tried;
  std::size_t m_first_tab = 0;
};

std::size_t word_count(std::string_view text) {
  text = trim(text);
  return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

}  // namespace

const DataNode* DataNode::find(std::string_view key) const {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return at == entries.end() ? nullptr : &at->value;
}

ParsedData parse_yaml_data(const SourceText& source, std::size_t first_line, std::size_t end_line) {
  ParsedData result;
  DataNode whole;
  whole.kind = DataNode::Kind::sequence;
  std::size_t words = 0;
  std::size_t from = first_line;
  for (std::size_t line = first_line; line <= end_line; ++line) {
    const bool ends =
        line == end_line || (!source.line(line).starts_with(' ') && (trim(source.line(line)) == "---" || trim(source.line(line)) == "..."));
    if (!ends) {
      words += has_letters(source.line(line)) ? 1 : 0;
      continue;
    }
    if (line > from) {
      std::optional<DataNode> node = Mender(source, from, line, result).read();
      if (!node) return {std::nullopt, std::move(result.questions), {}};
      if (node->kind != DataNode::Kind::null) whole.items.push_back(std::move(*node));
    }
    from = line + 1;
  }
  if (whole.items.empty() || 5 * result.dropped.size() > words) return {std::nullopt, std::move(result.questions), {}};
  whole.line = whole.items.front().line;
  result.root = whole.items.size() == 1 ? DataNode(std::move(whole.items.front())) : std::move(whole);
  return result;
}

std::size_t count_texts(const DataNode& node, std::size_t enough) {
  if (node.kind == DataNode::Kind::scalar) return node.is_text && word_count(node.scalar) >= 3 ? 1 : 0;
  std::size_t count = 0;
  for (const DataNode& item : node.items) {
    if (count < enough) count += count_texts(item, enough - count);
  }
  for (const DataNode::Entry& entry : node.entries) {
    if (count < enough) count += count_texts(entry.value, enough - count);
  }
  return count;
}

}  // namespace waymark::importer
