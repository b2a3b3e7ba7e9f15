#include "pathway/citation.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace waymark::pathway {
namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_anchor = 256;
constexpr std::string_view scheme = "waymark:";

struct Folder {
  std::string_view name;
  Target::Kind kind;
};
constexpr std::array<Folder, 3> folders{
    {{"levels", Target::Kind::level}, {"capabilities", Target::Kind::capability}, {"archetypes", Target::Kind::archetype}}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_id_character(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

// Wider than an id: the anchor of a passage is made from its heading, which may be in any alphabet.
bool is_anchor(std::string_view text) {
  return !text.empty() && text.size() <= longest_anchor &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_id_character(c) || static_cast<unsigned char>(c) >= 0x80; }) &&
         is_valid_utf8(text);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (is_id_character(c) || c == '.' || c == '~') {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return result;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// What is no escape, or would not give UTF-8, stays as written: it leads nowhere, and a finding can quote it.
std::string percent_decode(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
    if (low < 0) {
      result += text[at];
    } else {
      result += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return is_valid_utf8(result) ? result : std::string(text);
}

std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

bool has_scheme(std::string_view link) {
  const std::size_t colon = link.find(':');
  return colon != std::string_view::npos && colon < link.find('/') && colon < link.find('#');
}

// The path of `link` from the root of the folder; absent when it leads out of it.
std::optional<std::string> path_from_root(std::string_view file, std::string_view link) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(file, '/')) parts.emplace_back(part);
  parts.pop_back();
  for (const std::string_view part : split(link, '/')) {
    if (part == "..") {
      if (parts.empty()) return std::nullopt;
      parts.pop_back();
    } else if (part != "." && !part.empty()) {
      parts.emplace_back(part);
    }
  }
  return join(parts, "/");
}

std::optional<Target> target_of_path(std::string_view path) {
  if (path == "fork.md") return Target{Target::Kind::fork, {}, {}};
  if (path == "pathway.yaml") return Target{Target::Kind::pathway, {}, {}};
  const auto [name, page] = cut(path, '/');
  for (const Folder& folder : folders) {
    if (name != folder.name || !page.ends_with(".md")) continue;
    const std::string_view id = page.substr(0, page.size() - 3);
    if (is_valid_id(id)) return Target{folder.kind, std::string(id), {}};
  }
  return std::nullopt;
}

}  // namespace

bool is_valid_id(std::string_view id) {
  return !id.empty() && id.size() <= longest_id && is_letter(id.front()) && std::all_of(id.begin(), id.end(), is_id_character);
}

std::optional<Citation> parse_citation(std::string_view text) {
  const std::string_view cited = trim(text);
  const std::size_t dot = cited.find('.');
  const std::string_view level = cited.substr(0, dot);
  if (!is_valid_id(level)) return std::nullopt;
  if (dot == std::string_view::npos) return Citation{{std::string(level)}, {}};
  const std::string_view anchor = cited.substr(dot + 1);
  if (!is_anchor(anchor)) return std::nullopt;
  return Citation{{std::string(level)}, std::string(anchor)};
}

std::string to_string(const Citation& citation) {
  return citation.anchor.empty() ? citation.level.value : citation.level.value + '.' + citation.anchor;
}

std::string to_uri(const Target& target) {
  std::string uri(scheme);
  switch (target.kind) {
    case Target::Kind::fork: uri += "fork"; break;
    case Target::Kind::pathway: uri += "pathway"; break;
    default: {
      const auto folder = std::find_if(folders.begin(), folders.end(), [&](const Folder& each) { return each.kind == target.kind; });
      uri.append(folder->name).append("/").append(percent_encode(target.id));
    }
  }
  if (!target.anchor.empty()) uri += '#' + percent_encode(target.anchor);
  return uri;
}

std::optional<Target> parse_uri(std::string_view uri) {
  if (!uri.starts_with(scheme)) return std::nullopt;
  const auto [path, fragment] = cut(uri.substr(scheme.size()), '#');
  const std::string anchor = percent_decode(fragment);
  if (path == "fork") return Target{Target::Kind::fork, {}, anchor};
  if (path == "pathway") return Target{Target::Kind::pathway, {}, anchor};
  const auto [name, id] = cut(path, '/');
  for (const Folder& folder : folders) {
    if (name == folder.name && is_valid_id(id)) return Target{folder.kind, std::string(id), anchor};
  }
  return std::nullopt;
}

std::optional<Target> resolve_link(std::string_view file, std::string_view link) {
  if (link.empty() || link.front() == '/' || has_scheme(link)) return std::nullopt;
  const auto [link_path, fragment] = cut(link, '#');
  const std::optional<std::string> path = link_path.empty() ? std::string(file) : path_from_root(file, percent_decode(link_path));
  if (!path) return std::nullopt;
  std::optional<Target> target = target_of_path(*path);
  if (target) target->anchor = percent_decode(fragment);
  return target;
}

}  // namespace waymark::pathway
