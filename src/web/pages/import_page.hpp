/// A framework from somewhere else: uploaded, looked at as a draft, put right, downloaded as a folder.
#pragma once

#include <string>
#include <vector>

#include "importer/framework.hpp"
#include "web/links.hpp"
#include "web/pages/values.hpp"

namespace waymark::web::pages {

struct ImportPage {
  std::string action;
  std::string problem;  ///< why it did not work; empty mostly
  std::string way_out;
  std::string form_token;
  /// Answers that were given before the upload was forgotten, to come along with it once more.
  std::vector<std::pair<std::string, std::string>> answers;
};
/// import_page.html
void fill(Values values, const ImportPage& page);

struct ImportDraftPage {
  struct Place {
    std::string title, found_as;  ///< as the draft calls it; the key by which it is found again
    std::string id, track;
    std::size_t number = 0;  ///< in the form
    std::size_t position = 0;
    std::size_t criteria = 0;
    std::vector<std::string> says;  ///< the headings of its criteria
  };
  struct Track {
    std::string id, title;
  };
  std::string name, upload, action, download, again;
  std::string form_token = {};
  std::string problem;
  std::size_t sentences = 0, kept = 0, aside = 0;
  std::vector<Track> tracks;
  std::vector<Place> places;
  std::vector<std::string> questions;
  std::string fork_at;
  struct Aside {
    std::string reason;
    std::size_t count = 0;
  };
  std::vector<Aside> set_aside;
  importer::DraftJudgement judgement;
  std::vector<Prose> first_steps;
};
[[nodiscard]] ImportDraftPage make_import_draft_page(const importer::ImportedFramework& imported, const Links& links, std::string upload);
/// import_draft_page.html
void fill(Values values, const ImportDraftPage& page);

}  // namespace waymark::web::pages
