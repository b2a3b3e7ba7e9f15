#include "importer/data_outliner.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/block_reader.hpp"
#include "importer/data_words.hpp"
#include "importer/sentence_finder.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {
namespace {

using Kind = DataNode::Kind;

constexpr std::size_t fewest_words_of_text = 3;
constexpr std::size_t longest_title = 10;  ///< words
constexpr std::size_t deepest = 80;

bool all_scalars(const DataNode& list) {
  return std::all_of(list.items.begin(), list.items.end(), [](const DataNode& item) { return item.kind == Kind::scalar || item.kind == Kind::null; });
}

bool is_address(std::string_view text) {
  text = trim(text);
  return text.find(' ') == std::string_view::npos &&
         (text.find("://") != std::string_view::npos || text.starts_with('/') || text.starts_with("mailto:"));
}

/// Only puts what is below it together: "topics", "content".
bool is_structure(std::string_view key) {
  const KeyMeaning meaning = meaning_of(key);
  if (meaning == KeyMeaning::levels || meaning == KeyMeaning::statements) return true;
  static const std::set<std::string, std::less<>> words{"topics",      "themes",       "categories",
                                                        "areas",       "capabilities", "competencies",
                                                        "competences", "pillars",      "roles",
                                                        "departments", "tracks",       "data",
                                                        "framework",   "pathway",      "sections",
                                                        "groups",      "skills",       "required",
                                                        "dimensions",  "frameworks",   "teams",
                                                        "disciplines", "children",     "attributes",
                                                        "families",    "jobfamilies",  "required_competencies"};
  return words.contains(to_lower_ascii(key));
}

}  // namespace

DataOutliner::DataOutliner(const DataFile& file, const std::vector<DataFile>& files, const std::vector<SourceText>& sources,
                           const DataReferences* references, DataMemory& memory, SourceOutline& outline)
    : m_file(file), m_files(files), m_sources(sources), m_references(references), m_memory(memory), m_outline(outline) {
  m_in = {static_cast<std::size_t>(&file - files.data())};
}

const SourceText& DataOutliner::source_of(const DataNode&) const { return m_sources[m_in.back()]; }

SourcePlace DataOutliner::place(const DataNode& node) const {
  const std::size_t last = m_sources[m_in.back()].line_count();
  const std::size_t first = std::clamp<std::size_t>(node.line, 1, last);
  return {m_outline.keep_path(m_files[m_in.back()].path), first, std::clamp(node.kind == Kind::scalar ? node.last_line : first, first, last)};
}

const DataNode::Entry* DataOutliner::title_entry(const DataNode& map) const {
  const auto find = [&](auto fits) -> const DataNode::Entry* {
    for (const DataNode::Entry& entry : map.entries) {
      if (entry.value.kind == Kind::scalar && has_letters(entry.value.scalar) && count_words(entry.value.scalar) <= longest_title && fits(entry))
        return &entry;
    }
    return nullptr;
  };
  const auto* title =
      find([](const DataNode::Entry& entry) { return meaning_of(entry.key) == KeyMeaning::title && to_lower_ascii(entry.key) != "name"; });
  if (title == nullptr) title = find([](const DataNode::Entry& entry) { return meaning_of(entry.key) == KeyMeaning::title; });
  if (title == nullptr) title = find([](const DataNode::Entry& entry) { return meaning_of(entry.key) == KeyMeaning::level; });
  // "topic: Delivery" says what the thing is about, unless a list of its like says which of them.
  if (title == nullptr) title = find([](const DataNode::Entry& entry) { return meaning_of(entry.key) == KeyMeaning::group; });
  if (title == nullptr) {
    title = find([](const DataNode::Entry& entry) {
      const std::string key = to_lower_ascii(entry.key);
      return key == "id" || key == "path" || key == "slug" || key == "key" || key == "role" || key == "skill";
    });
    if (title != nullptr && (title->value.scalar.size() > 40 || is_address(title->value.scalar))) title = nullptr;
  }
  return title;
}

void DataOutliner::give_title(const DataNode& map, const std::string& key, Part& part) {
  const DataNode::Entry* title = title_entry(map);
  part.place = place(map);
  if (title == nullptr) {
    part.title = words_of_key(key);
    if (is_small_number(part.title)) part.title = "Level " + part.title;
    return;
  }
  const KeyMeaning meaning = meaning_of(title->key);
  part.place = place(title->value);
  part.title = collapse_white_space(title->value.scalar);
  if (meaning == KeyMeaning::level && is_small_number(part.title)) part.title = words_of_key(title->key) + " " + part.title;
  if (meaning == KeyMeaning::identifier) {
    part.title = words_of_key(part.title);
    if (is_small_number(part.title)) part.title = words_of_key(key) + " " + part.title;
    set_aside(title->value, "a name for machines");
    return;
  }
  part.sentences = title_sentences(title->value);
}

