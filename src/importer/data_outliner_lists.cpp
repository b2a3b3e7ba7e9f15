#include <algorithm>

#include <fmt/core.h>

#include "importer/block_reader.hpp"
#include "importer/data_outliner.hpp"
#include "importer/data_words.hpp"
#include "importer/titles.hpp"

namespace waymark::importer {

using Kind = DataNode::Kind;

bool names_levels(const std::string& key, const DataNode& map) {
  return meaning_of(key) == KeyMeaning::levels && map.kind == Kind::map && map.entries.size() >= 2 &&
         std::all_of(map.entries.begin(), map.entries.end(),
                     [](const DataNode::Entry& entry) { return entry.value.kind == Kind::scalar && read_title(entry.value.scalar).names_level; });
}

void note_level_names(const DataNode& node, DataMemory& memory) {
  for (const DataNode& item : node.items) note_level_names(item, memory);
  for (const DataNode::Entry& entry : node.entries) {
    note_level_names(entry.value, memory);
    if (!names_levels(entry.key, entry.value)) continue;
    for (const DataNode::Entry& named : entry.value.entries) {
      const auto [known, fresh] = memory.level_names.try_emplace(named.key, &named.value);
      if (!fresh && known->second != nullptr && known->second->scalar != named.value.scalar) known->second = nullptr;
    }
  }
}

const DataNode* DataOutliner::level_name(const std::string& key) const {
  const auto known = m_memory.level_names.find(key);
  return known == m_memory.level_names.end() ? nullptr : known->second;
}

void DataOutliner::add_references(const DataNode& list, Part& part) {
  for (const DataNode& item : list.items) {
    if (item.kind != Kind::scalar || !has_letters(item.scalar)) continue;
    const DataTarget* target = m_references->path(item.scalar);
    if (target == nullptr) {
      m_outline.questions.push_back(fmt::format("{}: “{}” leads nowhere. What should stand here?", to_string(place(item)), item.scalar));
      set_aside(item, "a reference that leads nowhere");
      continue;
    }
    set_aside(item, "a reference, which was followed");
    m_in.push_back(static_cast<std::size_t>(target->file - m_files.data()));
    add_pointed(*target, part);
    m_in.pop_back();
  }
}

bool DataOutliner::holds_ids(const std::string& key, const DataNode& list) const {
  if (m_references == nullptr || meaning_of(key) == KeyMeaning::levels) return false;
  const auto known = static_cast<std::size_t>(std::count_if(list.items.begin(), list.items.end(), [&](const DataNode& item) {
    const DataTarget* target = m_references->id(item.scalar);
    return target != nullptr && meaning_of(target->list_key) != KeyMeaning::levels;
  }));
  return known > 0 && 2 * known >= list.items.size();
}

void DataOutliner::add_by_id(const std::string& key, const DataNode& list, Part& part) {
  for (const DataNode& item : list.items) {
    if (!has_letters(item.scalar)) continue;
    const DataTarget* target = m_references->id(item.scalar);
    const bool circles = target != nullptr && std::find(m_open.begin(), m_open.end(), target->node) != m_open.end();
    if (target == nullptr || circles) {
      m_outline.questions.push_back(
          fmt::format("{}: “{}” leads {}. What should stand here?", to_string(place(item)), item.scalar, circles ? "back to itself" : "nowhere"));
      set_aside(item, circles ? "a reference that leads back to itself" : "a reference that leads nowhere");
      continue;
    }
    set_aside(item, "a reference, which was followed");
    m_in.push_back(static_cast<std::size_t>(target->file - m_files.data()));
    if (target->node->kind == Kind::map) {
      add_thing(*target->node, key, key, part);
    } else {
      for (Statement& said : say(*target->node, Statement::Kind::item)) part.statements.push_back(std::move(said));
    }
    m_in.pop_back();
  }
}

void DataOutliner::add_pointed(const DataTarget& target, Part& part) {
  Part made;
  // A step of something is said under that thing's name.
  const bool is_step = target.above != nullptr && meaning_of(target.list_key) == KeyMeaning::levels;
  const DataNode& named = is_step ? *target.above : *target.node;
  give_title(named, {}, made);
  fill(*target.node, made);
  part.parts.push_back(std::move(made));
}

void DataOutliner::add_records(const DataRecords& records, Part& part) {
  for (const std::string& name : records.order) {
    Part level;
    const auto declared = records.levels.find(name);
    level.is_level = true;
    level.source_id = name;
    if (declared != records.levels.end()) {
      give_title(*declared->second, name, level);
      fill(*declared->second, level);
    } else {
      level.title = is_small_number(name) ? words_of_key(records.level_key) + " " + name : name;
      level.place = place(*records.list);
    }
    bool first = true;
    for (const DataNode& record : records.list->items) {
      const std::vector<std::string> levels = DataRecords::said(record, records.level_key);
      if (std::find(levels.begin(), levels.end(), name) == levels.end()) continue;
      if (first && declared == records.levels.end()) level.place = place(record);
      first = false;
      add_record(record, records, level);
    }
    part.parts.push_back(std::move(level));
  }
  for (const DataNode& record : records.list->items) {
    if (!DataRecords::said(record, records.level_key).empty()) continue;
    m_outline.questions.push_back(fmt::format("{}: This does not say at which level it counts. Where does it belong?", to_string(place(record))));
    part.statements.push_back(statement_of(record, {}));
  }
}

void DataOutliner::add_record(const DataNode& record, const DataRecords& records, Part& part) {
  Part* into = &part;
  std::set<std::string> used{records.level_key};
  for (const std::string& key : records.group_keys) {
    const std::vector<std::string> names = DataRecords::said(record, key);
    if (names.empty()) continue;
    used.insert(key);
    Part group;
    const auto& declared = records.groups.at(key);
    const auto found = declared.find(names.front());
    if (found != declared.end()) {
      give_title(*found->second, names.front(), group);
    } else {
      group.title = names.front();
      group.place = place(record);
    }
    const auto known = std::find_if(into->parts.begin(), into->parts.end(), [&](const Part& each) { return each.title == group.title; });
    if (known == into->parts.end()) {
      into->parts.push_back(std::move(group));
      into = &into->parts.back();
    } else {
      into = &*known;
    }
  }
  into->statements.push_back(statement_of(record, used));
}

}  // namespace waymark::importer
