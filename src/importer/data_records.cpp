#include "importer/data_records.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "importer/data_words.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t longest_name = 60;  ///< bytes

DataRecords::Declared declared_in(const DataNode& list) {
  DataRecords::Declared names;
  const auto enter = [&](const DataNode& thing, const std::string& key) {
    if (!key.empty()) names.try_emplace(key, &thing);
    for (const DataNode::Entry& entry : thing.entries) {
      const KeyMeaning meaning = meaning_of(entry.key);
      const bool is_name = meaning == KeyMeaning::identifier || meaning == KeyMeaning::title || meaning == KeyMeaning::level;
      if (is_name && entry.value.kind == DataNode::Kind::scalar && !entry.value.scalar.empty()) names.try_emplace(entry.value.scalar, &thing);
    }
  };
  for (const DataNode& item : list.items) {
    if (item.kind == DataNode::Kind::map) enter(item, {});
  }
  for (const DataNode::Entry& entry : list.entries) {
    if (entry.value.kind == DataNode::Kind::map) enter(entry.value, entry.key);
  }
  return names;
}

/// How many of `values` are declared in `names`, in full hundred.
std::size_t percent_declared(const std::vector<std::string>& values, const DataRecords::Declared& names) {
  if (values.empty()) return 0;
  const auto known = std::count_if(values.begin(), values.end(), [&](const std::string& value) { return names.contains(value); });
  return 100 * static_cast<std::size_t>(known) / values.size();
}

class Search {
 public:
  Search(const DataNode& map, const DataNode& list) : m_map(map), m_list(list) {}

  std::optional<DataRecords> find() {
    const auto maps = static_cast<std::size_t>(
        std::count_if(m_list.items.begin(), m_list.items.end(), [](const auto& item) { return item.kind == DataNode::Kind::map; }));
    if (maps < 2 || maps < m_list.items.size()) return std::nullopt;
    DataRecords found;
    found.list = &m_list;
    for (const std::string& key : keys()) {
      const std::vector<std::string> values = values_of(key);
      if (10 * values.size() < 6 * maps) continue;
      const bool says_level = meaning_of(key) == KeyMeaning::level || meaning_of(key) == KeyMeaning::levels;
      const auto [where, names, is_levels] = declaration(values);
      if (found.level_key.empty() && (says_level || is_levels) && repeats(values)) {
        found.level_key = key;
        found.level_list = where;
        found.levels = names;
      } else if (where != nullptr || (meaning_of(key) == KeyMeaning::group && repeats(values))) {
        found.group_keys.push_back(key);
        found.groups[key] = names;
      }
    }
    if (found.level_key.empty()) return std::nullopt;
    order_levels(found);
    return found;
  }

 private:
  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> result;
    std::set<std::string> seen;
    for (const DataNode& item : m_list.items) {
      for (const DataNode::Entry& entry : item.entries) {
        if (seen.insert(entry.key).second) result.push_back(entry.key);
      }
      if (result.size() > 200) break;
    }
    return result;
  }

  [[nodiscard]] std::vector<std::string> values_of(const std::string& key) const {
    std::vector<std::string> values;
    for (const DataNode& item : m_list.items) {
      for (std::string& value : DataRecords::said(item, key)) {
        if (value.size() <= longest_name) values.push_back(std::move(value));
      }
    }
    return values;
  }

  static bool repeats(const std::vector<std::string>& values) { return std::set<std::string>(values.begin(), values.end()).size() < values.size(); }

  struct Declaration {
    const DataNode* where = nullptr;
    DataRecords::Declared names;
    bool is_levels = false;
  };

  [[nodiscard]] Declaration declaration(const std::vector<std::string>& values) const {
    for (const DataNode::Entry& entry : m_map.entries) {
      if (&entry.value == &m_list || entry.value.kind == DataNode::Kind::scalar) continue;
      DataRecords::Declared names = declared_in(entry.value);
      if (names.size() >= 2 && percent_declared(values, names) >= 80)
        return {&entry.value, std::move(names), meaning_of(entry.key) == KeyMeaning::levels};
    }
    return {};
  }

  void order_levels(DataRecords& found) const {
    const std::vector<std::string> values = values_of(found.level_key);
    const std::set<std::string> said(values.begin(), values.end());
    std::set<std::string> taken;
    const auto take = [&](const std::string& name) {
      if (said.contains(name) && taken.insert(name).second) found.order.push_back(name);
    };
    if (found.level_list != nullptr) {
      std::map<const DataNode*, std::vector<std::string>> names;
      for (const auto& [name, node] : found.levels) names[node].push_back(name);
      for (const DataNode& item : found.level_list->items) {
        for (const std::string& name : names[&item]) take(name);
      }
      for (const DataNode::Entry& entry : found.level_list->entries) {
        for (const std::string& name : names[&entry.value]) take(name);
      }
    }
    for (const std::string& value : values) take(value);
  }

  const DataNode& m_map;
  const DataNode& m_list;
};

}  // namespace

std::vector<std::string> DataRecords::said(const DataNode& record, const std::string& key) {
  const DataNode* node = record.find(key);
  std::vector<std::string> values;
  if (node == nullptr) return values;
  if (node->kind == DataNode::Kind::scalar && !trim(node->scalar).empty()) values.push_back(node->scalar);
  for (const DataNode& item : node->items) {
    if (item.kind == DataNode::Kind::scalar && !trim(item.scalar).empty()) values.push_back(item.scalar);
  }
  return values;
}

std::optional<DataRecords> find_records(const DataNode& map, const DataNode& list) {
  if (list.kind != DataNode::Kind::sequence) return std::nullopt;
  return Search(map, list).find();
}

}  // namespace waymark::importer