/// A text with what belongs to it, and nothing that would need a heading.
bool DataOutliner::is_statement(const DataNode& map) const {
  bool has_text = false;
  for (const DataNode::Entry& entry : map.entries) {
    const KeyMeaning meaning = meaning_of(entry.key);
    if (entry.value.kind == Kind::scalar) {
      if (meaning == KeyMeaning::title || meaning == KeyMeaning::level || meaning == KeyMeaning::group) {
        if (count_words(entry.value.scalar) <= 6) return false;
        has_text = true;
      }
      if (meaning == KeyMeaning::statement || meaning == KeyMeaning::statements || meaning == KeyMeaning::summary) has_text = true;
    } else if (entry.value.kind != Kind::null && !(entry.value.kind == Kind::sequence && all_scalars(entry.value))) {
      return false;
    } else if (entry.value.kind == Kind::sequence && meaning != KeyMeaning::examples && meaning != KeyMeaning::identifier &&
               !entry.value.items.empty()) {
      if (meaning == KeyMeaning::statements || meaning == KeyMeaning::levels) return false;
    }
  }
  return has_text;
}

void DataOutliner::add_nested(const DataNode& node, Statement& statement) {
  if (node.kind == Kind::scalar) {
    for (Statement& said : say(node, Statement::Kind::item)) statement.children.push_back(std::move(said));
  }
  for (const DataNode& item : node.items) add_nested(item, statement);
  for (const DataNode::Entry& entry : node.entries) add_details(entry, statement);
}

void DataOutliner::add_details(const DataNode::Entry& entry, Statement& statement) {
  const KeyMeaning meaning = meaning_of(entry.key);
  const DataNode& value = entry.value;
  if (meaning == KeyMeaning::identifier) {
    set_aside(value, "a name or an address for machines");
  } else if (meaning == KeyMeaning::figure) {
    set_aside(value, "a weight, a score or an amount");
  } else if (value.kind == Kind::scalar && (!value.is_text || count_words(value.scalar) < fewest_words_of_text)) {
    set_aside(value, fmt::format("a mark of a criterion: {}", entry.key));
  } else {
    add_nested(value, statement);
  }
}

Statement DataOutliner::statement_of(const DataNode& map, const std::set<std::string>& without) {
  // The text itself is what is called so; else the longest name for it.
  const DataNode::Entry* main = nullptr;
  for (const KeyMeaning wanted : {KeyMeaning::statement, KeyMeaning::statements, KeyMeaning::summary, KeyMeaning::title, KeyMeaning::other}) {
    for (const DataNode::Entry& entry : map.entries) {
      const bool fits =
          entry.value.kind == Kind::scalar && meaning_of(entry.key) == wanted && !without.contains(entry.key) && has_letters(entry.value.scalar);
      if (fits && main == nullptr && (wanted != KeyMeaning::other || count_words(entry.value.scalar) >= fewest_words_of_text)) main = &entry;
    }
  }
  Statement made;
  made.place = place(map);
  std::vector<Statement> said;
  if (main != nullptr) said = say(main->value, Statement::Kind::item);
  if (!said.empty()) {
    made = std::move(said.front());
    made.kind = Statement::Kind::item;
    for (std::size_t i = 1; i < said.size(); ++i) made.children.push_back(std::move(said[i]));
  }
  for (const DataNode::Entry& entry : map.entries) {
    if (&entry == main || entry.value.kind == Kind::null) continue;
    if (without.contains(entry.key)) {
      set_aside(entry.value, "says which heading a criterion stands under");
      continue;
    }
    add_details(entry, made);
  }
  return made;
}

void DataOutliner::fill_root(const DataNode& root, Part& part) {
  if (root.kind == Kind::map) {
    const DataNode::Entry* title = title_entry(root);
    if (title != nullptr && meaning_of(title->key) == KeyMeaning::title) give_title(root, {}, part);
    fill(root, part);
  } else if (root.kind == Kind::sequence) {
    add_sequence({}, root, part);
  }
}

