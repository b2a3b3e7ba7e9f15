/// What one document of a folder defines and refers to, read from its text alone: it stands also when the folder cannot be loaded.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"
#include "pathway/citation.hpp"

namespace waymark::editor {

/// Something that has an id.
struct Symbol {
  enum class Kind {
    page,    ///< a level, capability, archetype, the fork: `target` without an anchor
    anchor,  ///< a criterion, section or paragraph: `target` with one
    track,   ///< `id`, as all below
    scope,   ///< a word of scope_axis
    threshold,
  };
  Kind kind = Kind::page;
  pathway::Target target;
  std::string id;
  auto operator<=>(const Symbol&) const = default;

  [[nodiscard]] static Symbol page(pathway::Target::Kind kind, std::string id) { return {Kind::page, {kind, std::move(id), {}}, {}}; }
  [[nodiscard]] static Symbol level(std::string id) { return page(pathway::Target::Kind::level, std::move(id)); }
  /// What is written at an occurrence: the id of the page, the anchor, the word.
  [[nodiscard]] const std::string& name() const;
};

/// The letters of an id in a document; what a rename replaces.
struct Occurrence {
  enum class Role { definition, reference };
  Symbol symbol;
  Role role = Role::reference;
  Span span;
};

struct Heading {
  int level = 1;  ///< 1 to 6
  std::string title;
  std::string id;      ///< as written in `{#id}`; may be empty
  std::string anchor;  ///< id, or what is made of the title
  Span span;
  Span id_span;               ///< empty without an id
  std::size_t last_line = 0;  ///< of what stands under it, lower headings included
  std::string words;          ///< plain text up to the next heading
  bool is_criterion = false;  ///< a level-3 heading under "What changes here" of a level page
};

/// One line of front matter.
struct Field {
  std::string key;
  Span key_span;
  std::string value;  ///< of a scalar
  Span value_span;    ///< without quotes
};

struct Page {
  explicit Page(const std::string& file, std::string_view bytes) : source(file, bytes) {}

  SourceText source;
  pathway::Target target{pathway::Target::Kind::pathway, {}, {}};  ///< the page's own; of a file that is none, `pathway` with the id "none"
  std::string title;
  std::string words;  ///< up to the first heading, plain text
  std::vector<Field> fields;
  std::size_t body_line = 1;  ///< the first line behind the front matter
  std::vector<Heading> headings;
  std::vector<Occurrence> occurrences;  ///< in no order

  [[nodiscard]] bool is_document() const { return target.id != "none"; }
  [[nodiscard]] const Field* field(std::string_view key) const;
  [[nodiscard]] const Heading* heading(std::string_view anchor) const;
  /// The heading under which a line stands; nullptr before the first.
  [[nodiscard]] const Heading* heading_above(std::size_t line) const;
};

/// `file` is relative to the folder. Never fails. Linear in the text.
[[nodiscard]] std::shared_ptr<const Page> read_page(const std::string& file, std::string_view bytes);

}  // namespace waymark::editor
