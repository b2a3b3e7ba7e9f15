/// What a data file says by pointing elsewhere: "core/planning/2" by the ids of nested things, "sk-12" by one id, and JSON's {"$ref": "file.json#/a/b"}.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "importer/data_node.hpp"

namespace waymark::importer {

struct DataFile {
  std::string path;
  DataNode root;
};

struct DataTarget {
  const DataFile* file = nullptr;
  const DataNode* node = nullptr;
  const DataNode* above = nullptr;  ///< the map whose list holds it; nullptr at the top
  std::string list_key;             ///< what that list is called
};

class DataReferences {
 public:
  /// `files` must outlive this.
  explicit DataReferences(const std::vector<DataFile>& files);

  /// What a path of ids ("a/b/c") points to; nullptr when it is none.
  [[nodiscard]] const DataTarget* path(std::string_view text) const;
  /// What a single id in a list ("sk-12") points to: a thing that is called so in one place, or the text under that key; nullptr when it is none.
  [[nodiscard]] const DataTarget* id(std::string_view text) const;
  /// What a JSON reference from `from` points to; no node when it leads nowhere.
  [[nodiscard]] DataTarget pointer(const DataFile& from, std::string_view text) const;

  /// Some list of some file points to paths.
  [[nodiscard]] bool used() const { return m_used >= 2; }
  /// Another file points into this one.
  [[nodiscard]] bool is_pointed_to(const DataFile& file) const { return m_targets.contains(&file); }
  /// This or something below points to a path.
  [[nodiscard]] bool points(const DataNode& node) const { return m_pointing.contains(&node); }

 private:
  void enter(const DataFile& file, const DataNode& node, const DataNode* above, const std::string& key, const std::string& prefix);
  void enter_id(const std::string& id, DataTarget target);
  bool mark(const DataNode& node);
  void mark_pointers(const DataFile& file, const DataNode& node);

  const std::vector<DataFile>& m_files;
  std::map<std::string, DataTarget, std::less<>> m_paths;
  std::map<std::string, DataTarget, std::less<>> m_ids;  ///< without a node: two things are called so
  std::set<const DataNode*> m_pointing;
  std::set<const DataFile*> m_targets;
  std::size_t m_used = 0;
};

}  // namespace waymark::importer
