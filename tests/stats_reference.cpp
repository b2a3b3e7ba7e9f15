#include "stats_reference.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

#include <boost/json.hpp>

namespace json = boost::json;
namespace fs = std::filesystem;

struct Reference::Document {
  json::value root;
};

namespace {

const fs::path root = WAYMARK_SOURCE_DIR;

const json::value& node_of(const void* node) { return *static_cast<const json::value*>(node); }

[[noreturn]] void not_a(std::string_view what, const std::string& path) { throw std::runtime_error(path + " is no " + std::string(what)); }

double to_number(const json::value& value, const std::string& path) {
  if (value.is_string() && value.get_string() == "Inf") return std::numeric_limits<double>::infinity();
  if (value.is_string() && value.get_string() == "-Inf") return -std::numeric_limits<double>::infinity();
  if (value.is_double()) return value.get_double();
  if (!value.is_number()) not_a("number", path);
  return value.to_number<double>();
}

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<fs::path> folders() { return {root / "tests/fixtures/stats", root / "../shared/stats"}; }

}  // namespace

Reference::Reference(std::shared_ptr<const Document> document, const void* node, std::string path)
    : m_document(std::move(document)), m_node(node), m_path(std::move(path)) {}

Reference Reference::operator[](std::string_view key) const {
  const json::value& value = node_of(m_node);
  if (!value.is_object()) not_a("object", m_path);
  const json::value* const found = value.get_object().if_contains({key.data(), key.size()});
  const std::string path = m_path + "." + std::string(key);
  if (found == nullptr) not_a("member", path);
  return {m_document, found, path};
}

Reference Reference::operator[](std::size_t index) const { return items().at(index); }

bool Reference::has(std::string_view key) const {
  const json::value& value = node_of(m_node);
  return value.is_object() && value.get_object().contains({key.data(), key.size()});
}

bool Reference::is_null() const { return node_of(m_node).is_null(); }
bool Reference::is_object() const { return node_of(m_node).is_object(); }

std::size_t Reference::size() const {
  const json::value& value = node_of(m_node);
  return value.is_array() ? value.get_array().size() : value.is_object() ? value.get_object().size() : 1;
}

std::vector<std::string> Reference::keys() const {
  const json::value& value = node_of(m_node);
  if (!value.is_object()) not_a("object", m_path);
  std::vector<std::string> result;
  for (const auto& member : value.get_object()) {
    if (member.key() != "meta") result.emplace_back(member.key().data(), member.key().size());
  }
  return result;
}

std::vector<Reference> Reference::items() const {
  const json::value& value = node_of(m_node);
  if (!value.is_array()) not_a("array", m_path);
  std::vector<Reference> result;
  for (const json::value& item : value.get_array()) result.emplace_back(m_document, &item, m_path + "[" + std::to_string(result.size()) + "]");
  return result;
}

double Reference::number() const { return to_number(node_of(m_node), m_path); }

std::vector<double> Reference::numbers() const {
  const json::value& value = node_of(m_node);
  if (!value.is_array()) return {number()};
  std::vector<double> result;
  for (const json::value& item : value.get_array()) result.push_back(to_number(item, m_path));
  return result;
}

std::vector<std::vector<double>> Reference::rows() const {
  std::vector<std::vector<double>> result;
  for (const Reference& row : items()) result.push_back(row.numbers());
  return result;
}

bool Reference::truth() const {
  if (!node_of(m_node).is_bool()) not_a("truth", m_path);
  return node_of(m_node).get_bool();
}

std::string Reference::text() const {
  if (!node_of(m_node).is_string()) not_a("text", m_path);
  return std::string(node_of(m_node).get_string());
}

std::vector<Reference> references(std::string_view file) {
  std::vector<Reference> result;
  for (const fs::path& folder : folders()) {
    if (!fs::exists(folder / file)) continue;
    auto document = std::make_shared<Reference::Document>(Reference::Document{json::parse(read(folder / file))});
    const void* const node = &document->root;
    result.emplace_back(document, node, folder.parent_path().filename().string() + "/" + std::string(file) + ":");
  }
  if (result.empty()) throw std::runtime_error("no reference of the name " + std::string(file));
  return result;
}

std::string reference_input(std::string_view file) {
  for (const fs::path& path : {root / "tests/fixtures/stats" / file, root / "../shared/stats/data" / file}) {
    if (fs::exists(path)) return path.string();
  }
  return {};
}

bool agrees(double got, double wanted, double tolerance, double floor) {
  const bool same = got == wanted || std::abs(got - wanted) <= tolerance * std::max(std::abs(wanted), floor);
  if (!same) std::fprintf(stderr, "got %.17g, wanted %.17g, %.2g apart (relative)\n", got, wanted, std::abs(got - wanted) / std::abs(wanted));
  return same;
}
