/// YAML and JSON as one tree that knows its lines, and tolerant reading of both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"

namespace waymark::importer {

struct DataNode {
  enum class Kind { null, scalar, sequence, map };
  struct Entry;

  Kind kind = Kind::null;
  std::string scalar;
  bool is_text = false;  ///< of a scalar: in quotes, or neither a number nor a switch
  std::vector<DataNode> items;
  std::vector<Entry> entries;  ///< in the order of the file
  std::size_t line = 0;
  std::size_t last_line = 0;  ///< of a scalar over several lines

  [[nodiscard]] const DataNode* find(std::string_view key) const;
};

struct DataNode::Entry {
  std::string key;
  std::size_t line = 0;
  DataNode value;
};

struct ParsedData {
  struct Dropped {
    std::size_t line = 0;
    std::string text;
  };
  std::optional<DataNode> root;
  std::vector<std::string> questions;  ///< what was mended or passed over, each with its place
  std::vector<Dropped> dropped;        ///< lines that could not be read
};

/// Lines [first_line, end_line) as YAML; several documents become a sequence. A tab, a colon in a text, an anchor or a repeated key is mended, a line that
/// cannot be read is dropped, and both are said. Absent when little would be left.
[[nodiscard]] ParsedData parse_yaml_data(const SourceText& source, std::size_t first_line, std::size_t end_line);

/// As JSON, comments and trailing commas allowed; values one behind the other (JSON Lines) become a sequence.
[[nodiscard]] ParsedData parse_json_data(const SourceText& source, std::size_t first_line, std::size_t end_line);

/// How many texts of three words or more stand below, up to `enough`.
[[nodiscard]] std::size_t count_texts(const DataNode& node, std::size_t enough);

}  // namespace waymark::importer
