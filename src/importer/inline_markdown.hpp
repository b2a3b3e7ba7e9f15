/// Words of a foreign document as Markdown that means those words and nothing else: no heading, no id, no comment, no template tag begins in them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::importer {

/// Where a relative link of the source leads in the draft; absent: the words stay, the link goes.
using LinkResolver = std::function<std::optional<std::string>(std::string_view link)>;

/// From markup's safe inline HTML: emphasis, strong, code, strike-through, links and images stay, everything is one line.
[[nodiscard]] std::string inline_markdown(std::string_view html, const LinkResolver& resolve);

/// Plain text, escaped where Markdown would see more in it.
[[nodiscard]] std::string escape_markdown(std::string_view text);

/// Text that can stand inside `<!-- -->`.
[[nodiscard]] std::string comment_text(std::string_view text);

/// A value in double quotes, or bare where that is safe.
[[nodiscard]] std::string yaml_value(std::string_view text);

}  // namespace waymark::importer
