#include "importer/criterion_ids.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

using Words = std::vector<std::string>;  ///< sorted

// How much of two criteria's words must be common, by how sure their place makes it.
constexpr double enough_in_the_same_place = 0.5;
constexpr double enough_in_the_same_group = 0.66;
constexpr double enough_on_the_same_page = 0.8;
constexpr std::size_t letters_that_tell = 5;  ///< of a word: "reviews" is "reviewing"

struct Criterion {
  std::size_t line = 0;  ///< of its heading
  std::string id;
  std::string group;
  std::string text;  ///< all it says, without comments
  Words words;
};

std::optional<std::string_view> between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t begin = text.find(open);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find(close, begin + open.size());
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(begin + open.size(), end - begin - open.size());
}

bool is_small(std::string_view word) {
  static const std::set<std::string_view> small{"a",  "an", "the", "of",  "to", "in",   "on",   "at", "for", "and", "or", "with",
                                                "by", "as", "is",  "are", "be", "that", "from", "it", "its", "you", "we", "they"};
  return small.contains(word);
}

Words words_of(std::string_view text) {
  Words words;
  std::string word;
  for (const char c : to_lower_ascii(text) + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
    } else if (!word.empty()) {
      if (!is_small(word)) words.push_back(word.substr(0, letters_that_tell));
      word.clear();
    }
  }
  std::sort(words.begin(), words.end());
  return words;
}

/// Share of common words, from 0 to 1 (Dice).
double likeness(const Words& one, const Words& other) {
  if (one.empty() || other.empty()) return 0;
  Words common;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(common));
  return 2.0 * static_cast<double>(common.size()) / static_cast<double>(one.size() + other.size());
}

std::vector<Criterion> criteria_of(const std::string& page) {
  std::vector<Criterion> criteria;
  std::string group;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : split(page, '\n')) {
    if (const auto grouped = between(line, "<!-- grouped in the source under: ", " -->")) group = *grouped;
    if (line.starts_with("## ")) inside = false;
    if (line.starts_with("### ") && line.ends_with('}')) {
      const auto id = between(line, " {#", "}");
      inside = id.has_value();
      if (inside) criteria.push_back({number, std::string(*id), group, {}, {}});
    } else if (inside) {
      const std::string_view said = line.substr(0, line.find("<!-- "));
      if (!trim(said).empty()) criteria.back().text += std::string(trim(said)) + '\n';
    }
    ++number;
  }
  for (Criterion& criterion : criteria) criterion.words = words_of(criterion.text);
  return criteria;
}

class Matching {
 public:
  Matching(std::vector<Criterion> before, std::vector<Criterion> now)
      : m_before(std::move(before)), m_now(std::move(now)), m_of_now(m_now.size()), m_is_taken(m_before.size(), false) {}

  /// New id by the line of the heading, where it is another.
  std::map<std::size_t, std::pair<std::string, std::string>> changes() {
    match_same();
    match_alike();
    std::set<std::string> taken;
    for (const Criterion& criterion : m_before) taken.insert(criterion.id);
    for (std::size_t i = 0; i < m_now.size(); ++i) {
      if (!m_of_now[i] && !taken.contains(m_now[i].id)) taken.insert(m_now[i].id);
    }
    std::map<std::size_t, std::pair<std::string, std::string>> result;
    for (std::size_t i = 0; i < m_now.size(); ++i) {
      const std::string id = m_of_now[i] ? m_before[*m_of_now[i]].id : own_id(i, taken);
      if (id != m_now[i].id) result[m_now[i].line] = {m_now[i].id, id};
    }
    return result;
  }

 private:
  void pair(std::size_t before, std::size_t now) {
    m_of_now[now] = before;
    m_is_taken[before] = true;
  }

  void match_same() {
    using Text = std::pair<std::string_view, std::string_view>;
    std::multimap<Text, std::size_t> by_text;
    for (std::size_t i = 0; i < m_before.size(); ++i) by_text.emplace(Text{m_before[i].group, m_before[i].text}, i);
    for (std::size_t i = 0; i < m_now.size(); ++i) {
      const auto at = by_text.find(Text{m_now[i].group, m_now[i].text});
      if (at == by_text.end()) continue;
      pair(at->second, i);
      by_text.erase(at);
    }
  }

