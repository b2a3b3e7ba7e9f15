#include "org/name_search.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "access/password.hpp"
#include "base/text.hpp"

namespace waymark::org {
namespace {

// Enough to choose the best from; a letter or two find thousands, of which nobody reads more than the first.
constexpr std::size_t looked_at = 2'000;

/// A word begins the text or stands behind something that is no letter or digit.
bool begins_a_word(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const auto before = static_cast<unsigned char>(text[at - 1]);
  return before < 0x80 && std::isalnum(before) == 0;
}

bool has_word(std::string_view key, std::string_view word) {
  for (std::size_t at = key.find(word); at != std::string_view::npos; at = key.find(word, at + 1)) {
    if (begins_a_word(key, at)) return true;
  }
  return false;
}

}  // namespace

std::string name_key(std::string_view name) { return access::folded_without_marks(name); }

NameSearch::NameSearch(const OrganisationOn& on) {
  m_entries.reserve(on.people().size());
  for (const PersonIndex person : on.people()) {
    m_text += '\n';
    m_entries.push_back({static_cast<std::uint32_t>(m_text.size()), person});
    m_text += on.organisation().person(person).name_key;
  }
  m_text += '\n';
}

bool NameSearch::fits(const OrganisationOn& before, const OrganisationOn& after) {
  return before.people() == after.people() && std::all_of(after.people().begin(), after.people().end(), [&](PersonIndex person) {
           const Person& then = before.organisation().person(person);
           const Person& now = after.organisation().person(person);
           return &then == &now || then.name_key == now.name_key;
         });
}

std::vector<PersonIndex> NameSearch::find(std::string_view typed, std::size_t limit) const {
  const std::string asked = collapse_white_space(name_key(typed));
  std::vector<std::string_view> words = split(trim(asked), ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  if (words.empty()) return {};
  // The longest word is the rarest; the others are looked for in what it finds.
  const std::string_view rarest = *std::max_element(words.begin(), words.end(), [](auto a, auto b) { return a.size() < b.size(); });
  struct Found {
    bool later;
    std::string_view key;
    PersonIndex person;
  };
  std::vector<Found> found;
  for (std::size_t at = m_text.find(rarest); at != std::string::npos && found.size() < looked_at;) {
    const auto entry = std::prev(std::upper_bound(m_entries.begin(), m_entries.end(), at, [](std::size_t place, const Entry& each) { return place < each.begin; }));
    const std::size_t end = m_text.find('\n', at);
    const std::string_view key = std::string_view(m_text).substr(entry->begin, end - entry->begin);
    if (std::all_of(words.begin(), words.end(), [&](std::string_view word) { return has_word(key, word); })) {
      found.push_back({!key.starts_with(words.front()), key, entry->person});
    }
    at = m_text.find(rarest, end);
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return std::tie(a.later, a.key, a.person) < std::tie(b.later, b.key, b.person); });
  std::vector<PersonIndex> people;
  for (const Found& each : found) {
    if (people.size() == limit) break;
    people.push_back(each.person);
  }
  return people;
}

}  // namespace waymark::org
