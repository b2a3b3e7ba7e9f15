/// What an author asks of a place in a document. Each is a function of the folder as it is now, knows nothing of the protocol, and counts positions as base
/// does (from 1, in code points).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "editor/pathway_folder.hpp"

namespace waymark::editor {

struct Hover {
  std::string markdown;
  Span span;  ///< what it is about
};
/// The words behind an id, its level, what it is cited as and where it is used.
[[nodiscard]] std::optional<Hover> hover(const PathwayFolder& folder, std::string_view file, Position position);

struct Definition {
  std::string file;
  Span span;       ///< of all of it
  Span selection;  ///< of its id or heading
};
[[nodiscard]] std::optional<Definition> definition(const PathwayFolder& folder, std::string_view file, Position position);

enum class Declaration { included, left_out };
[[nodiscard]] std::vector<pathway::Place> references(const PathwayFolder& folder, std::string_view file, Position position, Declaration declaration);

/// An entry of the outline.
struct Entry {
  enum class Kind { page, section, criterion, list, item };
  std::string name;
  std::string detail;  ///< may be empty
  Kind kind = Kind::section;
  Span span;       ///< of all of it
  Span selection;  ///< inside span
  std::vector<Entry> children;
};
[[nodiscard]] std::vector<Entry> outline(const PathwayFolder& folder, std::string_view file);
/// Pages and criteria whose id or title holds the words, in any case; all when it is empty. 500 at most.
[[nodiscard]] std::vector<std::pair<std::string, Entry>> find_everywhere(const PathwayFolder& folder, std::string_view words);

struct Completion {
  enum class Kind { page, id, word, key, heading, rule };
  std::string label;
  std::string detail;
  std::string documentation;  ///< plain text; may be empty
  Kind kind = Kind::id;
  Edit edit;           ///< of the file it was asked in, in the line of the position
  std::string filter;  ///< what typing is matched against
};
[[nodiscard]] std::vector<Completion> completions(const PathwayFolder& folder, std::string_view file, Position position);

/// Edits of documents and new names of files, to be done together: first the edits, then the names.
struct Change {
  std::vector<Edit> edits;
  std::vector<std::pair<std::string, std::string>> renamed_files;
};

/// What a rename at a position would replace; the error says why nothing there can be renamed.
[[nodiscard]] Result<Occurrence> renameable(const PathwayFolder& folder, std::string_view file, Position position);
/// Gives an id another name wherever it stands. In a pathway that is no draft the old citations are listed under `retired:`, each with what it is called now, so
/// that they still resolve. Fails with bad_input for a name that is no id and with conflict for one that is taken.
[[nodiscard]] Result<Change> rename(const PathwayFolder& folder, std::string_view file, Position position, std::string_view new_name);

struct Action {
  std::string title;
  enum class Kind { fix, allow } kind = Kind::fix;
  bool preferred = false;  ///< the one to take without looking
  Change change;
  Finding finding;  ///< what it is an answer to
};
/// For the findings that a range touches.
[[nodiscard]] std::vector<Action> actions(const PathwayFolder& folder, std::string_view file, const Span& range);

/// Every mechanical fix of a file at once, those left out that would overlap an earlier one.
[[nodiscard]] Change fix_all(const PathwayFolder& folder, std::string_view file);

}  // namespace waymark::editor
