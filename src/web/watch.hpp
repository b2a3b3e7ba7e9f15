/// Reading a pathway from disk, once or whenever it changes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "base/error.hpp"
#include "pathway/pathway.hpp"
#include "web/lint_view.hpp"

namespace waymark::web {

class Application;

struct Reading {
  std::optional<pathway::Pathway> pathway;
  Error error;        ///< why there is no pathway
  Findings findings;  ///< errors then; else what a draft lacks
  std::shared_ptr<const Folder> documents = nullptr;  ///< with the pathway
  std::shared_ptr<const LintView> lint = nullptr;  ///< of whatever could be read; nullptr when the folder could not
};
[[nodiscard]] Reading read_pathway(const std::filesystem::path& folder);

/// Of the documents' paths, times and sizes; of nothing when the folder is away. Reads no file.
[[nodiscard]] std::uint64_t fingerprint(const std::filesystem::path& folder);

/// Shows the folder as it now is: the new pathway, or that it could not be read. Logs either.
void show_newest(const std::filesystem::path& folder, Application& application);

/// Looks every 300 ms until stopped; a change is taken up once it has stood still for one look. `shown` is the fingerprint taken before what
/// the application shows was read, so that an edit made while it was read is not missed.
void follow_edits(const std::filesystem::path& folder, Application& application, std::uint64_t shown, const std::stop_token& stop);

}  // namespace waymark::web
