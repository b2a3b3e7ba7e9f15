#include "org/scim/path.hpp"

#include <algorithm>
#include <cctype>

namespace waymark::org::scim {
namespace {

bool is_word(std::string_view text) {
  if (text.empty() || text.size() > 100) return false;
  const bool begins = (std::isalpha(static_cast<unsigned char>(text[0])) != 0) || text[0] == '$';
  return begins && std::all_of(text.begin() + 1, text.end(), [](char c) {
           return (std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '-' || c == '_' || c == '$';
         });
}

}  // namespace

bool is_of_name(char c) {
  return (std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '-' || c == '_' || c == '$' || c == ':' || c == '.';
}

std::optional<Place> read_place(std::string_view text, const ResourceType& type) {
  Place place;
  bool is_foreign = false;
  if (text.size() > 4 && same_word(text.substr(0, 4), "urn:")) {
    const auto within = [&](const Schema& schema) { return text.size() >= schema.urn.size() && same_word(text.substr(0, schema.urn.size()), schema.urn); };
    const auto follows = [&](const Schema& schema) { return within(schema) && text.size() > schema.urn.size() && text[schema.urn.size()] == ':'; };
    if (type.extension != nullptr && within(*type.extension) && text.size() == type.extension->urn.size()) {
      place.in_extension = true;
      place.is_whole_extension = true;
      return place;
    }
    if (type.extension != nullptr && follows(*type.extension)) {
      place.in_extension = true;
      text.remove_prefix(type.extension->urn.size() + 1);
    } else if (follows(*type.core)) {
      text.remove_prefix(type.core->urn.size() + 1);
    } else {
      if (!std::all_of(text.begin(), text.end(), is_of_name)) return std::nullopt;
      is_foreign = true;
    }
  }
  if (is_foreign) return place;
  const auto dot = text.find('.');
  const std::string_view name = text.substr(0, dot);
  const std::string_view part = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  if (!is_word(name) || (dot != std::string_view::npos && !is_word(part))) return std::nullopt;
  place.attribute = place.in_extension ? find_in(type.extension->attributes, name) : type.find(name);
  if (place.attribute == nullptr || part.empty()) return place;
  place.part = place.attribute->part(part);
  place.is_unknown_part = place.part == nullptr;
  return place;
}

}  // namespace waymark::org::scim
