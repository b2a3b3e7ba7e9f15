/// A citation: the words, the version, where they stand, where they are used; or what became of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/word_diff.hpp"
#include "pathway/cite.hpp"
#include "web/pages/level_page.hpp"

namespace waymark::web::pages {

struct CitePage {
  std::string citation, title;
  std::vector<PlaceView> place;      ///< none when the level is gone
  Prose words;                       ///< empty for a retired id
  std::string href;                  ///< where the words stand
  std::string url;                   ///< the whole address, where the pathway says what it is
  std::string version, label;
  struct Use {
    std::string title, href, words;
  };
  std::vector<Use> uses;
  bool retired = false;
  std::string retired_in, because;
  std::optional<Reference> now;
  /// What became of words that were cited as a version had them.
  struct Fate {
    std::string standing;               ///< of that version
    std::string version_href;
    std::vector<std::string> steps;     ///< oldest first; empty when nothing happened
    std::string outcome;
    std::optional<Reference> today;
    std::vector<WordEdit> words;        ///< from then to today, where they differ
  };
  std::optional<Fate> fate;
};

[[nodiscard]] CitePage make_cite_page(const Site& site, const Links& links, const pathway::CitedWords& cited);
[[nodiscard]] CitePage make_retired_page(const Site& site, const Links& links, const pathway::Retired& retired);
/// cite_page.html
void fill(Values values, const CitePage& page);

}  // namespace waymark::web::pages
