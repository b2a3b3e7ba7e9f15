#include "markup/heading_id.hpp"

namespace waymark::markup {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

bool is_name(std::string_view name) {
  if (name.empty() || !is_letter(name.front())) return false;
  for (const char each : name) {
    if (!is_letter(each) && !(each >= '0' && each <= '9') && each != '_' && each != '.' && each != ':' && each != '-') return false;
  }
  return true;
}

/// Length of `key=value`, the value in quotes or not; 0 when it is none.
std::size_t pair_length(std::string_view rest) {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos || !is_name(rest.substr(0, equals))) return 0;
  const std::size_t value = equals + 1;
  if (value < rest.size() && (rest[value] == '"' || rest[value] == '\'')) {
    const std::size_t close = rest.find(rest[value], value + 1);
    return close == std::string_view::npos ? 0 : close + 1;
  }
  std::size_t end = value;
  while (end < rest.size() && !is_blank(rest[end])) ++end;
  return end == value ? 0 : end;
}

std::optional<std::string_view> id_among(std::string_view attributes) {
  std::optional<std::string_view> id;
  if (attributes.starts_with(':')) attributes.remove_prefix(1);
  while (!attributes.empty()) {
    if (is_blank(attributes.front())) {
      attributes.remove_prefix(1);
      continue;
    }
    std::size_t length = 0;
    while (length < attributes.size() && !is_blank(attributes[length])) ++length;
    const std::string_view word = attributes.substr(0, length);
    if (word.front() == '#') {
      if (!is_name(word.substr(1))) return std::nullopt;
      id = word.substr(1);
    } else if (word.front() != '.' || !is_name(word.substr(1))) {
      length = pair_length(attributes);
      if (length == 0) return std::nullopt;
    }
    attributes.remove_prefix(length);
  }
  return id;
}

}  // namespace

std::optional<HeadingId> heading_id(std::string_view heading) {
  while (!heading.empty() && is_blank(heading.back())) heading.remove_suffix(1);
  if (!heading.ends_with('}')) return std::nullopt;
  // A brace in a value in quotes would be another one; nobody has that in a heading.
  const std::size_t brace = heading.rfind('{');
  if (brace == std::string_view::npos || (brace > 0 && heading[brace - 1] == '\\')) return std::nullopt;
  const auto id = id_among(heading.substr(brace + 1, heading.size() - brace - 2));
  if (!id) return std::nullopt;
  std::size_t begin = brace;
  while (begin > 0 && is_blank(heading[begin - 1])) --begin;
  return HeadingId{*id, begin};
}

}  // namespace waymark::markup
