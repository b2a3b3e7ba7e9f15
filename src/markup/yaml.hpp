/// YAML → a tree of scalars, sequences and maps that knows where it stands (yaml-cpp's events; the plain subset described in doc/pathway-format.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source_text.hpp"

namespace waymark::markup {

/// A value; owns everything below it.
struct YamlNode {
  enum class Kind { null, scalar, sequence, map };
  struct Entry;

  Kind kind = Kind::null;
  std::string scalar;           ///< as written, quotes and escapes resolved; `0755` stays "0755"
  bool quoted = false;          ///< "true" and "4" in quotes are words; so is a text behind `|` or `>`
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<Entry> entries;   ///< of a map, in the order of the file; keys are scalars and differ
  /// Of the scalar with its quotes, or the first character of a container; of a missing value, the place behind its key.
  Span span;

  /// The value of a key, or nullptr: also when this is no map.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  /// Unquoted decimal numbers only: `4`, `-1.5`; no octal or leading zero, exponent, plus sign, infinity or underscore.
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<long long> integer() const;
  /// `true` and `false`, unquoted, lower case. `yes`, `on`, `no`, `off` are words.
  [[nodiscard]] std::optional<bool> boolean() const;
};

struct YamlNode::Entry {
  std::string key;
  Span key_span;
  YamlNode value;
};

struct Yaml {
  std::optional<YamlNode> root;  ///< absent when there was an error; a null node for an empty document
  /// `yaml-syntax`, `yaml-alias`, `yaml-tag`, `yaml-duplicate-key`, `yaml-nesting` (past 32), `yaml-key` (a key that is no scalar),
  /// `yaml-documents` (more than one); all errors, all of them in one pass as far as the syntax allows: what is no YAML ends it.
  /// In the order of the file, a hundred of each at most.
  Findings findings;
};

/// Parses lines [first_line, end_line) of the source; end_line 0 means to its end. Positions are those of the whole file. Linear in the
/// input; a single value of more than 1 MB is refused. From any thread.
[[nodiscard]] Yaml parse_yaml(const SourceText& source, std::size_t first_line = 1, std::size_t end_line = 0);

struct FrontMatter {
  std::optional<YamlNode> root;  ///< absent when the file has none or it is broken
  /// The first line behind it, one past the last line where nothing follows. When it is never closed, the line behind the first empty one.
  std::size_t body_line = 1;
  /// As Yaml, and `front-matter-open` (error) when the closing `---` is missing, `front-matter-toml` (warning) for Hugo's `+++`, which is
  /// passed over.
  Findings findings;
};

/// A file that begins with a line `---` has front matter up to the next line `---` or `...`; an empty one is a null node. Nothing may stand
/// before it, no comment either.
[[nodiscard]] FrontMatter parse_front_matter(const SourceText& source);

}  // namespace waymark::markup
