#include <algorithm>
#include <memory>

#include <fmt/core.h>
#include <boost/json/basic_parser_impl.hpp>

#include "base/text.hpp"
#include "importer/data_node.hpp"

namespace waymark::importer {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 64;

/// What the parser calls; it is fed line by line, so the line it speaks of is the one it was fed last.
struct Handler {
  static constexpr std::size_t max_object_size = ~std::size_t{0};
  static constexpr std::size_t max_array_size = ~std::size_t{0};
  static constexpr std::size_t max_key_size = std::size_t{1} << 16;
  static constexpr std::size_t max_string_size = std::size_t{1} << 24;

  std::size_t line = 0;
  std::vector<DataNode> open{DataNode{}};  ///< the first holds the whole
  std::vector<std::string> keys;
  std::vector<std::size_t> key_lines;
  std::string part;
  std::size_t part_line = 0;

  void begin(DataNode::Kind kind) {
    DataNode node;
    node.kind = kind;
    node.line = node.last_line = line;
    open.push_back(std::move(node));
  }
  void put(DataNode node) {
    DataNode& into = open.back();
    if (into.kind == DataNode::Kind::map) {
      into.entries.push_back({std::move(keys.back()), key_lines.back(), std::move(node)});
      keys.pop_back();
      key_lines.pop_back();
    } else {
      into.items.push_back(std::move(node));
    }
  }
  void put_scalar(std::string text, bool is_text, std::size_t at) {
    DataNode node;
    node.kind = DataNode::Kind::scalar;
    node.scalar = std::move(text);
    node.is_text = is_text;
    node.line = node.last_line = at;
    put(std::move(node));
  }
  bool end() {
    DataNode done = std::move(open.back());
    open.pop_back();
    done.last_line = line;
    put(std::move(done));
    return true;
  }
  bool take_part(json::string_view text) {
    if (part.empty()) part_line = line;
    part.append(text.data(), text.size());
    return true;
  }
  std::string take_whole(json::string_view text) {
    if (part.empty()) part_line = line;
    std::string whole = std::move(part);
    part.clear();
    whole.append(text.data(), text.size());
    return whole;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    begin(DataNode::Kind::map);
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) { return end(); }
  bool on_array_begin(json::error_code&) {
    begin(DataNode::Kind::sequence);
    return true;
  }
  bool on_array_end(std::size_t, json::error_code&) { return end(); }
  bool on_key_part(json::string_view text, std::size_t, json::error_code&) { return take_part(text); }
  bool on_key(json::string_view text, std::size_t, json::error_code&) {
    keys.push_back(take_whole(text));
    key_lines.push_back(part_line);
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, json::error_code&) { return take_part(text); }
  bool on_string(json::string_view text, std::size_t, json::error_code&) {
    std::string whole = take_whole(text);
    put_scalar(std::move(whole), true, part_line);
    return true;
  }
  bool on_number_part(json::string_view text, json::error_code&) { return take_part(text); }
  bool on_int64(std::int64_t, json::string_view text, json::error_code&) { return number(text); }
  bool on_uint64(std::uint64_t, json::string_view text, json::error_code&) { return number(text); }
  bool on_double(double, json::string_view text, json::error_code&) { return number(text); }
  bool number(json::string_view text) {
    std::string whole = take_whole(text);
    put_scalar(std::move(whole), false, part_line);
    return true;
  }
  bool on_bool(bool value, json::error_code&) {
    put_scalar(value ? "true" : "false", false, line);
    return true;
  }
  bool on_null(json::error_code&) {
    DataNode node;
    node.line = node.last_line = line;
    put(std::move(node));
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

json::parse_options tolerant() {
  json::parse_options options;
  options.max_depth = deepest;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  return options;
}

}  // namespace

ParsedData parse_json_data(const SourceText& source, std::size_t first_line, std::size_t end_line) {
  ParsedData result;
  DataNode whole;
  whole.kind = DataNode::Kind::sequence;
  auto parser = std::make_unique<json::basic_parser<Handler>>(tolerant());
  bool begun = false;
  for (std::size_t line = first_line; line < end_line; ++line) {
    std::string text = std::string(source.line(line)) + "\n";
    std::string_view left = text;
    while (true) {
      if (!begun && trim(left).empty()) break;
      begun = true;
      parser->handler().line = line;
      json::error_code error;
      const std::size_t used = parser->write_some(true, left.data(), left.size(), error);
      if (error) {
        result.questions.push_back(fmt::format("{}:{}: This is no JSON: {}. What is wrong in this line?", source.name(), line, error.message()));
        return result;
      }
      left.remove_prefix(used);
      if (!parser->done()) break;
      for (DataNode& node : parser->handler().open.front().items) whole.items.push_back(std::move(node));
      parser = std::make_unique<json::basic_parser<Handler>>(tolerant());
      begun = false;
    }
  }
  if (begun) {
    json::error_code error;
    parser->write_some(false, "", 0, error);
    if (error || !parser->done()) {
      result.questions.push_back(fmt::format("{}:{}: This JSON ends before it is closed. Is the file whole?", source.name(), end_line - 1));
      return result;
    }
    for (DataNode& node : parser->handler().open.front().items) whole.items.push_back(std::move(node));
  }
  if (whole.items.empty()) return result;
  whole.line = whole.items.front().line;
  result.root = whole.items.size() == 1 ? DataNode(std::move(whole.items.front())) : std::move(whole);
  return result;
}

}  // namespace waymark::importer
