/// A problem in somebody's document: where it is, what is wrong, what to do. A value; formats are made elsewhere.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace waymark {

/// A place in a text. Lines and columns count from 1; columns count code points, a tab is one.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
  auto operator<=>(const Position&) const = default;
};

/// Half-open: `end` is the position after the last character.
struct Span {
  Position begin;
  Position end;
  bool operator==(const Span&) const = default;
};

enum class Severity {
  note,     ///< worth knowing; changes nothing
  warning,  ///< should be mended; the document can be used
  error,    ///< must be mended; the document cannot be used
};

[[nodiscard]] std::string_view to_string(Severity severity);

/// Another place a finding speaks of: the first of two copies.
struct Related {
  std::string file;
  Span span;
  std::string message;  ///< a few words: "first here"
};

/// `span` of `file` becomes `text`; an empty span inserts. Positions are those of the text as SourceText gives it.
struct Edit {
  std::string file;
  Span span;
  std::string text;
};

/// A way out that a machine can take.
struct Fix {
  enum class Kind {
    mechanical,  ///< changes no meaning; may be done without asking, and doing it twice changes nothing
    suggestion,  ///< a person should look
  };
  Kind kind = Kind::suggestion;
  std::string title;         ///< "Give the criterion an id"
  std::vector<Edit> edits;   ///< none overlaps another
};

struct Finding {
  std::string rule;  ///< stable id in kebab-case
  Severity severity = Severity::error;
  std::string file;  ///< as the person named it, or relative to the folder they named
  Span span;
  std::string message;  ///< one sentence: what is wrong
  std::string way_out;  ///< one sentence: what to do
  std::vector<Related> related = {};
  std::vector<Fix> fixes = {};
};

using Findings = std::vector<Finding>;

/// By file, position, rule; equal findings become one.
void sort_findings(Findings& findings);

[[nodiscard]] bool has_errors(const Findings& findings);

/// `file:line:column: severity: message [rule]`, without the way out and without a line end.
[[nodiscard]] std::string to_line(const Finding& finding);

}  // namespace waymark
