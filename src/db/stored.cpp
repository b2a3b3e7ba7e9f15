#include "db/stored.hpp"

#include <fmt/core.h>

#include "db/database_error.hpp"

namespace waymark::db {
namespace {

void add_quoted(std::string& text, std::string_view member) {
  text += '"';
  for (const char c : member) {
    if (c == '\0') throw DatabaseError(DatabaseError::Kind::refused, "A member of a list holds a NUL character.", "Change it and try again.");
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      text += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      text += c;
    }
  }
  text += '"';
}

}  // namespace

std::string json_array(std::span<const std::int64_t> members) {
  std::string text = "[";
  for (const std::int64_t member : members) {
    if (text.size() > 1) text += ',';
    text += std::to_string(member);
  }
  return text + ']';
}

std::string json_array(std::span<const std::string> members) {
  std::string text = "[";
  for (const std::string& member : members) {
    if (text.size() > 1) text += ',';
    add_quoted(text, member);
  }
  return text + ']';
}

}  // namespace waymark::db