  /// Between the same neighbours.
  [[nodiscard]] bool same_place(std::size_t before, std::size_t now) const {
    const bool after_same = before > 0 && now > 0 ? m_of_now[now - 1] == before - 1 : before == now;
    const bool before_same =
        before + 1 < m_before.size() && now + 1 < m_now.size() ? m_of_now[now + 1] == before + 1 : m_before.size() - before == m_now.size() - now;
    return after_same || before_same;
  }

  [[nodiscard]] bool is_enough(double likeness, std::size_t before, std::size_t now) const {
    if (m_before[before].group != m_now[now].group) return likeness >= enough_on_the_same_page;
    return same_place(before, now) ? likeness > enough_in_the_same_place : likeness >= enough_in_the_same_group;
  }

  void match_alike() {
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < m_before.size(); ++i) {
      for (std::size_t j = 0; j < m_now.size(); ++j) {
        if (m_is_taken[i] || m_of_now[j]) continue;
        const double alike = likeness(m_before[i].words, m_now[j].words);
        if (alike > enough_in_the_same_place) pairs.emplace_back(-alike, i, j);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [alike, before, now] : pairs) {
      if (!m_is_taken[before] && !m_of_now[now] && is_enough(-alike, before, now)) pair(before, now);
    }
  }

  /// Of one that is new: never one that meant something else.
  [[nodiscard]] std::string own_id(std::size_t now, std::set<std::string>& taken) const {
    const std::string& id = m_now[now].id;
    const auto meant = [&](const std::string& each) {
      return std::any_of(m_before.begin(), m_before.end(), [&](const Criterion& before) { return before.id == each; });
    };
    if (!meant(id)) return id;
    for (char letter = 'b';; ++letter) {
      std::string other = letter <= 'z' ? fmt::format("{}-{}", id, letter) : fmt::format("{}-{}-z", id, static_cast<int>(letter));
      if (taken.insert(other).second) return other;
    }
  }

  std::vector<Criterion> m_before;
  std::vector<Criterion> m_now;
  std::vector<std::optional<std::size_t>> m_of_now;  ///< which of m_before it is
  std::vector<bool> m_is_taken;
};

using Renamed = std::map<std::string, std::string, std::less<>>;  ///< "levels/x.md#old" → "levels/x.md#new"

std::string with_ids(const FolderFile& page, const std::map<std::size_t, std::pair<std::string, std::string>>& changes, Renamed& renamed) {
  std::string text;
  std::size_t number = 0;
  for (const std::string_view line : split(page.bytes, '\n')) {
    if (number > 0) text += '\n';
    const auto change = changes.find(number++);
    if (change == changes.end()) {
      text += line;
      continue;
    }
    const auto& [old_id, id] = change->second;
    text += fmt::format("{} {{#{}}}", line.substr(0, line.rfind(" {#")), id);
    renamed[fmt::format("{}#{}", page.path, old_id)] = fmt::format("{}#{}", page.path, id);
  }
  return text;
}

/// Links of capabilities: `](../levels/x.md#id)`.
std::string with_links(const std::string& bytes, const Renamed& renamed) {
  constexpr std::string_view opening = "](../";
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = bytes.find(opening, at)) != std::string::npos;) {
    at += opening.size();
    const std::size_t end = bytes.find(')', at);
    if (end == std::string::npos) break;
    const auto other = renamed.find(std::string_view(bytes).substr(at, end - at));
    if (other == renamed.end()) continue;
    text += bytes.substr(from, at - from) + other->second;
    at = from = end;
  }
  return text + bytes.substr(from);
}

}  // namespace

Folder keep_ids(const Folder& base, Folder fresh) {
  std::map<std::string_view, const FolderFile*> before;
  for (const FolderFile& file : base.files) before.emplace(file.path, &file);
  Renamed renamed;
  for (FolderFile& file : fresh.files) {
    const auto old = before.find(file.path);
    if (!file.path.starts_with("levels/") || old == before.end() || old->second->bytes == file.bytes) continue;
    const auto changes = Matching(criteria_of(old->second->bytes), criteria_of(file.bytes)).changes();
    if (!changes.empty()) file.bytes = with_ids(file, changes, renamed);
  }
  if (renamed.empty()) return fresh;
  for (FolderFile& file : fresh.files) {
    if (file.path.starts_with("capabilities/")) file.bytes = with_links(file.bytes, renamed);
  }
  return fresh;
}

}  // namespace waymark::importer