void DataOutliner::fill(const DataNode& map, Part& part) {
  if (m_open.size() >= deepest || std::find(m_open.begin(), m_open.end(), &map) != m_open.end()) {
    m_outline.questions.push_back(
        fmt::format("{}: What is pointed to here leads back to itself. It was not followed; where should it end?", to_string(place(map))));
    return;
  }
  m_open.push_back(&map);
  std::vector<DataRecords> records;
  for (const DataNode::Entry& entry : map.entries) {
    if (std::optional<DataRecords> found = find_records(map, entry.value)) {
      if (found->level_list != nullptr) m_used.insert(found->level_list);
      records.push_back(std::move(*found));
    }
  }
  const DataNode::Entry* title = title_entry(map);
  for (const DataNode::Entry& entry : map.entries) {
    const auto as_records = std::find_if(records.begin(), records.end(), [&](const DataRecords& each) { return each.list == &entry.value; });
    if (as_records != records.end()) {
      add_records(*as_records, part);
    } else if (&entry != title && !m_used.contains(&entry.value)) {
      add_value(entry, part);
    }
  }
  m_open.pop_back();
}

void DataOutliner::add_value(const DataNode::Entry& entry, Part& part) {
  const KeyMeaning meaning = meaning_of(entry.key);
  if (meaning == KeyMeaning::figure) {
    set_aside(entry.value, "a weight, a score or an amount");
    return;
  }
  if (meaning == KeyMeaning::follows) {
    for (const std::string& name : DataRecords::said(DataNode{Kind::map, {}, false, {}, {entry}, entry.line, entry.line}, entry.key))
      part.follows.push_back(name);
    set_aside(entry.value, "says that what counts there counts here too, which the order of the levels says");
    return;
  }
  switch (entry.value.kind) {
    case Kind::null: break;
    case Kind::scalar: add_scalar(entry, part); break;
    case Kind::sequence: add_sequence(entry.key, entry.value, part); break;
    case Kind::map: add_map(entry.key, entry.value, part); break;
  }
}

void DataOutliner::add_scalar(const DataNode::Entry& entry, Part& part) {
  const KeyMeaning meaning = meaning_of(entry.key);
  const DataNode& value = entry.value;
  if (!value.is_text) {
    set_aside(value, "a number or a switch");
  } else if (meaning == KeyMeaning::identifier || is_address(value.scalar)) {
    set_aside(value, "a name or an address for machines");
  } else if (meaning == KeyMeaning::summary) {
    for (Statement& said : say(value, Statement::Kind::paragraph)) part.statements.push_back(std::move(said));
  } else if (meaning == KeyMeaning::statement || meaning == KeyMeaning::statements) {
    for (Statement& said : say(value, Statement::Kind::item)) part.statements.push_back(std::move(said));
  } else if (meaning == KeyMeaning::title) {
    set_aside(value, "another name of the same");
  } else if (count_words(value.scalar) >= fewest_words_of_text) {
    Part made;
    made.title = words_of_key(entry.key);
    made.place = place(value);
    made.statements = say(value, Statement::Kind::paragraph);
    part.parts.push_back(std::move(made));
  } else {
    set_aside(value, fmt::format("a mark: {}", entry.key));
  }
}

void DataOutliner::add_sequence(const std::string& key, const DataNode& list, Part& part) {
  if (list.items.empty()) return;
  if (meaning_of(key) == KeyMeaning::identifier) {
    set_aside(list, "a name or an address for machines");
    return;
  }
  if (all_scalars(list)) {
    const auto pointing = static_cast<std::size_t>(std::count_if(list.items.begin(), list.items.end(), [&](const DataNode& item) {
      return m_references != nullptr && m_references->path(item.scalar) != nullptr;
    }));
    Part own;
    own.title = words_of_key(key);
    own.place = place(list);
    Part& into = is_structure(key) || key.empty() ? part : own;
    if (pointing > 0 && 2 * pointing >= list.items.size()) {
      add_references(list, into);
      if (&into == &own && !own.parts.empty()) part.parts.push_back(std::move(own));
      return;
    }
    if (holds_ids(key, list)) {
      add_by_id(key, list, into);
      if (&into == &own && (!own.parts.empty() || !own.statements.empty())) part.parts.push_back(std::move(own));
      return;
    }
    for (const DataNode& item : list.items) {
      for (Statement& said : say(item, Statement::Kind::item)) into.statements.push_back(std::move(said));
    }
    if (&into == &own && !own.statements.empty()) part.parts.push_back(std::move(own));
    return;
  }
  for (const DataNode& item : list.items) {
    if (item.kind == Kind::map) {
      add_thing(item, key, key, part);
    } else if (item.kind == Kind::sequence) {
      if (m_open.size() < deepest) {
        m_open.push_back(&item);
        add_sequence(key, item, part);
        m_open.pop_back();
      }
    } else {
      for (Statement& said : say(item, Statement::Kind::item)) part.statements.push_back(std::move(said));
    }
  }
}

