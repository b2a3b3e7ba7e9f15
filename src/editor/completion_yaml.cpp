// YAML is completed from its lines: while somebody types, it seldom parses.
#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "editor/completing.hpp"
#include "editor/text_places.hpp"

namespace waymark::editor::completing {
namespace {

using pathway::Target;

enum class Values { none, levels, tracks, scopes, citations, route_kind, status };

struct Key {
  std::string_view section;  ///< the top-level key it stands below; empty at the top
  std::string_view name;
  std::string_view meaning;
  Values values = Values::none;
};

constexpr std::array manifest_keys{
    Key{"", "name", "what the pathway is called"},
    Key{"", "version", "a label for people"},
    Key{"", "language", "of the prose, as in en"},
    Key{"", "url", "what citations link to"},
    Key{"", "status", "draft: gaps become warnings", Values::status},
    Key{"", "scope_axis", "the words of scope, smallest first"},
    Key{"", "tracks", "the tracks and their places"},
    Key{"", "routes", "the ways from place to place"},
    Key{"", "fork", "where the tracks part"},
    Key{"", "equivalences", "places of equal standing"},
    Key{"", "dormant", "places that are not switched on", Values::levels},
    Key{"", "thresholds", "numbers one may act on"},
    Key{"", "retired", "ids that are gone"},
    Key{"tracks", "id", "how level pages name the track"},
    Key{"tracks", "title", "what readers see"},
    Key{"tracks", "summary", "one or two sentences"},
    Key{"tracks", "levels", "its places, in order", Values::levels},
    Key{"routes", "from", "the place it begins at", Values::levels},
    Key{"routes", "to", "the place it leads to", Values::levels},
    Key{"routes", "kind", "onward or return", Values::route_kind},
    Key{"routes", "note", "one sentence on the route"},
    Key{"fork", "at", "the place it is at", Values::levels},
    Key{"fork", "branches", "the places it leads to", Values::levels},
    Key{"fork", "page", "the page that tells it"},
    Key{"equivalences", "place", "the place", Values::levels},
    Key{"equivalences", "equals", "its equals on other tracks", Values::levels},
    Key{"equivalences", "while_dormant", "holds while this place is dormant", Values::levels},
    Key{"equivalences", "once_active", "holds once this place is switched on", Values::levels},
    Key{"equivalences", "note", "one sentence"},
    Key{"thresholds", "id", "its name"},
    Key{"thresholds", "level", "the place it is about", Values::levels},
    Key{"thresholds", "measure", "what is counted"},
    Key{"thresholds", "unit", "of the number"},
    Key{"thresholds", "from", "the least"},
    Key{"thresholds", "to", "the most"},
    Key{"thresholds", "reason", "why the number is there"},
    Key{"thresholds", "also", "what else it may mean"},
    Key{"thresholds", "ask", "the conversation it suggests"},
    Key{"retired", "id", "the citation that is gone"},
    Key{"retired", "in", "the version it went in"},
    Key{"retired", "because", "one sentence"},
    Key{"retired", "now", "the criterion that stands in its place", Values::citations},
};

constexpr std::array level_keys{
    Key{"", "id", "also the file's name"},
    Key{"", "title", "what readers see"},
    Key{"", "track", "the id of a track", Values::tracks},
    Key{"", "scope", "a word of scope_axis", Values::scopes},
    Key{"", "scope_position", "a number on that axis"},
    Key{"", "autonomy", "how much direction, in a few words"},
    Key{"", "span", "how many people, in a few words"},
    Key{"", "shift", "what changes, in a few words"},
    Key{"", "when", "when it is worth switching on"},
    Key{"", "band", "a label without amounts"},
};

constexpr std::array prose_keys{
    Key{"", "id", "also the file's name"},
    Key{"", "title", "what readers see"},
    Key{"", "summary", "one sentence"},
};

/// What a line of YAML says, as far as it goes.
struct YamlLine {
  std::size_t indent = 0;  ///< of the key or the item behind its dashes
  bool item = false;
  std::string_view key;  ///< empty without a colon
  std::string_view value;
};

YamlLine parse_line(std::string_view text) {
  YamlLine line;
  line.indent = std::min(text.find_first_not_of(' '), text.size());
  while (text.substr(line.indent).starts_with("- ") || text.substr(line.indent) == "-") {
    line.item = true;
    line.indent = std::min(text.find_first_not_of(' ', line.indent + 1), text.size());
  }
  const std::string_view rest = text.substr(line.indent);
  const std::size_t colon = rest.find(':');
  const bool is_key = colon != std::string_view::npos && (colon + 1 == rest.size() || rest[colon + 1] == ' ') &&
                      rest.substr(0, colon).find_first_of(" \"'[{") == std::string_view::npos;
  if (is_key) line.key = rest.substr(0, colon);
  line.value = is_key ? rest.substr(colon + 1) : rest;
  return line;
}

/// Of `- {from: GE, to: ` what stands behind the last comma; the line as it is when no brace is open.
std::string_view in_braces(std::string_view text) {
  std::size_t begin = std::string_view::npos;
  int brackets = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{' || (c == ',' && brackets == 0 && begin != std::string_view::npos)) {
      begin = at + 1;
    } else if (c == '}') {
      begin = std::string_view::npos;
    } else if (c == '[' || c == ']') {
      brackets += c == '[' ? 1 : -1;
    }
  }
  return begin == std::string_view::npos ? text : text.substr(begin);
}

/// The nearest line above that opens what this one is in.
std::optional<YamlLine> parent_of(const Page& page, std::size_t number, std::size_t indent, bool item) {
  for (std::size_t above = number; above-- > 1;) {
    const std::string_view text = line_at(page.source, above);
    if (trim(text).empty() || trim(text).starts_with('#') || trim(text) == "---") continue;
    const YamlLine line = parse_line(text);
    const std::size_t outer = text.find_first_not_of(' ');
    // `- item` may stand right below its key, not indented.
    if (!line.key.empty() && trim(line.value).empty() && (outer < indent || (item && outer == indent && !line.item))) return line;
  }
  return std::nullopt;
}

std::string_view section_of(const Page& page, std::size_t number, std::size_t indent, bool item) {
  if (indent == 0 && !item) return {};
  for (std::size_t above = number; above-- > 1;) {
    const std::string_view text = line_at(page.source, above);
    if (text.empty() || text.front() == ' ' || text.front() == '-' || text.front() == '#') continue;
    return parse_line(text).key;
  }
  return {};
}

std::vector<Named> named(const PathwayFolder& folder, Values values) {
  switch (values) {
    case Values::levels: return levels(folder);
    case Values::tracks: return tracks(folder);
    case Values::scopes: return scopes(folder);
    case Values::citations: return criteria(folder);
    case Values::route_kind: return {{"onward", "the way on", {}}, {"return", "an ordinary way back", {}}};
    case Values::status: return {{"draft", "gaps are warnings", {}}};
    case Values::none: break;
  }
  return {};
}

class Yaml {
 public:
  Yaml(const PathwayFolder& folder, const Line& line, std::span<const Key> keys) : m_folder(folder), m_line(line), m_keys(keys) {}

