/// `file:` addresses (RFC 8089) and the paths they name.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::editor {

/// Absolute and normal (no "." or ".."). Absent for other schemes, another host, and what is no address.
[[nodiscard]] std::optional<std::filesystem::path> path_of(std::string_view uri);

/// REQUIRES an absolute path.
[[nodiscard]] std::string uri_of(const std::filesystem::path& path);

}  // namespace waymark::editor
