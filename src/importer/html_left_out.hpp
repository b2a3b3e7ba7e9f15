/// The words and links of what is left out of an HTML page. For html_blocks alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "importer/html_blocks.hpp"

struct GumboInternalNode;

namespace waymark::importer {

/// Of the node and all below, scripts and styles apart; `first_line` is that of the text that was parsed.
void collect_left_out(const GumboInternalNode* node, std::string_view reason, std::size_t first_line, std::vector<HtmlBlocks::LeftOut>& left_out);
void collect_links(const GumboInternalNode* node, std::vector<std::string>& links);

}  // namespace waymark::importer