  std::vector<Completion> complete() const {
    if (m_line.before.find('#') != std::string_view::npos) return rules(m_line);
    const std::string_view segment = in_braces(m_line.before);
    YamlLine typed = parse_line(segment);
    if (segment.size() < m_line.before.size()) typed.item = false;
    const std::size_t outer = std::min(m_line.before.find_first_not_of(' '), m_line.before.size());
    const std::string_view section = section_of(m_line.page, m_line.cursor.line, outer, m_line.before.substr(outer).starts_with('-'));
    if (!typed.key.empty()) return values(section, typed.key, typed.value);
    if (typed.item) {
      const auto parent = parent_of(m_line.page, m_line.cursor.line, outer, true);
      if (parent && parent->key != section) return values(section, parent->key, typed.value);
      if (parent && section == "dormant") return values({}, section, typed.value);
    }
    return typed.value.find(' ') == std::string_view::npos ? keys(section, typed.value) : std::vector<Completion>();
  }

 private:
  std::vector<Completion> values(std::string_view section, std::string_view key, std::string_view value) const {
    const auto known = std::find_if(m_keys.begin(), m_keys.end(), [&](const Key& each) { return each.section == section && each.name == key; });
    if (known == m_keys.end()) return {};
    // Of `[GE, JS` the word behind the last comma.
    const std::size_t begin = value.find_last_of("[, ");
    const std::string_view typed = begin == std::string_view::npos ? value : value.substr(begin + 1);
    const std::size_t ahead = std::min(m_line.after.find_first_of(",]} \t"), m_line.after.size());
    const std::string_view space = value.empty() && m_line.before.ends_with(':') ? " " : "";
    std::vector<Completion> found;
    for (const Named& each : named(m_folder, known->values)) {
      found.push_back({each.id, each.title, each.words, known->values == Values::citations ? Completion::Kind::id : Completion::Kind::word,
                       replacing(m_line, typed.size(), ahead, std::string(space) + each.id), each.id});
    }
    return found;
  }

  std::vector<Completion> keys(std::string_view section, std::string_view typed) const {
    std::vector<Completion> found;
    for (const Key& key : m_keys) {
      if (key.section != section || (section.empty() && stands_already(key.name))) continue;
      const std::string name(key.name);
      found.push_back({name,
                       std::string(key.meaning),
                       {},
                       Completion::Kind::key,
                       replacing(m_line, typed.size(), 0, m_line.after.starts_with(':') ? name : name + ": "),
                       name});
    }
    return found;
  }

  [[nodiscard]] bool stands_already(std::string_view key) const {
    const std::size_t last = m_line.file == "pathway.yaml" ? m_line.page.source.line_count() : m_line.page.body_line - 1;
    for (std::size_t number = 1; number <= last; ++number) {
      const std::string_view text = line_at(m_line.page.source, number);
      if (number != m_line.cursor.line && text.starts_with(key) && text.substr(key.size()).starts_with(':')) return true;
    }
    return false;
  }

  const PathwayFolder& m_folder;
  const Line& m_line;
  std::span<const Key> m_keys;
};

}  // namespace

std::vector<Completion> in_manifest(const PathwayFolder& folder, const Line& line) { return Yaml(folder, line, manifest_keys).complete(); }

std::vector<Completion> in_front_matter(const PathwayFolder& folder, const Line& line) {
  if (!line.page.is_document() || line.cursor.line == 1) return {};
  const bool is_level = line.page.target.kind == Target::Kind::level;
  return Yaml(folder, line, is_level ? std::span<const Key>(level_keys) : std::span<const Key>(prose_keys)).complete();
}

}  // namespace waymark::editor::completing
