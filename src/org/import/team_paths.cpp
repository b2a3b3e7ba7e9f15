#include "org/import/team_paths.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace waymark::org {

TeamPaths::TeamPaths(const Organisation& organisation, Date as_of) : m_organisation(organisation), m_as_of(as_of) {
  for (std::size_t i = 0; i < organisation.teams(); ++i) {
    const auto team = static_cast<TeamIndex>(i);
    auto name = organisation.at(team, Kind::team_name, as_of);
    if (!name) {
      // One that begins later is the same one, known earlier.
      for (const Spell& spell : organisation.history(team, Kind::team_name)) {
        if (!name && spell.from > as_of) name = spell;
      }
    }
    if (name) m_known[folded(organisation.words()[name->value])].push_back(team);
  }
}

void TeamPaths::add(const std::vector<std::string>& path, Date since, Position place) {
  Key key;
  for (const std::string& name : path) {
    key.push_back(folded(name));
    const auto [at, is_new] = m_paths.emplace(key, Named{name, since, place});
    Named& named = at->second;
    if (is_new) ++m_names[key.back()];
    // Of two spellings the same one, whichever row comes first.
    named.name = std::min(named.name, name);
    named.since = std::min(named.since, since);
    named.place = std::min(named.place, place);
  }
}

std::vector<TeamIndex> TeamPaths::called(const std::string& folded_name) const {
  const auto found = m_known.find(folded_name);
  return found == m_known.end() ? std::vector<TeamIndex>() : found->second;
}

Date TeamPaths::day_of(TeamIndex team) const {
  if (m_organisation.at(team, Kind::team_name, m_as_of)) return m_as_of;
  for (const Spell& spell : m_organisation.history(team, Kind::team_name)) {
    if (spell.from > m_as_of) return spell.from;
  }
  return m_as_of;
}

std::optional<TeamIndex> TeamPaths::choose(const Key& key, const Named& named, FindingHeap& findings, bool& is_doubtful) const {
  const std::vector<TeamIndex> candidates = called(key.back());
  if (key.size() > 1) {
    const auto within = m_paths.find(Key(key.begin(), key.end() - 1));
    for (const TeamIndex candidate : candidates) {
      const auto parent = m_organisation.at(candidate, Kind::parent_team, day_of(candidate));
      if (parent && within != m_paths.end() && within->second.id == m_organisation.team(static_cast<TeamIndex>(parent->value)).id) return candidate;
    }
    return candidates.size() == 1 && m_names.at(key.back()) == 1 ? std::optional(candidates.front()) : std::nullopt;
  }
  if (candidates.size() == 1) return candidates.front();
  const auto is_top = [&](TeamIndex team) { return !m_organisation.at(team, Kind::parent_team, day_of(team)); };
  const auto top = std::find_if(candidates.begin(), candidates.end(), is_top);
  if (top != candidates.end()) return *top;
  if (candidates.empty()) return std::nullopt;
  is_doubtful = true;
  findings.add("ambiguous-team", Severity::error, named.place, fmt::format("Several teams are called {}.", named.name),
               "Say which by what it is a part of: map a column to department, or write a path such as Product > Payments under groups.");
  return std::nullopt;
}

void TeamPaths::settle(FindingHeap& findings) {
  for (auto& [key, named] : m_paths) {
    bool is_doubtful = false;
    const auto known = choose(key, named, findings, is_doubtful);
    if (is_doubtful) continue;
    const auto within = key.size() > 1 ? m_paths.find(Key(key.begin(), key.end() - 1)) : m_paths.end();
    const std::string within_name = within == m_paths.end() ? std::string() : within->second.name;
    named.id = known ? m_organisation.team(*known).id : TeamId::make();
    if (!known) {
      changes.teams.push_back({*named.id, {}});
      made.push_back({named.name, within_name});
    }
    const bool is_named = known && (m_organisation.at(*known, Kind::team_name, named.since) || m_organisation.at(*known, Kind::team_name, m_as_of));
    if (!is_named) changes.facts.push_back({named.id->text(), Kind::team_name, named.since, named.name});
    if (within == m_paths.end() || !within->second.id) continue;
    const Date day = is_named ? day_of(*known) : named.since;
    const auto parent = known ? m_organisation.at(*known, Kind::parent_team, day) : std::nullopt;
    const bool is_there = parent && m_organisation.team(static_cast<TeamIndex>(parent->value)).id == *within->second.id;
    if (is_there) continue;
    changes.facts.push_back({named.id->text(), Kind::parent_team, day, within->second.id->text()});
    if (known) moved.push_back({named.name, within_name});
  }
}

const TeamId* TeamPaths::find(const std::vector<std::string>& path) const {
  Key key;
  for (const std::string& name : path) key.push_back(folded(name));
  const auto found = m_paths.find(key);
  return found == m_paths.end() || !found->second.id ? nullptr : &*found->second.id;
}

}  // namespace waymark::org
