// Any bytes as YAML: a value or a reason, and every place inside the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"
#include "markup/yaml.hpp"

namespace {

using namespace waymark;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const SourceText& source, const Span& span) {
  require(span.begin <= span.end);
  require(span.begin.line >= 1 && span.end.line <= source.line_count());
  require(span.end.column >= 1 && span.end.column <= count_code_points(source.line(span.end.line)) + 1);
}

void check(const SourceText& source, const markup::YamlNode& node, int depth) {
  require(depth <= 33);
  check(source, node.span);
  require(is_valid_utf8(node.scalar));
  (void)node.number();
  (void)node.integer();
  for (const markup::YamlNode& item : node.items) check(source, item, depth + 1);
  for (const markup::YamlNode::Entry& entry : node.entries) {
    check(source, entry.key_span);
    require(node.find(entry.key) == &entry.value);
    check(source, entry.value, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceText source("fuzz.yaml", {reinterpret_cast<const char*>(data), size});
  const markup::Yaml yaml = markup::parse_yaml(source);
  require(yaml.root.has_value() == yaml.findings.empty());
  if (yaml.root) check(source, *yaml.root, 0);
  for (const Finding& finding : yaml.findings) check(source, finding.span);
  return 0;
}
