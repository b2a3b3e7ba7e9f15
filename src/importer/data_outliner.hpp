/// One data file's tree → parts and statements. For data_reader alone.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/source_text.hpp"
#include "importer/data_node.hpp"
#include "importer/data_records.hpp"
#include "importer/data_references.hpp"
#include "importer/outline.hpp"

namespace waymark::importer {

/// What the files of one import share: a text that several point to is one sentence.
struct DataMemory {
  std::map<const DataNode*, std::vector<Statement>> said;
  std::map<const DataNode*, std::vector<SentenceId>> titles;
  /// "levels: {1: Junior Engineer, 2: Engineer}": what others call 1 and 2. Without a node where two such lists differ.
  std::map<std::string, const DataNode*> level_names;
};

/// A map that only says what levels are called.
[[nodiscard]] bool names_levels(const std::string& key, const DataNode& map);
void note_level_names(const DataNode& node, DataMemory& memory);

class DataOutliner {
 public:
  /// All must outlive this. `references` is nullptr where nothing points.
  DataOutliner(const DataFile& file, const std::vector<DataFile>& files, const std::vector<SourceText>& sources, const DataReferences* references,
               DataMemory& memory, SourceOutline& outline);

  /// Title, statements and parts of a whole file.
  void fill_root(const DataNode& root, Part& part);

 private:
  enum class Declared { no, level };

  void fill(const DataNode& map, Part& part);
  void add_value(const DataNode::Entry& entry, Part& part);
  void add_scalar(const DataNode::Entry& entry, Part& part);
  void add_sequence(const std::string& key, const DataNode& list, Part& part);
  void add_map(const std::string& key, const DataNode& map, Part& part);
  void add_thing(const DataNode& map, const std::string& key, const std::string& own_key, Part& part);
  void add_records(const DataRecords& records, Part& part);
  void add_record(const DataNode& record, const DataRecords& records, Part& part);
  void add_references(const DataNode& list, Part& part);
  [[nodiscard]] bool holds_ids(const std::string& key, const DataNode& list) const;
  void add_by_id(const std::string& key, const DataNode& list, Part& part);
  void add_pointed(const DataTarget& target, Part& part);

  [[nodiscard]] const DataNode::Entry* title_entry(const DataNode& map) const;
  [[nodiscard]] bool is_statement(const DataNode& map) const;
  [[nodiscard]] Statement statement_of(const DataNode& map, const std::set<std::string>& without);
  void add_details(const DataNode::Entry& entry, Statement& statement);
  void add_nested(const DataNode& node, Statement& statement);
  [[nodiscard]] const DataNode* level_name(const std::string& key) const;
  /// Titles a part by `map`, or by the key it stands under.
  void give_title(const DataNode& map, const std::string& key, Part& part);

  [[nodiscard]] std::vector<Statement> say(const DataNode& scalar, Statement::Kind kind);
  [[nodiscard]] const std::vector<SentenceId>& title_sentences(const DataNode& scalar);
  void set_aside(const DataNode& node, std::string_view reason);
  [[nodiscard]] const DataFile& file_of(const DataNode& node) const;
  [[nodiscard]] const SourceText& source_of(const DataNode& node) const;
  [[nodiscard]] SourcePlace place(const DataNode& node) const;

  const DataFile& m_file;
  const std::vector<DataFile>& m_files;
  const std::vector<SourceText>& m_sources;
  const DataReferences* m_references;
  DataMemory& m_memory;
  SourceOutline& m_outline;
  std::vector<std::size_t> m_in{0};     ///< index of the file whose nodes are read, innermost last
  std::vector<const DataNode*> m_open;  ///< what is being read: a reference back to one of these is a circle
  std::set<const DataNode*> m_used;     ///< lists whose things stand elsewhere already
};

}  // namespace waymark::importer
