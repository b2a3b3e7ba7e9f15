/// In which form a file is written, by what stands in it; its name does not count.
#pragma once

#include <string_view>

namespace waymark::importer {

enum class Form { markdown, html, yaml, json, spreadsheet, binary };

/// Looks at the beginning (64 KB) and, where that could be data, parses it. Text of no other form is Markdown.
[[nodiscard]] Form form_of(std::string_view bytes);

/// "Markdown", "HTML", …
[[nodiscard]] std::string_view name_of(Form form);

}  // namespace waymark::importer
