/// An organisation's own document → a draft pathway folder. No sentence is dropped silently.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/folder.hpp"
#include "importer/judgement.hpp"
#include "importer/mapping.hpp"

namespace waymark::importer {

struct ImportOptions {
  std::string name;                           ///< of the pathway; empty: taken from the mapping, then from the source
  Mapping mapping = {};                       ///< decides where it speaks; empty: everything is guessed
  std::function<void(double)> progress = {};  ///< called now and then with how far reading has come, from 0 to 1
  JudgeDraft judge = {};                      ///< asked once about the draft, for the report; it then depends on what is answered
};

/// Where a sentence of the source went. Titles and headings count as sentences.
struct Provenance {
  enum class Fate {
    kept,       ///< stands in the draft
    set_aside,  ///< deliberately not imported; the report says why (numbers, navigation, …)
  };
  std::string_view file;  ///< of the source
  std::size_t line = 0;
  std::string sentence;
  Fate fate = Fate::kept;
  std::string_view became;  ///< "levels/senior-engineer.md, criterion owns-features", or the reason it was set aside
};

struct ImportedFramework {
  /// A pathway folder with `status: draft` that loads without errors; beside it import-report.md, import-mapping.yaml, and in notes/ the text that is about no level. Every sentence
  /// has a comment `from: file:line` beside it; what the source does not say is a comment `not in the source: …`.
  Folder draft;
  std::vector<Provenance> sentences;                    ///< every one of the source, in order of file and line; their views live as long as `words`
  std::vector<std::shared_ptr<const void>> words = {};  ///< what the sentences point into
  std::vector<std::string> levels;                      ///< ids, by track, in order
  Mapping mapping;                                      ///< what was guessed or said: with it, the same source gives the same draft
  std::vector<std::string> questions;                   ///< what was guessed or not understood, for the person to settle: "file:line: words"
  DraftJudgement judgement = {};                        ///< empty unless the options judge
  bool is_too_large_to_judge = false;                   ///< so nobody was asked
  std::vector<std::string> first_steps;                 ///< the three best, as Markdown
};

/// Reads `source` (a folder or a file) in any form that source_reader knows. The same source and mapping give the same draft and the same ids. Fails with
/// bad_input, saying what was looked for, when no level is found, and with its line where the mapping names what the source does not have; with not_found when
/// there is no such folder.
[[nodiscard]] Result<ImportedFramework> import_framework(const std::filesystem::path& source, const ImportOptions& options);
/// The same for files in memory (an upload).
[[nodiscard]] Result<ImportedFramework> import_framework(Folder source, const ImportOptions& options);

}  // namespace waymark::importer
