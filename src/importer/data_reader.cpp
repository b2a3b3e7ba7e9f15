#include "importer/data_reader.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/data_outliner.hpp"
#include "importer/outline_builder.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t fewest_texts = 3;

/// Describes other files instead of saying anything.
bool is_schema(const DataNode& root) {
  return root.find("$schema") != nullptr &&
         (root.find("properties") != nullptr || root.find("definitions") != nullptr || root.find("$defs") != nullptr);
}

}  // namespace

void read_data_files(const std::vector<DataFile>& files, const std::vector<SourceText>& sources, SourceOutline& outline) {
  const DataReferences references(files);
  DataMemory memory;
  for (const DataFile& file : files) {
    if (is_schema(file.root)) {
      outline.set_aside.push_back({{outline.add({file.path, 1, 1}, "The whole file")}, "a schema, which says how other files are built"});
      continue;
    }
    Document document;
    document.path = file.path;
    document.is_catalogue = (references.used() && !references.points(file.root)) || references.is_pointed_to(file);
    DataOutliner(file, files, sources, &references, memory, outline).fill_root(file.root, document.root);
    if (document.root.title.empty()) {
      document.root.title = title_from_path(file.path);
      document.root.place = {file.path, 1, 1};
    }
    outline.documents.push_back(std::move(document));
  }
}

bool read_data_block(const SourceText& source, std::size_t first_line, std::size_t end_line, SourceOutline& outline, std::vector<Part>& parts,
                     std::vector<Statement>& statements, Part* whole) {
  if (first_line >= end_line) return false;
  std::size_t first_words = first_line;
  while (first_words < end_line && trim(source.line(first_words)).empty()) ++first_words;
  if (first_words >= end_line) return false;
  const std::string_view begins = trim(source.line(first_words));
  const bool looks_like_json = begins.starts_with('{') || begins.starts_with('[');
  const bool looks_like_yaml = begins.find(": ") != std::string_view::npos || begins.ends_with(':') || begins.starts_with("- ");
  if (!looks_like_json && !looks_like_yaml) return false;
  ParsedData parsed = looks_like_json ? parse_json_data(source, first_line, end_line) : parse_yaml_data(source, first_line, end_line);
  if (!parsed.root || parsed.root->kind == DataNode::Kind::scalar || count_texts(*parsed.root, fewest_texts) < fewest_texts) return false;
  const auto is_nested = [](const DataNode& node) { return node.kind == DataNode::Kind::map || node.kind == DataNode::Kind::sequence; };
  const bool deep = std::any_of(parsed.root->entries.begin(), parsed.root->entries.end(),
                                [&](const DataNode::Entry& entry) {
                                  return std::any_of(entry.value.items.begin(), entry.value.items.end(), is_nested) ||
                                         std::any_of(entry.value.entries.begin(), entry.value.entries.end(),
                                                     [&](const DataNode::Entry& inner) { return is_nested(inner.value); });
                                }) ||
                    std::any_of(parsed.root->items.begin(), parsed.root->items.end(), is_nested);
  if (!deep) return false;
  for (std::string& question : parsed.questions) outline.questions.push_back(std::move(question));
  for (ParsedData::Dropped& line : parsed.dropped)
    outline.set_aside.push_back({{outline.add({source.name(), line.line, line.line}, std::move(line.text))}, "not understood"});
  std::vector<DataFile> files;
  files.push_back({source.name(), std::move(*parsed.root)});
  std::vector<SourceText> sources;
  sources.push_back(source);
  const DataReferences references(files);
  DataMemory memory;
  Part root;
  DataOutliner(files.front(), files, sources, &references, memory, outline).fill_root(files.front().root, root);
  if (whole != nullptr) {
    whole->title = root.title;
    whole->place = root.place;
    whole->sentences = root.sentences;
  } else if (!root.sentences.empty()) {
    Part titled;
    titled.title = root.title;
    titled.place = root.place;
    titled.sentences = root.sentences;
    titled.statements = std::move(root.statements);
    titled.parts = std::move(root.parts);
    parts.push_back(std::move(titled));
    return true;
  }
  parts = std::move(root.parts);
  statements = std::move(root.statements);
  return true;
}

}  // namespace waymark::importer
