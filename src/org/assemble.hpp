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

/// `before` with the records that are newer: each is whole and replaces what was there. Points in any order.
/// Throws db::DatabaseError (damaged) where a number is missing or a point is about nobody.
[[nodiscard]] std::shared_ptr<const Organisation> assemble(const std::shared_ptr<const Organisation>& before, std::int64_t revision,
                                                           std::vector<StoredPerson> people, std::vector<StoredTeam> teams,
                                                           const std::vector<StoredPoint>& points);

}  // namespace waymark::org
