/// yaml-cpp's events → YamlNode, and a finding for everything outside the plain subset.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "markup/finding_list.hpp"
#include "markup/position_cursor.hpp"
#include "markup/yaml.hpp"

namespace waymark::markup {

/// Containers inside one another, at most.
inline constexpr std::size_t most_yaml_nesting = 32;

/// The events of one document; offsets are those of the source. What it is given must outlive it.
class YamlBuilder {
 public:
  /// How a value begins: what yaml-cpp says of it.
  struct Head {
    std::size_t offset = 0;
    bool is_tagged = false;
  };

  YamlBuilder(const SourceText& source, std::size_t end, FindingList& findings)
      : m_source(source), m_text(source.text().substr(0, end)), m_findings(findings), m_positions(source) {}

  void null(std::size_t offset);
  void scalar(const Head& head, const std::string& value);
  void alias(std::size_t offset);
  void anchor(std::size_t offset);
  void begin_container(YamlNode::Kind kind, const Head& head);
  void end_container();

  /// The document, once it is complete.
  [[nodiscard]] std::optional<YamlNode>& root() { return m_root; }
  /// Where the innermost container still open begins.
  [[nodiscard]] std::optional<std::size_t> open_offset() const;
  /// Behind the last value that came.
  [[nodiscard]] std::size_t reached() const { return m_reached; }
  [[nodiscard]] PositionCursor& positions() { return m_positions; }

 private:
  struct Open {
    YamlNode node;
    std::size_t offset = 0;
    int column = 0;  ///< in bytes, from 0
    bool has_key = false;
    YamlNode::Entry entry;  ///< the key whose value comes next
    std::size_t key_end = 0;
    std::unordered_map<std::string, std::size_t> lines_of_keys;
  };

  void add(YamlNode value);
  void check_properties(const Head& head);
  [[nodiscard]] bool begin_value(const Head& head);
  [[nodiscard]] bool expects_key() const;
  void take_key(std::string key, std::size_t begin, std::size_t end);
  void refuse_key(std::size_t offset);
  [[nodiscard]] std::string_view first_word(std::size_t offset) const;

  const SourceText& m_source;
  std::string_view m_text;
  FindingList& m_findings;
  PositionCursor m_positions;
  std::vector<Open> m_open;
  std::size_t m_passed_over = 0;  ///< open containers that are not built: too deep, or a key
  bool m_passes_key = false;      ///< the outermost of them is a key
  std::optional<YamlNode> m_root;
  std::size_t m_reached = 0;
};

}  // namespace waymark::markup
