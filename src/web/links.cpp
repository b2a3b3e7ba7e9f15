#include "web/links.hpp"

#include <algorithm>
#include <optional>

namespace waymark::web {

namespace address {

std::string level(const pathway::LevelId& level) { return "/levels/" + level.value; }
std::string level_in(const pathway::ArchetypeId& archetype, const pathway::LevelId& level) { return "/archetypes/" + archetype.value + "/" + level.value; }
std::string reach(const pathway::LevelId& from) { return "/from/" + from.value; }
std::string difference(const pathway::LevelId& from, const pathway::LevelId& to) { return "/from/" + from.value + "/to/" + to.value; }
std::string capability(const pathway::CapabilityId& capability) { return "/capabilities/" + capability.value; }
std::string archetype(const pathway::ArchetypeId& archetype) { return "/archetypes/" + archetype.value; }
std::string citation(const pathway::Citation& citation) { return "/cite/" + pathway::to_string(citation); }

std::string of(const pathway::Target& target) {
  using Kind = pathway::Target::Kind;
  switch (target.kind) {
    case Kind::level: return level({target.id});
    case Kind::capability: return capability({target.id});
    case Kind::archetype: return archetype({target.id});
    case Kind::fork: return "/fork";
    case Kind::pathway: break;
  }
  // What pathway.yaml says in so many words stands on the page about it.
  return target.anchor.empty() ? "/" : "/about";
}

std::string file(std::string_view address) { return address == "/" ? "index.html" : std::string(address.substr(1)) + ".html"; }

}  // namespace address

std::string Links::relative(std::string_view file) const {
  const auto depth = std::count(m_page.begin(), m_page.end(), '/') - 1;
  std::string path;
  for (std::ptrdiff_t i = 0; i < depth; ++i) path += "../";
  return path + std::string(file);
}

std::string Links::to(std::string_view address, std::string_view anchor) const {
  const std::string suffix = anchor.empty() ? std::string() : "#" + std::string(anchor);
  if (address == m_page && !suffix.empty()) return suffix;
  if (m_form == Form::served) return m_below + (address == "/" && !m_below.empty() ? std::string() : std::string(address)) + suffix;
  return relative(address::file(address == "/search" ? "/contents" : address)) + suffix;
}

std::string Links::asset(std::string_view file) const {
  const std::string path = "assets/" + std::string(file);
  return m_form == Form::served ? "/" + path : relative(path);
}

std::string Links::prose(std::string_view html) const {
  constexpr std::string_view opening = "href=\"waymark:";
  std::string out;
  out.reserve(html.size() + 64);
  for (;;) {
    const std::size_t at = html.find(opening);
    out += html.substr(0, at);
    if (at == std::string_view::npos) return out;
    const std::size_t begin = at + 6;
    const std::size_t end = html.find('"', begin);
    // Every attribute cmark writes is closed; what is not comes from nowhere we know and goes no farther.
    if (end == std::string_view::npos) return out;
    if (const std::optional<pathway::Target> target = pathway::parse_uri(html.substr(begin, end - begin))) {
      std::string reference = to(*target);
      // Anchors hold letters, digits and hyphens; a quote could only come from a hand-made URI.
      std::erase_if(reference, [](char c) { return c == '"' || c == '<' || c == '>' || c == '&'; });
      out += "href=\"" + reference + "\"";
    }
    html = html.substr(end + 1);
  }
}

}  // namespace waymark::web
