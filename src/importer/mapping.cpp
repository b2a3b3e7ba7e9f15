#include "importer/mapping.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "importer/inline_markdown.hpp"
#include "markup/yaml.hpp"

namespace waymark::importer {
namespace {

using markup::YamlNode;

bool is_id(std::string_view id) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !id.empty() && id.size() <= 80 && is_letter(id.front()) &&
         std::all_of(id.begin(), id.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

/// Carries the first thing that is wrong up to parse_mapping.
struct Wrong {
  Error error;
};

class Parser {
 public:
  explicit Parser(const std::string& name) { m_mapping.file = name; }

  Mapping parse(const YamlNode& root) {
    if (root.kind == YamlNode::Kind::null) return std::move(m_mapping);
    if (root.kind != YamlNode::Kind::map) wrong(root.span, "A mapping begins with keys such as `tracks:`.");
    for (const YamlNode::Entry& entry : root.entries) {
      if (entry.key == "name") {
        m_mapping.name = word(entry.value);
      } else if (entry.key == "tracks") {
        for (const YamlNode& track : list(entry.value)) m_mapping.tracks.push_back(read_track(track));
      } else if (entry.key == "fork") {
        read_fork(entry.value);
      } else if (entry.key == "not_levels") {
        for (const YamlNode& title : list(entry.value)) m_mapping.not_levels.push_back(word(title));
      } else {
        wrong(entry.key_span, fmt::format("There is no key “{}” in a mapping; there are name, tracks, fork and not_levels.", entry.key));
      }
    }
    return std::move(m_mapping);
  }

 private:
  [[noreturn]] void wrong(const Span& span, const std::string& what) const {
    throw Wrong{{Error::Kind::bad_input, fmt::format("{}:{}: {}", m_mapping.file, std::max<std::size_t>(1, span.begin.line), what),
                 "Correct the line, or delete the file and import once more: it is written out again."}};
  }

  [[nodiscard]] std::string word(const YamlNode& node) const {
    if (node.kind != YamlNode::Kind::scalar || trim(node.scalar).empty()) wrong(node.span, "A word or a title is expected here.");
    return collapse_white_space(node.scalar);
  }

  [[nodiscard]] const std::vector<YamlNode>& list(const YamlNode& node) const {
    if (node.kind != YamlNode::Kind::sequence && node.kind != YamlNode::Kind::null) wrong(node.span, "A list is expected here.");
    return node.items;
  }

  [[nodiscard]] std::string id(const YamlNode& node, const std::string& text, std::set<std::string>& taken) const {
    if (!is_id(text)) wrong(node.span, fmt::format("“{}” cannot be an id: a letter, then letters, digits, _ or -.", text));
    if (!taken.insert(text).second) wrong(node.span, fmt::format("The id “{}” stands here a second time.", text));
    return text;
  }

  Mapping::Track read_track(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) wrong(node.span, "A track has an id, a title and levels.");
    Mapping::Track track;
    for (const YamlNode::Entry& entry : node.entries) {
      if (entry.key == "id") {
        track.id = id(entry.value, word(entry.value), m_tracks);
      } else if (entry.key == "title") {
        track.title = word(entry.value);
      } else if (entry.key == "levels") {
        read_levels(entry.value, track);
      } else {
        wrong(entry.key_span, fmt::format("There is no key “{}” in a track; there are id, title and levels.", entry.key));
      }
    }
    if (track.id.empty()) wrong(node.span, "This track has no id.");
    if (track.title.empty()) track.title = track.id;
    return track;
  }

  /// "SE: Senior Engineer", or titles alone.
  void read_levels(const YamlNode& node, Mapping::Track& track) {
    if (node.kind == YamlNode::Kind::map) {
      for (const YamlNode::Entry& entry : node.entries) {
        YamlNode key;
        key.span = entry.key_span;
        track.levels.push_back({id(key, entry.key, m_levels), word(entry.value), entry.key_span.begin.line});
      }
      return;
    }
    for (const YamlNode& title : list(node)) track.levels.push_back({{}, word(title), title.span.begin.line});
  }

  void read_fork(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::null) return;
    const YamlNode* at = node.find("at");
    const YamlNode* branches = node.find("branches");
    if (at == nullptr || branches == nullptr) wrong(node.span, "A fork is `at` a level and has `branches`.");
    Mapping::Fork fork;
    fork.at = word(*at);
    fork.line = node.span.begin.line;
    for (const YamlNode& branch : list(*branches)) fork.branches.push_back(word(branch));
    m_mapping.fork = std::move(fork);
  }

  Mapping m_mapping;
  std::set<std::string> m_tracks;
  std::set<std::string> m_levels;
};

}  // namespace

Result<Mapping> parse_mapping(const std::string& name, std::string_view bytes) {
  const SourceText source(name, bytes);
  const markup::Yaml yaml = markup::parse_yaml(source);
  if (!yaml.root) {
    const Finding& first = yaml.findings.front();
    return fail(Error::Kind::bad_input, fmt::format("{}:{}: {}", name, first.span.begin.line, first.message), first.way_out);
  }
  try {
    return Parser(name).parse(*yaml.root);
  } catch (const Wrong& wrong) {
    return tl::unexpected(wrong.error);
  }
}

std::string to_yaml(const Mapping& mapping) {
  std::string text =
      "# What the import guessed. Change it and import again with --mapping; what you delete here is guessed again.\n"
      "# Levels are `id: title in the source`: move them into their order and onto their track, or give them other ids.\n";
  text += fmt::format("name: {}\ntracks:\n", yaml_value(mapping.name));
  for (const Mapping::Track& track : mapping.tracks) {
    text += fmt::format("  - id: {}\n    title: {}\n    levels:\n", track.id, yaml_value(track.title));
    for (const Mapping::Level& level : track.levels) text += fmt::format("      {}: {}\n", level.id, yaml_value(level.title));
  }
  if (mapping.fork) {
    text += fmt::format("fork:\n  at: {}\n  branches: [{}]\n", mapping.fork->at, join(mapping.fork->branches, ", "));
  } else {
    text += "# fork:\n#   at: the id of the level where the tracks part\n#   branches: [the next level there, the first of the other track]\n";
  }
  text += "# Titles that sound like a place and are none:\n";
  if (mapping.not_levels.empty()) return text + "not_levels: []\n";
  text += "not_levels:\n";
  for (const std::string& title : mapping.not_levels) text += fmt::format("  - {}\n", yaml_value(title));
  return text;
}

}  // namespace waymark::importer
