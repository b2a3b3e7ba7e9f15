// What a single value says, as sentences that know where they stand.
#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/data_outliner.hpp"
#include "importer/data_words.hpp"
#include "importer/sentence_finder.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {

using Kind = DataNode::Kind;

/// A scalar as statements: lines that begin with a bullet or a number are items, what stands between empty lines is a paragraph.
std::vector<Statement> DataOutliner::say(const DataNode& scalar, Statement::Kind kind) {
  const auto known = m_memory.said.find(&scalar);
  if (known != m_memory.said.end()) return known->second;
  std::vector<Statement> said;
  const SourcePlace at = place(scalar);
  SentenceFinder finder(source_of(scalar), at.first_line, at.last_line);
  const auto add = [&](std::string_view text, Statement::Kind as) {
    Statement made;
    made.kind = as;
    made.text = collapse_white_space(text);
    made.place = at;
    for (const std::string_view sentence : sentences(made.text)) {
      const std::size_t line = finder.line_of(sentence);
      made.sentences.push_back(m_outline.add({at.file, line, line}, std::string(sentence)));
    }
    if (!made.sentences.empty()) said.push_back(std::move(made));
  };
  std::string paragraph;
  bool in_item = false;
  const auto end = [&] {
    if (has_letters(paragraph)) add(paragraph, in_item ? Statement::Kind::item : kind);
    paragraph.clear();
    in_item = false;
  };
  for (const std::string_view line : split(scalar.scalar, '\n')) {
    const std::string_view words = trim(line);
    const std::size_t mark = scalar.scalar.find('\n') == std::string::npos ? 0 : bullet_length(words);
    if (words.empty() || mark > 0) end();
    if (mark > 0) in_item = true;
    paragraph += (paragraph.empty() ? "" : " ") + std::string(words.substr(mark));
  }
  end();
  m_memory.said.emplace(&scalar, said);
  return said;
}

const std::vector<SentenceId>& DataOutliner::title_sentences(const DataNode& scalar) {
  const auto known = m_memory.titles.find(&scalar);
  if (known != m_memory.titles.end()) return known->second;
  std::vector<SentenceId> ids;
  const std::string text = collapse_white_space(scalar.scalar);
  if (has_letters(text) && !is_small_number(text)) ids.push_back(m_outline.add(place(scalar), text));
  return m_memory.titles.emplace(&scalar, std::move(ids)).first->second;
}

void DataOutliner::set_aside(const DataNode& node, std::string_view reason) {
  if (node.kind == Kind::scalar) {
    const std::string text = collapse_white_space(node.scalar);
    if (!has_letters(text) || m_memory.said.contains(&node)) return;
    m_memory.said.emplace(&node, std::vector<Statement>());
    m_outline.set_aside.push_back({{m_outline.add(place(node), text)}, std::string(reason)});
    return;
  }
  for (const DataNode& item : node.items) set_aside(item, reason);
  for (const DataNode::Entry& entry : node.entries) set_aside(entry.value, reason);
}

}  // namespace waymark::importer
