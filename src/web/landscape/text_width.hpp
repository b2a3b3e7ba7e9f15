/// How wide words are on the page, without a browser: advance widths of the two faces the site embeds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::web::landscape {

enum class Face {
  serif_semibold,  ///< Source Serif 4, weight 600: names
  sans,            ///< Inter, weight 400: everything else
};

/// In pixels at `size` pixels; a little generous, so that a fallback face still fits. REQUIRES valid UTF-8.
[[nodiscard]] double text_width(std::string_view text, Face face, double size);

/// Breaks `text` between words into lines no wider than `width`; what does not fit into `max_lines`, or a single word that is too long, ends in `…`.
[[nodiscard]] std::vector<std::string> wrap_text(std::string_view text, Face face, double size, double width, std::size_t max_lines);

}  // namespace waymark::web::landscape
