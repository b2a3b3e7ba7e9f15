#include "importer/data_reader.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

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

/// Runs of ASCII letters and digits, lower case.
std::vector<std::string> bare_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : to_lower_ascii(text) + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

/// Escapes of a text in quotes as spaces, so that they do not stick to words.
std::string without_escapes(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 >= line.size()) {
      text += line[i];
      continue;
    }
    text += ' ';
    i += line[i + 1] == 'u' ? 5 : 1;
  }
  return text;
}

/// Comments, long keys and what mending swallowed: a line with words that no sentence of its file has is set aside as it stands.
void account_for_lines(const SourceText& source, std::size_t first, std::size_t end, const std::vector<SentenceId>& of_file, SourceOutline& outline) {
  constexpr std::size_t longest_key = 2;  ///< words
  std::set<std::string> said;
  for (const SentenceId id : of_file) {
    for (std::string& word : bare_words(outline.sentences[id].text)) said.insert(std::move(word));
  }
  for (std::size_t line = first; line < end; ++line) {
    const std::string text = without_escapes(source.line(line));
    const std::size_t colon = text.find(':');
    const std::string_view key = std::string_view(text).substr(0, colon == std::string::npos ? 0 : colon);
    const bool has_key = key.find('#') == std::string_view::npos && bare_words(key).size() <= longest_key;
    const std::vector<std::string> words = bare_words(has_key ? std::string_view(text).substr(key.size()) : std::string_view(text));
    const bool is_said = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      return said.contains(word) || word.find_first_not_of("0123456789") == std::string::npos || word == "true" || word == "false" || word == "null";
    });
    if (is_said) continue;
    const bool is_comment = trim(source.line(line)).starts_with('#');
    outline.set_aside.push_back({{outline.add({outline.keep_path(source.name()), line, line}, collapse_white_space(source.line(line)))},
                                 is_comment ? std::string(commented_out) : std::string("found no place among the data")});
  }
}

using ByFile = std::map<std::string_view, std::vector<SentenceId>>;

ByFile by_file(const SourceOutline& outline) {
  ByFile result;
  for (SentenceId id = 0; id < outline.sentences.size(); ++id) result[outline.sentences[id].place.file].push_back(id);
  return result;
}

}  // namespace

void read_data_files(const std::vector<DataFile>& files, const std::vector<SourceText>& sources, SourceOutline& outline) {
  const DataReferences references(files);
  DataMemory memory;
  for (const DataFile& file : files) note_level_names(file.root, memory);
  for (const DataFile& file : files) {
    if (is_schema(file.root)) {
      outline.set_aside.push_back(
          {{outline.add({outline.keep_path(file.path), 1, 1}, "The whole file")}, "a schema, which says how other files are built"});
      continue;
    }
    Document document;
    document.path = file.path;
    document.is_catalogue = (references.used() && !references.points(file.root)) || references.is_pointed_to(file);
    DataOutliner(file, files, sources, &references, memory, outline).fill_root(file.root, document.root);
    if (document.root.title.empty()) {
      document.root.title = title_from_path(file.path);
      document.root.place = {outline.keep_path(file.path), 1, 1};
    }
    outline.documents.push_back(std::move(document));
  }
  // Only now: what one file points to stands in another.
  ByFile sentences = files.empty() ? ByFile() : by_file(outline);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string_view begins = trim(sources[i].text()).substr(0, 1);
    const bool is_json = begins == "{" || begins == "[";  // whose parser passes nothing over
    if (!is_json && !is_schema(files[i].root)) account_for_lines(sources[i], 1, sources[i].line_count() + 1, sentences[files[i].path], outline);
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
    outline.set_aside.push_back({{outline.add({outline.keep_path(source.name()), line.line, line.line}, std::move(line.text))}, "not understood"});
  std::vector<DataFile> files;
  files.push_back({source.name(), std::move(*parsed.root)});
  std::vector<SourceText> sources;
  sources.push_back(source);
  const DataReferences references(files);
  DataMemory memory;
  note_level_names(files.front().root, memory);
  Part root;
  DataOutliner(files.front(), files, sources, &references, memory, outline).fill_root(files.front().root, root);
  if (!looks_like_json) account_for_lines(source, first_line, end_line, by_file(outline)[source.name()], outline);
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