/// A map in a list, or under a key of its own.
void DataOutliner::add_thing(const DataNode& map, const std::string& key, const std::string& own_key, Part& part) {
  const DataNode* pointer = map.find("$ref");
  if (pointer != nullptr && pointer->kind == Kind::scalar && m_references != nullptr) {
    const DataTarget target = m_references->pointer(m_files[m_in.back()], pointer->scalar);
    if (target.node == nullptr || target.node == &map) {
      m_outline.questions.push_back(fmt::format("{}: “{}” leads nowhere. What should stand here?", to_string(place(*pointer)), pointer->scalar));
      set_aside(*pointer, "a reference that leads nowhere");
      return;
    }
    if (std::find(m_open.begin(), m_open.end(), target.node) != m_open.end()) {
      m_outline.questions.push_back(
          fmt::format("{}: “{}” leads back to itself. It was not followed; what should stand here?", to_string(place(*pointer)), pointer->scalar));
      set_aside(*pointer, "a reference that leads back to itself");
      return;
    }
    set_aside(*pointer, "a reference, which was followed");
    m_in.push_back(static_cast<std::size_t>(target.file - m_files.data()));
    if (target.node->kind == Kind::map && m_open.size() < deepest) {
      m_open.push_back(&map);
      add_thing(*target.node, key, own_key, part);
      m_open.pop_back();
    } else if (target.node->kind == Kind::sequence) {
      add_sequence(key, *target.node, part);
    }
    m_in.pop_back();
    return;
  }
  if (is_statement(map) && meaning_of(key) != KeyMeaning::levels) {
    part.statements.push_back(statement_of(map, {}));
    return;
  }
  Part made;
  give_title(map, own_key, made);
  const DataNode::Entry* title = title_entry(map);
  const bool declared = meaning_of(key) == KeyMeaning::levels || (title != nullptr && meaning_of(title->key) == KeyMeaning::level);
  made.is_level = declared && (m_references == nullptr || !m_references->used() || m_references->points(map));
  if (const DataNode* id = map.find("id"); id != nullptr && id->kind == Kind::scalar) made.source_id = id->scalar;
  fill(map, made);
  // A title that is a sentence, with nothing below it, is a statement.
  if (made.statements.empty() && made.parts.empty() && title != nullptr && count_words(title->value.scalar) > 5 && !made.is_level) {
    Statement said;
    said.kind = Statement::Kind::item;
    said.text = made.title;
    said.place = made.place;
    said.sentences = made.sentences;
    part.statements.push_back(std::move(said));
    return;
  }
  part.parts.push_back(std::move(made));
}

void DataOutliner::add_map(const std::string& key, const DataNode& map, Part& part) {
  const bool are_said_elsewhere = names_levels(key, map) && !map.entries.empty() && level_name(map.entries.front().key) != nullptr;
  if (are_said_elsewhere) {
    for (const DataNode::Entry& entry : map.entries) {
      if (level_name(entry.key) == &entry.value && m_memory.titles.contains(&entry.value)) continue;
      const std::vector<SentenceId> sentences = title_sentences(entry.value);
      if (!sentences.empty()) m_outline.set_aside.push_back({sentences, "what a level is called"});
    }
    return;
  }
  if (map.find("$ref") != nullptr) {
    add_thing(map, key, key, part);
    return;
  }
  const bool of_things = !map.entries.empty() && std::all_of(map.entries.begin(), map.entries.end(), [](const auto& entry) {
    return entry.value.kind != Kind::scalar || count_words(entry.value.scalar) >= fewest_words_of_text;
  });
  if (!is_structure(key) || !of_things || title_entry(map) != nullptr) {
    add_thing(map, key, key, part);
    return;
  }
  for (const DataNode::Entry& entry : map.entries) {
    if (entry.value.kind == Kind::map) {
      add_thing(entry.value, key, entry.key, part);
      continue;
    }
    if (meaning_of(key) != KeyMeaning::levels) {
      add_value(entry, part);
      continue;
    }
    Part made;
    const DataNode* name = level_name(entry.key);
    made.title = name != nullptr ? collapse_white_space(name->scalar) : is_small_number(entry.key) ? "Level " + entry.key : words_of_key(entry.key);
    if (name != nullptr) made.sentences = title_sentences(*name);
    made.place = place(entry.value);
    made.place.first_line = made.place.last_line = entry.line;
    made.is_level = true;
    if (entry.value.kind == Kind::scalar) made.statements = say(entry.value, Statement::Kind::item);
    if (entry.value.kind == Kind::sequence) add_sequence("criteria", entry.value, made);
    part.parts.push_back(std::move(made));
  }
}

}  // namespace waymark::importer
