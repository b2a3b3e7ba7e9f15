/// For tests: the folders of tests/fixtures/lint.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/text.hpp"
#include "lint/lint.hpp"

namespace waymark::lint::testing {

inline const std::filesystem::path fixtures = std::filesystem::path(WAYMARK_SOURCE_DIR) / "tests" / "fixtures" / "lint";
constexpr Date today{std::chrono::year_month_day{std::chrono::year(2026), std::chrono::month(6), std::chrono::day(1)}};

inline Folder good() { return read_folder(fixtures / "good", pathway::document_extensions()).value(); }

inline Folder laid_over_good(const std::filesystem::path& overlay) {
  Folder folder = good();
  if (const auto without = read_file(overlay / "without.txt")) {
    for (const auto name : split(*without, '\n')) std::erase_if(folder.files, [&](const FolderFile& file) { return file.path == name; });
  }
  Folder laid = read_folder(overlay, pathway::document_extensions()).value();
  for (FolderFile& file : laid.files) {
    std::erase_if(folder.files, [&](const FolderFile& known) { return known.path == file.path; });
    folder.files.push_back(std::move(file));
  }
  std::sort(folder.files.begin(), folder.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return folder;
}

inline Linted linted(const Folder& folder) { return lint(folder, pathway::load(folder), today); }

/// The file of a folder, to be changed.
inline std::string& bytes_of(Folder& folder, std::string_view path) {
  return std::find_if(folder.files.begin(), folder.files.end(), [&](const FolderFile& file) { return file.path == path; })->bytes;
}

/// `file:line:column:rule:message`, a line each; warnings are not told apart from notes.
inline std::string as_text(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.file + ":" + std::to_string(finding.span.begin.line) + ":" + std::to_string(finding.span.begin.column) + ":" + finding.rule +
            ":" + finding.message + "\n";
  }
  return text;
}

}  // namespace waymark::lint::testing
