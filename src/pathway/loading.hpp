/// Inside the loader: what its parts share. Not for other rooms.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"
#include "markup/markdown.hpp"
#include "markup/yaml.hpp"
#include "pathway/pathway.hpp"

namespace waymark::pathway::loading {

/// Where problems go. A gap is an error, and a warning in a draft.
class Report {
 public:
  explicit Report(Findings& findings) : m_findings(findings) {}

  void set_draft(bool draft) { m_draft = draft; }
  void error(std::string rule, const Place& place, std::string message, std::string way_out);
  void warning(std::string rule, const Place& place, std::string message, std::string way_out);
  void gap(std::string rule, const Place& place, std::string message, std::string way_out);
  void take(const Findings& findings) { m_findings.insert(m_findings.end(), findings.begin(), findings.end()); }

 private:
  Findings& m_findings;
  bool m_draft = false;
};

/// A scalar and where it stands.
struct Word {
  std::string text;
  Place place;
};

/// The keys of one YAML map, read one by one; what was not asked for is reported by finish().
class Fields {
 public:
  /// `owner` completes "… of OWNER": "the level page", "this route". A node that is no map is reported once; then everything is absent.
  Fields(const markup::YamlNode* node, Place place, std::string owner, Report& report);

  enum class Need { required, optional };
  [[nodiscard]] Word word(std::string_view key, Need need);  ///< text empty when absent or no scalar
  [[nodiscard]] std::string text(std::string_view key, Need need) { return word(key, need).text; }
  [[nodiscard]] std::optional<double> number(std::string_view key, Need need);
  /// A scalar or a sequence of scalars.
  [[nodiscard]] std::vector<Word> words(std::string_view key, Need need);
  /// The items of a sequence; empty when absent.
  [[nodiscard]] const std::vector<markup::YamlNode>& sequence(std::string_view key, Need need);
  [[nodiscard]] const markup::YamlNode* node(std::string_view key, Need need);
  [[nodiscard]] const Place& place() const { return m_place; }
  void finish();

 private:
  [[nodiscard]] Place place_of(const markup::YamlNode& node) const { return {m_place.file, node.span}; }
  void report_type(const markup::YamlNode& node, std::string_view key, std::string_view expected);

  const markup::YamlNode* m_map = nullptr;
  Place m_place;
  std::string m_owner;
  Report& m_report;
  std::vector<std::string> m_known;
};

/// `reviewed:`; a value that is no date is reported.
[[nodiscard]] std::optional<Review> read_review(Fields& fields, Report& report);

/// A Markdown document with its front matter, links already turned into `waymark:` URIs.
struct Document {
  SourceText source;
  std::optional<markup::YamlNode> front;
  std::vector<markup::Block> blocks;

  [[nodiscard]] Place place() const { return {source.name(), source.line_span(1)}; }
  [[nodiscard]] Place place(const Span& span) const { return {source.name(), span}; }
};

/// Reports what markup found; the front matter is absent when it is missing (reported) or broken.
enum class FrontMatterNeed { required, optional };
[[nodiscard]] Document read_document(const FolderFile& file, FrontMatterNeed need, Report& report);

/// Gives the anchors of one page and keeps them apart.
class Anchors {
 public:
  Anchors(const Document& document, Report& report) : m_document(document), m_report(report) {}

  /// `wanted` when free; a taken one is reported as `duplicate-id` and made different.
  [[nodiscard]] std::string take(const std::string& wanted, const Span& span);
  /// `stem-1`, `stem-2`, …
  [[nodiscard]] std::string next(const std::string& stem);
  /// Without a report: `wanted`, or with a number behind it.
  [[nodiscard]] std::string derive(const std::string& wanted);

 private:
  const Document& m_document;
  Report& m_report;
  std::map<std::string, Span> m_taken;
  std::map<std::string, int> m_counts;
};

/// Makes `blocks[i]` a passage whose anchor is the next of `stem`.
[[nodiscard]] Passage make_passage(const markup::Block& block, const std::string& stem, Anchors& anchors);

/// References from YAML to levels, checked once all pages are read.
struct LevelReference {
  Word id;
  std::string rule;    ///< of the finding when there is no such level
  std::string phrase;  ///< begins the message: "This route leads to"
};

struct Manifest {
  std::map<std::string, Word> track_of_level;  ///< level id → track id, where it is listed
  std::vector<LevelReference> references;
  std::vector<std::pair<Citation, Place>> replacements;  ///< `now:` of retired criteria
  std::set<std::string> dormant;
  bool is_broken = false;             ///< pathway.yaml is absent or cannot be read: nothing follows from what it does not say
  std::set<std::string> broken_pages; ///< levels/X.md that gave no level: X is not missing, it is broken
};

void read_manifest(const FolderFile& file, Pathway& pathway, Manifest& manifest, Report& report);
/// Absent when the page says too little to be a level.
[[nodiscard]] std::optional<Level> read_level(const Document& document, const Pathway& pathway, Report& report);
[[nodiscard]] std::optional<Capability> read_capability(const Document& document, const Pathway& pathway, const Manifest& manifest, Report& report);
[[nodiscard]] std::optional<Archetype> read_archetype(const Document& document, const Pathway& pathway, const Manifest& manifest, Report& report);
void read_fork_page(const Document& document, Fork& fork, Report& report);

/// What holds between documents: ids, references, routes, links.
void check_levels(Pathway& pathway, const Manifest& manifest, Report& report);
void check_references(const Pathway& pathway, const Manifest& manifest, Report& report);
void check_links(const Pathway& pathway, const Manifest& manifest, const std::vector<std::shared_ptr<const Document>>& documents, Report& report);

/// " Did you mean X?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);
[[nodiscard]] std::vector<std::string> level_ids(const Pathway& pathway);

}  // namespace waymark::pathway::loading
