/// Blocks of prose that can be pointed at, each with its permalink.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "web/pages/values.hpp"
#include "web/site.hpp"

namespace waymark::web::pages {

struct PassageView {
  std::string anchor;
  std::string citation;   ///< "SSE.autonomy-2"; empty where the page is no level
  bool is_heading = false;
  Prose body;
};

/// `level` is empty on pages whose paragraphs have no citation.
[[nodiscard]] std::vector<PassageView> make_passages(const Links& links, std::span<const pathway::Passage> passages, const std::string& level = {});
/// One block; a list item loses its `<li>`.
[[nodiscard]] Prose make_prose(const Links& links, const markup::Block& block);

/// Includes passages.html for each; headings among them are of level 3 or 4.
enum class HeadingLevel { three, four };
void include_passages(Values values, std::string_view marker, const std::vector<PassageView>& passages, HeadingLevel level = HeadingLevel::three);

}  // namespace waymark::web::pages
