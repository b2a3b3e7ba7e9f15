/// Text and addresses put into HTML, appended to what is there.
#pragma once

#include <string>
#include <string_view>

namespace waymark::markup {

/// `& < > "` as entities: for text and for attributes in double quotes.
void append_escaped(std::string& html, std::string_view text);

/// An address for href or src in double quotes: percent-encoded where needed, nothing at all when its scheme can run or read something
/// (javascript, vbscript, file, data except pictures; by cmark's rule).
void append_address(std::string& html, std::string_view address);

}  // namespace waymark::markup
