/// A store with an organisation in it, and a short way to say what is in one.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "access/store_test.hpp"
#include "base/text.hpp"
#include "db/search.hpp"
#include "org/registry.hpp"
#include "org/schema.hpp"

namespace waymark::org::testing {

[[nodiscard]] inline Date day(std::string_view iso) { return parse_date(iso).value(); }

/// The third and the fifth migration are other rooms', with nothing in them that this one uses.
[[nodiscard]] inline db::Schema schema() {
  return db::Schema{access::migrations(),
                    {{2, "db", "full-text search", db::search_steps()}, {3, "release", "of another room", {}}, {5, "web", "of another room", {}}},
                    migrations()};
}

/// Names stand for ids: "Ada" is the same person in every test. Digits and small letters only, as ids are.
[[nodiscard]] inline std::string id_text(std::string_view name) {
  std::string text = to_lower_ascii(name);
  std::erase_if(text, [](char c) { return (c < '0' || c > '9') && (c < 'a' || c > 'z'); });
  text.resize(26, 'q');
  return text;
}
[[nodiscard]] inline PersonId person_id(std::string_view name) { return PersonId::from(id_text(name)).value(); }
[[nodiscard]] inline TeamId team_id(std::string_view name) { return TeamId::from(id_text(name)).value(); }

inline void join(Changes& changes, const std::string& name, std::string_view from) {
  changes.people.push_back({person_id(name), {.name = name}});
  changes.facts.push_back({id_text(name), Kind::employed, day(from), std::string(yes)});
}
inline void set(Changes& changes, std::string_view subject, Kind kind, std::string_view from, const std::string& value) {
  const bool is_id = holds(kind) == Holds::a_person || holds(kind) == Holds::a_team;
  changes.facts.push_back({id_text(subject), kind, day(from), is_id ? id_text(value) : value});
}
inline void end(Changes& changes, std::string_view subject, Kind kind, std::string_view from) {
  changes.facts.push_back({id_text(subject), kind, day(from), std::nullopt});
}
inline void found(Changes& changes, const std::string& team, std::string_view from) {
  changes.teams.push_back({team_id(team)});
  changes.facts.push_back({id_text(team), Kind::team_name, day(from), team});
}

inline constexpr std::string_view today = "2026-11-24";

/// REQUIRES that it can be.
[[nodiscard]] inline std::shared_ptr<const Organisation> after(const std::shared_ptr<const Organisation>& before, const Changes& changes) {
  const Revised revised = revise(before, changes, day(today));
  for (const Problem& problem : revised.problems) FAIL(problem.message);
  return revised.organisation;
}

/// All that is believed, a line a spell, in words: equal texts mean the same organisation.
[[nodiscard]] inline std::string told(const Organisation& organisation) {
  std::vector<std::string> lines;
  const auto tell = [&](const std::string& subject, Kind kind, const std::vector<Spell>& spells) {
    for (const Spell& spell : spells) {
      lines.push_back(subject + ' ' + std::string(to_string(kind)) + ' ' + to_iso(spell.from) + ' ' + (spell.to ? to_iso(*spell.to) : "…") + ' ' +
                      std::string(organisation.text_of(kind, spell.value)));
    }
  };
  for (std::size_t i = 0; i < organisation.people(); ++i) {
    const auto person = static_cast<PersonIndex>(i);
    lines.push_back(organisation.person(person).id.text() + " is " + organisation.person(person).details.name);
    for (int kind = 0; kind < static_cast<int>(Kind::team_name); ++kind) {
      tell(organisation.person(person).id.text(), static_cast<Kind>(kind), organisation.history(person, static_cast<Kind>(kind)));
    }
  }
  for (std::size_t i = 0; i < organisation.teams(); ++i) {
    const auto team = static_cast<TeamIndex>(i);
    for (int kind = static_cast<int>(Kind::team_name); kind < kind_count; ++kind) {
      tell(organisation.team(team).id.text(), static_cast<Kind>(kind), organisation.history(team, static_cast<Kind>(kind)));
    }
  }
  std::sort(lines.begin(), lines.end());
  return waymark::join(lines, "\n");
}

template <class On>
struct Office {
  access::TestStore<On> store;
  Registry registry;

  Office() : store({}, schema()), registry(*store.database, store.clock) {}
  /// REQUIRES that it can be.
  void change(const Changes& changes, const std::string& why = {}) {
    const Changed changed = registry.change(changes, {.source = "form", .why = why});
    for (const Problem& problem : changed.problems) FAIL(problem.message);
  }
};

}  // namespace waymark::org::testing
