/// What goes back to a client, as JSON. The only door through which JSON goes out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "editor/features.hpp"
#include "editor/message.hpp"

namespace waymark::editor {

/// What a client said in `initialize` it can do.
struct Abilities {
  Encoding encoding = Encoding::utf16;
  bool markdown_hover = false;
  bool outline_tree = false;  ///< DocumentSymbol, not only SymbolInformation
  bool location_links = false;
  bool code_action_literals = false;
  bool document_changes = false;    ///< versioned edits
  bool file_renames = false;        ///< a workspace edit may rename files
  bool registers_watchers = false;  ///< tells of files that change on disk when asked to
  bool diagnostic_links = false;    ///< codeDescription
  bool related_places = false;
};
[[nodiscard]] Abilities abilities_of(const Message& initialize);

/// How files and positions of one folder are called outside.
class View {
 public:
  /// `uris` are those the client gave to open documents, `versions` theirs; both by file. Everything outlives the view.
  View(const PathwayFolder& folder, const Abilities& abilities, const std::map<std::string, std::string, std::less<>>& uris,
       const std::map<std::string, std::int64_t, std::less<>>& versions)
      : m_folder(folder), m_abilities(abilities), m_uris(uris), m_versions(versions) {}

  [[nodiscard]] const Abilities& abilities() const { return m_abilities; }
  [[nodiscard]] std::string uri(const std::string& file) const;
  /// From the start to the start when there is no such file.
  [[nodiscard]] TextRange range(const std::string& file, const Span& span) const;
  [[nodiscard]] Position position(std::string_view file, TextPlace place) const;
  [[nodiscard]] Span span(std::string_view file, TextRange range) const { return {position(file, range.begin), position(file, range.end)}; }
  [[nodiscard]] std::optional<std::int64_t> version(const std::string& file) const;

 private:
  const PathwayFolder& m_folder;
  const Abilities& m_abilities;
  const std::map<std::string, std::string, std::less<>>& m_uris;
  const std::map<std::string, std::int64_t, std::less<>>& m_versions;
};

// Results, each as its method wants it.
[[nodiscard]] std::string capabilities(const Abilities& abilities);
[[nodiscard]] std::string to_json(const View& view, const std::string& file, const Hover& hover);
[[nodiscard]] std::string to_json(const View& view, const std::string& from_file, const std::optional<Span>& from, const Definition& definition);
[[nodiscard]] std::string to_json(const View& view, const std::vector<pathway::Place>& places);
[[nodiscard]] std::string to_json(const View& view, const std::string& file, const std::vector<Entry>& outline);
[[nodiscard]] std::string to_json(const View& view, const std::vector<std::pair<std::string, Entry>>& found);
[[nodiscard]] std::string to_json(const View& view, const std::vector<Completion>& completions);
[[nodiscard]] std::string to_json(const View& view, const Change& change);
[[nodiscard]] std::string to_json(const View& view, const std::vector<Action>& actions);
[[nodiscard]] std::string fix_all_json(const View& view, const Change& change);
[[nodiscard]] std::string placeholder_json(const View& view, const std::string& file, const Occurrence& occurrence);

/// Parameters of textDocument/publishDiagnostics for one file.
[[nodiscard]] std::string diagnostics_json(const View& view, const std::string& file, const std::vector<const Finding*>& findings);
[[nodiscard]] std::string no_diagnostics_json(const std::string& uri);

// Whole messages.
[[nodiscard]] std::string response(const std::string& id, const std::string& result);
[[nodiscard]] std::string failure(const Fault& fault);
[[nodiscard]] std::string notification(std::string_view method, const std::string& params);
[[nodiscard]] std::string watch_request(const std::string& id);
[[nodiscard]] std::string log_message(std::string_view words);

}  // namespace waymark::editor
