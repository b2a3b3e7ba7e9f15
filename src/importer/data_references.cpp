#include "importer/data_references.hpp"

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

/// The name by which others point to it.
std::string name_of(const DataNode& node) {
  for (const std::string_view key : {"path", "id", "slug", "key", "ref"}) {
    const DataNode* found = node.find(key);
    if (found != nullptr && found->kind == DataNode::Kind::scalar && !found->scalar.empty()) return found->scalar;
  }
  return {};
}

/// A key that nobody would read aloud: "sk-12", "C4", "code_review".
bool looks_like_an_id(std::string_view key) {
  return !key.empty() && key.find(' ') == std::string_view::npos && key.find_first_of("0123456789-_.") != std::string_view::npos &&
         key.find_first_not_of("0123456789") != std::string_view::npos;
}

std::string without_slashes(std::string_view text) {
  while (text.starts_with('#') || text.starts_with('/')) text.remove_prefix(1);
  while (text.ends_with('/')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

DataReferences::DataReferences(const std::vector<DataFile>& files) : m_files(files) {
  for (const DataFile& file : files) enter(file, file.root, nullptr, {}, {});
  for (const DataFile& file : files) (void)mark(file.root);
  for (const DataFile& file : files) mark_pointers(file, file.root);
}

void DataReferences::mark_pointers(const DataFile& file, const DataNode& node) {
  const DataNode* pointer_here = node.find("$ref");
  if (pointer_here != nullptr && pointer_here->kind == DataNode::Kind::scalar) {
    const DataTarget target = pointer(file, pointer_here->scalar);
    if (target.file != nullptr && target.file != &file) m_targets.insert(target.file);
  }
  for (const DataNode& item : node.items) mark_pointers(file, item);
  for (const DataNode::Entry& entry : node.entries) mark_pointers(file, entry.value);
}

void DataReferences::enter(const DataFile& file, const DataNode& node, const DataNode* above, const std::string& key, const std::string& prefix) {
  if (node.kind == DataNode::Kind::sequence) {
    for (const DataNode& item : node.items) enter(file, item, above, key, prefix);
    return;
  }
  if (node.kind != DataNode::Kind::map) return;
  std::string here = prefix;
  if (const std::string name = without_slashes(name_of(node)); !name.empty()) {
    here = prefix.empty() || name.find('/') != std::string::npos ? name : prefix + "/" + name;
    m_paths.try_emplace(here, DataTarget{&file, &node, above, key});
    if (name.find('/') == std::string::npos) enter_id(name, {&file, &node, above, key});
  }
  for (const DataNode::Entry& entry : node.entries) {
    const bool is_text = entry.value.kind == DataNode::Kind::scalar && entry.value.scalar.find(' ') != std::string::npos;
    if (looks_like_an_id(entry.key) && (is_text || entry.value.kind == DataNode::Kind::map)) enter_id(entry.key, {&file, &entry.value, &node, key});
    enter(file, entry.value, &node, entry.key, here);
  }
}

void DataReferences::enter_id(const std::string& id, DataTarget target) {
  const auto [known, fresh] = m_ids.try_emplace(id, target);
  if (!fresh && known->second.node != target.node) known->second.node = nullptr;
}

const DataTarget* DataReferences::id(std::string_view text) const {
  const auto at = m_ids.find(trim(text));
  return at == m_ids.end() || at->second.node == nullptr ? nullptr : &at->second;
}

bool DataReferences::mark(const DataNode& node) {
  bool points = false;
  if (node.kind == DataNode::Kind::sequence) {
    std::size_t found = 0;
    for (const DataNode& item : node.items) {
      if (item.kind == DataNode::Kind::scalar && path(item.scalar) != nullptr) ++found;
      if (mark(item)) points = true;
    }
    if (found > 0 && 2 * found >= node.items.size()) {
      points = true;
      m_used += found;
    }
  }
  for (const DataNode::Entry& entry : node.entries) {
    if (mark(entry.value)) points = true;
  }
  if (points) m_pointing.insert(&node);
  return points;
}

const DataTarget* DataReferences::path(std::string_view text) const {
  text = trim(text);
  if (text.find('/') == std::string_view::npos || text.find(' ') != std::string_view::npos) return nullptr;
  const auto at = m_paths.find(without_slashes(text));
  return at == m_paths.end() ? nullptr : &at->second;
}

DataTarget DataReferences::pointer(const DataFile& from, std::string_view text) const {
  const std::size_t hash = text.find('#');
  const std::string file(text.substr(0, hash));
  const DataFile* target = &from;
  if (!file.empty()) {
    const std::string path = (std::filesystem::path(from.path).parent_path() / file).lexically_normal().generic_string();
    const auto at = std::find_if(m_files.begin(), m_files.end(), [&](const DataFile& each) { return each.path == path; });
    if (at == m_files.end()) return {};
    target = &*at;
  }
  const DataNode* node = &target->root;
  const std::string_view inside = hash == std::string_view::npos ? std::string_view() : text.substr(hash + 1);
  for (const std::string_view raw : split(inside, '/')) {
    if (raw.empty()) continue;
    const std::string step = replace_all(replace_all(std::string(raw), "~1", "/"), "~0", "~");
    if (node->kind == DataNode::Kind::map) {
      node = node->find(step);
    } else if (node->kind == DataNode::Kind::sequence && step.size() < 7 && step.find_first_not_of("0123456789") == std::string::npos &&
               std::stoul(step) < node->items.size()) {
      node = &node->items[std::stoul(step)];
    } else {
      node = nullptr;
    }
    if (node == nullptr) return {};
  }
  return {target, node, nullptr, {}};
}

}  // namespace waymark::importer
