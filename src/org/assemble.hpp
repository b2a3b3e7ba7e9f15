/// Inside the room only: an organisation out of what the store holds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "org/organisation.hpp"

namespace waymark::org {

struct StoredPerson {
  std::uint32_t index = 0;
  PersonId id;
  PersonDetails details;
  bool is_erased = false;
};

struct StoredTeam {
  std::uint32_t index = 0;
  TeamId id;
  std::vector<Reference> references;
};

struct StoredPoint {
  std::uint32_t subject = 0;
  Kind kind = Kind::employed;
  std::uint32_t slot = 0;
  Date from{};
  std::optional<std::string> word = {};     ///< of kinds that hold words
  std::optional<std::uint32_t> other = {};  ///< of kinds that hold a person or a team; 0 of kinds that hold nothing
};

/// An earlier organisation with the records that are newer: each is whole and replaces what was there. People first, then teams, then points as they come,
/// so that a store of millions is never held twice. Throws db::DatabaseError (damaged) where a number is missing or a point is about nobody.
class Assembling {
 public:
  Assembling(const std::shared_ptr<const Organisation>& before, std::int64_t revision);

  void take_people(std::vector<StoredPerson> people);
  void take_teams(std::vector<StoredTeam> teams);
  /// In any order, but those of one person or team are best together.
  void take_point(const StoredPoint& point);
  /// The last call.
  [[nodiscard]] std::shared_ptr<const Organisation> make();

 private:
  using Numbers = std::unordered_map<std::string, std::uint32_t>;

  Organisation::Keys& keys();
  std::uint32_t word(const std::string& text);
  void finish_record();

  std::shared_ptr<Organisation> m_after;
  std::shared_ptr<Organisation::Keys> m_keys;      // nullptr while nobody is found in another way than before
  std::shared_ptr<Organisation::Words> m_words;    // nullptr while there is no new word
  std::shared_ptr<Numbers> m_numbers;
  std::vector<Person*> m_people;  // those that are made anew
  std::vector<Team*> m_teams;
  Record* m_record = nullptr;     // whose points come now
  std::vector<Point> m_points;    // theirs, so far
};

}  // namespace waymark::org
