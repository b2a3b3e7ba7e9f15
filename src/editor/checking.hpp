/// What is to be mended in a folder, as `waymark lint` says it, kept up while somebody types: at once for the page that changes, and whole when they pause.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/finding.hpp"
#include "base/folder.hpp"
#include "pathway/pathway.hpp"

namespace waymark::editor {

/// For one thread. After check_all() the findings are those of lint::lint(). After check_quickly() those of the loader are new, and so are those about the
/// words of the pages that changed; what was said of a page beside others (two levels that cannot be told apart) is what it was, moved along with its lines.
class Checking {
 public:
  [[nodiscard]] const Findings& findings() const { return m_findings; }
  /// The last pathway that could be loaded; absent when there was none.
  [[nodiscard]] const std::optional<pathway::Pathway>& pathway() const { return m_pathway; }

  void check_all(const Folder& folder, Date today);
  /// False when too much changed since the last check_all() for the answer to be worth it; then nothing is changed.
  [[nodiscard]] bool check_quickly(const Folder& folder, Date today);

 private:
  [[nodiscard]] std::optional<std::vector<std::string>> changed_files(const Folder& folder) const;
  [[nodiscard]] Findings loader_findings_elsewhere(const Findings& loaded, const std::vector<std::string>& files) const;
  [[nodiscard]] Findings kept_of_last_time(const Folder& folder, const std::vector<std::string>& files) const;

  pathway::LoadMemory m_memory;
  Findings m_findings;
  std::optional<pathway::Pathway> m_pathway;
  // As of the last check_all().
  bool m_checked = false;
  std::map<std::string, std::string> m_texts;  ///< bytes by file
  Findings m_loaded;                           ///< the loader's, as it gave them
  Findings m_whole;                            ///< all
};

/// How lines moved between two texts: those before the change stay, those behind it shift, those in between are gone.
class LineShift {
 public:
  LineShift(std::string_view before, std::string_view after);
  /// Absent when the span touches what changed.
  [[nodiscard]] std::optional<Span> moved(const Span& span) const;

 private:
  std::size_t m_same_before = 0;   ///< lines at the beginning
  std::size_t m_first_behind = 0;  ///< of `before`: the first line behind the change
  std::ptrdiff_t m_shift = 0;
};

}  // namespace waymark::editor
