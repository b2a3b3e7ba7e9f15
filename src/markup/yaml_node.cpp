#include <charconv>
#include <system_error>

#include "markup/yaml.hpp"

namespace waymark::markup {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of a run of digits that is a decimal number: no leading zero unless it is the only one.
std::size_t whole_part(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  return length > 1 && text.front() == '0' ? 0 : length;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t whole = whole_part(text);
  if (whole == 0) return false;
  text.remove_prefix(whole);
  if (!text.starts_with('.')) return text.empty();
  text.remove_prefix(1);
  for (const char each : text) {
    if (!is_digit(each)) return false;
  }
  return !text.empty();
}

template <class Number>
std::optional<Number> read(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  if (kind != Kind::map) return nullptr;
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::optional<double> YamlNode::number() const {
  if (kind != Kind::scalar || quoted || !is_number(scalar)) return std::nullopt;
  return read<double>(scalar);
}

std::optional<long long> YamlNode::integer() const {
  if (kind != Kind::scalar || quoted || !is_number(scalar)) return std::nullopt;
  return read<long long>(scalar);
}

std::optional<bool> YamlNode::boolean() const {
  if (kind != Kind::scalar || quoted) return std::nullopt;
  if (scalar == "true") return true;
  if (scalar == "false") return false;
  return std::nullopt;
}

}  // namespace waymark::markup
