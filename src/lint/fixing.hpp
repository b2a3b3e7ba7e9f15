/// Carrying out edits on the bytes of a file as they are on disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"

namespace waymark::lint {

/// The bytes with the edits carried out; line ends and a byte order mark stay as they were. Positions are those SourceText gives for the bytes. An edit that overlaps one before it in
/// the file, or whose place is not there, is left out. Edits of other files are not looked at: the caller chooses.
[[nodiscard]] std::string edited(std::string_view bytes, std::vector<Edit> edits);

/// The edits of a file that the mechanical fixes of the findings make.
[[nodiscard]] std::vector<Edit> mechanical_edits(const Findings& findings, std::string_view file);

}  // namespace waymark::lint
