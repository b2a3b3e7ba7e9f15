/// A foreign document as every reader hands it on: headings that contain statements, each with its place, and every sentence once in one list. A
/// reader knows one form (Markdown, HTML, YAML, CSV …) and nothing of pathways; what follows knows nothing of forms.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::importer {

struct SourcePlace {
  std::string_view file;  ///< relative to what was imported; kept by the outline, see SourceOutline::keep_path
  std::size_t first_line = 0;
  std::size_t last_line = 0;
};

/// "docs/engineer.md:12", or "docs/engineer.md:12-14".
[[nodiscard]] std::string to_string(const SourcePlace& place);

/// Index into SourceOutline::sentences.
using SentenceId = std::size_t;

struct SourceSentence {
  SourcePlace place;
  std::string text;  ///< plain; titles and front matter texts count as sentences
};

/// One paragraph, list item, quotation, …: what stays together.
struct Statement {
  enum class Kind { paragraph, item, numbered_item, quotation, code };
  Kind kind = Kind::paragraph;
  std::string text;  ///< plain, on one line; of code: as written
  std::string html;  ///< safe inline HTML as markup makes it; empty: `text` is all there is
  SourcePlace place;
  std::vector<SentenceId> sentences;  ///< its own, without those of its children
  std::vector<Statement> children;    ///< what belongs to an item: further paragraphs, nested items
  bool is_description = false;        ///< stood in the front matter

  [[nodiscard]] bool is_item() const { return kind == Kind::item || kind == Kind::numbered_item; }
};

/// A heading and what stands under it, up to the next of its rank.
struct Part {
  std::string title;
  SourcePlace place;
  std::vector<SentenceId> sentences;  ///< of the title; empty when it was made from a file name
  std::vector<Statement> statements;  ///< before the first part
  std::vector<Part> parts;
  bool from_table = false;           ///< a column or row of a table stands as a part
  bool is_level = false;             ///< the source itself says that this is a place
  std::string source_id;             ///< what other parts of the source call it; may be empty
  std::vector<std::string> follows;  ///< ids or titles of places whose criteria count here too, as the source says

  /// Anything said here or below.
  [[nodiscard]] bool has_words() const;
};

struct Document {
  std::string path;
  Part root;                    ///< the document's own title
  std::optional<double> order;  ///< weight, order, position … of the front matter
  bool is_draft = false;
  bool is_catalogue = false;       ///< others point into it for what they say: no places of its own
  std::vector<std::string> links;  ///< relative targets, in order, navigation included
};

/// The reason for what is a comment in the source.
inline constexpr std::string_view commented_out = "commented out in the source";

struct SourceOutline {
  struct SetAside {
    std::vector<SentenceId> sentences;
    std::string reason;
  };

  std::string name;                 ///< of the folder or file
  std::vector<Document> documents;  ///< by path
  std::vector<SourceSentence> sentences;
  std::vector<SetAside> set_aside;     ///< what the reader already knows to be no text of the framework: navigation, comments
  std::vector<std::string> questions;  ///< what it could not make out, each with its place

  SentenceId add(const SourcePlace& place, std::string text);

  /// The same path, for places: valid as long as paths() of this outline or of the one that took it in is held.
  [[nodiscard]] std::string_view keep_path(std::string_view path);
  using Paths = std::map<std::string_view, std::shared_ptr<const std::string>>;
  [[nodiscard]] const Paths& paths() const { return m_paths; }

  /// What `add` would number from `first` on is numbered so: before the outline is taken in by another that has `first` sentences.
  void number_from(SentenceId first);
  /// REQUIRES that `other` is numbered from the end of this one's sentences.
  void take_in(SourceOutline other);

 private:
  Paths m_paths;
};

}  // namespace waymark::importer
