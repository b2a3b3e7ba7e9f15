/// Inside the room only: what stands in the way of publishing.
#pragma once

#include <string>
#include <vector>

#include "db/reader.hpp"
#include "release/publishing.hpp"

namespace waymark::release {

/// Ids of `before` that are gone in `after` without an entry under `retired:`, entries of that list that are gone among them.
[[nodiscard]] std::vector<Obstacle> vanished_ids(const pathway::Pathway& before, const pathway::Pathway& after, const std::vector<Change>& changes);

/// Criteria that mean something by being cited already, and say something else now: reworded, moved and reworded, or there again after they were gone.
struct Rewording {
  std::string citation;  ///< as it is now
  bool is_back = false;  ///< it was gone, and said something else before
};
[[nodiscard]] std::vector<Rewording> rewordings(db::Reader& reader, std::string_view pathway, const pathway::Pathway& after,
                                                const std::vector<Change>& changes);

/// Enters what was declared into `changes`, and gives what is missing or too much.
[[nodiscard]] std::vector<Obstacle> undeclared(const std::vector<Rewording>& rewordings, const std::vector<std::string>& same_meaning,
                                               std::vector<Change>& changes);

/// What is wrong with a note or a reason; `what` begins the sentence: "The note".
[[nodiscard]] std::optional<Obstacle> wrong_text(std::string_view text, std::string_view what);

}  // namespace waymark::release
