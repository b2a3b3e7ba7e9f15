#include "demo/names.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"
#include "embedded/demo_names.hpp"

namespace waymark::demo {
namespace {

/// "Jörg/joerg" or "Anna": what is behind the slash, or the letters of the name.
std::pair<std::string, std::string> read_name(std::string_view text) {
  const std::string_view each = trim(text);
  const auto slash = each.find('/');
  std::string ascii = to_lower_ascii(slash == std::string_view::npos ? each : each.substr(slash + 1));
  std::erase_if(ascii, [](char c) { return c < 'a' || c > 'z'; });
  return {std::string(each.substr(0, slash)), std::move(ascii)};
}

}  // namespace

const Names& Names::all() {
  static const Names names;
  return names;
}

Names::Names() {
  for (const embedded::File& file : embedded::demo_names()) {
    for (const std::string_view line : split(file.bytes, '\n')) {
      const auto colon = line.find(':');
      if (line.empty() || line.front() == '#' || colon == std::string_view::npos) continue;
      const std::string_view key = line.substr(0, colon);
      const std::string_view value = trim(line.substr(colon + 1));
      if (key == "order") {
        m_blocks.push_back({.family_first = value.starts_with("family"), .countries = {}, .given = {}, .family = {}});
        continue;
      }
      Block& block = m_blocks.back();
      for (const std::string_view each : split(value, ',')) {
        auto [text, ascii] = read_name(each);
        if (key == "at") {
          block.countries.push_back(text);
        } else if (ascii.empty()) {
          throw std::logic_error("names.txt: `" + text + "` has nothing to make an address of");
        } else {
          (key == "given" ? block.given : block.family).push_back({std::move(text), std::move(ascii)});
        }
      }
    }
  }
}

NameDrawn Names::draw(Draws& draws, std::string_view country) const {
  std::size_t block = draws.below(m_blocks.size());
  if (draws.below(3) != 0) {
    std::vector<std::size_t> common;
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
      const auto& countries = m_blocks[i].countries;
      if (std::find(countries.begin(), countries.end(), country) != countries.end()) common.push_back(i);
    }
    if (!common.empty()) block = draws.one_of(common);
  }
  const Block& from = m_blocks[block];
  const std::uint32_t given = draws.below(from.given.size());
  const std::uint32_t family = from.family.empty() ? 0 : draws.below(from.family.size());
  return {static_cast<std::uint16_t>(block), static_cast<std::uint16_t>(given), static_cast<std::uint16_t>(family)};
}

std::string Names::full(const NameDrawn& name) const {
  const Block& block = m_blocks[name.block];
  const std::string& given = block.given[name.given].text;
  if (block.family.empty()) return given;
  const std::string& family = block.family[name.family].text;
  if (!block.family_first) return given + ' ' + family;
  // Two names in Han or Hangul stand without a blank.
  const bool is_written_together = static_cast<unsigned char>(given.front()) >= 0xE3 && static_cast<unsigned char>(family.front()) >= 0xE3;
  return is_written_together ? family + given : family + ' ' + given;
}

std::string Names::mailbox(const NameDrawn& name) const {
  const Block& block = m_blocks[name.block];
  const std::string& given = block.given[name.given].ascii;
  return block.family.empty() ? given : given + '.' + block.family[name.family].ascii;
}

}  // namespace waymark::demo
