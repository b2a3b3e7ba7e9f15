#include "lint/tracks.hpp"

#include "base/text.hpp"

namespace waymark::lint {

bool is_leadership(const pathway::Pathway& pathway, const pathway::TrackId& id) {
  if (pathway.tracks.size() < 2) return false;
  const pathway::Level* const fork = pathway.fork ? pathway.level(pathway.fork->at) : nullptr;
  if (fork != nullptr) return fork->track != id;
  const pathway::Track* const track = pathway.track(id);
  const std::string words = to_lower_ascii(track == nullptr ? id.value : id.value + " " + track->title);
  return words.find("lead") != std::string::npos || words.find("manage") != std::string::npos;
}

bool is_leadership(const pathway::Pathway& pathway, const pathway::Level& level) { return is_leadership(pathway, level.track); }

}  // namespace waymark::lint
