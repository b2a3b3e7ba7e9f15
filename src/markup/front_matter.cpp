#include <string_view>

#include "markup/yaml.hpp"

namespace waymark::markup {
namespace {

/// The line is `fence` and nothing else but white space behind it.
bool is_fence(std::string_view line, std::string_view fence) {
  return line.starts_with(fence) && line.find_first_not_of(" \t", fence.size()) == std::string_view::npos;
}

/// The first line from `line` on that is one of the fences; 0 when there is none.
std::size_t find_fence(const SourceText& source, std::size_t line, std::string_view fence, std::string_view other) {
  for (; line <= source.line_count(); ++line) {
    if (is_fence(source.line(line), fence) || is_fence(source.line(line), other)) return line;
  }
  return 0;
}

/// Where the body may begin when nothing says so: behind the first empty line.
std::size_t guessed_body(const SourceText& source) {
  for (std::size_t line = 2; line <= source.line_count(); ++line) {
    if (source.line(line).find_first_not_of(" \t") == std::string_view::npos) return line + 1;
  }
  return source.line_count() + 1;
}

}  // namespace

FrontMatter parse_front_matter(const SourceText& source) {
  FrontMatter front;
  const std::string_view first = source.line(1);
  if (is_fence(first, "+++")) {
    front.findings.push_back({"front-matter-toml", Severity::warning, source.name(), source.line_span(1),
                              "Front matter between lines of +++ is TOML, which is not read.", "Write it as YAML between lines of ---."});
    const std::size_t close = find_fence(source, 2, "+++", "+++");
    if (close != 0) front.body_line = close + 1;
    return front;
  }
  if (!is_fence(first, "---")) return front;

  const std::size_t close = find_fence(source, 2, "---", "...");
  if (close == 0) {
    front.findings.push_back({"front-matter-open", Severity::error, source.name(), source.line_span(1),
                              "The front matter that begins here is never closed.", "Put a line of --- behind it."});
    front.body_line = guessed_body(source);
    return front;
  }
  Yaml yaml = parse_yaml(source, 2, close);
  front.root = std::move(yaml.root);
  front.findings = std::move(yaml.findings);
  front.body_line = close + 1;
  return front;
}

}  // namespace waymark::markup
