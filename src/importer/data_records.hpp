/// A list of criteria each of which names its level: which list, by which keys. For data_reader alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "importer/data_node.hpp"

namespace waymark::importer {

struct DataRecords {
  /// A thing that records name by its id or title.
  using Declared = std::map<std::string, const DataNode*>;

  const DataNode* list = nullptr;
  std::string level_key;
  const DataNode* level_list = nullptr;  ///< where the levels are declared; may be nullptr
  Declared levels;
  std::vector<std::string> group_keys;
  std::map<std::string, Declared> groups;  ///< by key; empty where the names are all there is
  std::vector<std::string> order;          ///< what records say at level_key, as declared, then as they come

  /// What a record says at `key`: one or several.
  [[nodiscard]] static std::vector<std::string> said(const DataNode& record, const std::string& key);
};

/// The records among the values of `map`, or in lists of them under one key.
[[nodiscard]] std::optional<DataRecords> find_records(const DataNode& map, const DataNode& list);

}  // namespace waymark::importer
