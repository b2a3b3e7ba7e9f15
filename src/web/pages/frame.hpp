/// What stands around every page: head, navigation, notices, foot.
#pragma once

#include <string>
#include <vector>

#include "web/pages/values.hpp"
#include "web/site.hpp"

namespace waymark::web::pages {

struct FrameView {
  std::string title;         ///< of the page, without the pathway's name
  std::string description;
  std::string language;
  std::string pathway_name;
  std::string home;
  std::string canonical;     ///< empty without a url in the pathway
  std::string look;          ///< a class for the whole page
  std::string style, theme_script, script, htmx, serif, sans;
  bool served = false;       ///< false in a static export: no search, no preloads, which browsers refuse on file:
  bool with_search = false;  ///< the page searches while one types
  std::string search_words;  ///< what stands in the field of the header

  struct Step {
    std::string title;
    std::string href;
    bool current = false;
  };
  std::vector<Step> steps;

  struct NoticeView {
    Notice::Kind kind = Notice::Kind::draft;
    std::string first;                 ///< "levels/SSE.md:3:1 The section … is missing."
    std::vector<std::string> rest;
    std::size_t count = 0;
    std::size_t untold = 0;            ///< past the ones listed
    std::string words;                 ///< of an edition
    std::vector<std::pair<std::string, std::string>> links;
  };
  std::vector<NoticeView> notices;

  std::string search, contents, about;
  std::string lint;          ///< empty where nobody may look
  std::string import_start;  ///< empty in a static export
  bool has_others = false;   ///< pathways beside this one
  std::string account;       ///< empty where there are no accounts
  std::string version_label, short_hash;
};

/// `look` is "landscape", "reading" or "wide".
[[nodiscard]] FrameView make_frame(const Site& site, const Links& links, std::string title, std::string description, std::string look);

/// A whole page: the frame with `body_template` inside.
[[nodiscard]] std::string render_framed(const FrameView& frame, std::string_view body_template, const std::function<void(Values)>& fill_body);

}  // namespace waymark::web::pages
