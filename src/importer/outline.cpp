#include "importer/outline.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace waymark::importer {

std::string to_string(const SourcePlace& place) {
  if (place.last_line <= place.first_line) return fmt::format("{}:{}", place.file, place.first_line);
  return fmt::format("{}:{}-{}", place.file, place.first_line, place.last_line);
}

bool Part::has_words() const {
  return !statements.empty() || std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.has_words(); });
}

SentenceId SourceOutline::add(SourcePlace place, std::string text) {
  sentences.push_back({std::move(place), std::move(text)});
  return sentences.size() - 1;
}

}  // namespace waymark::importer
