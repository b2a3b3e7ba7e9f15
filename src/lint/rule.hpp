/// What a rule is. Each stands in its own file of rules/: `nothing_but_x.cpp` defines the function `Rule nothing_but_x()` for the rule `nothing-but-x`, and the
/// build finds it there (cmake/Rules.cmake). Its page is explanations/nothing-but-x.md, its example tests/fixtures/lint/nothing-but-x.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/finding.hpp"
#include "lint/documents.hpp"
#include "lint/house_style.hpp"
#include "pathway/pathway.hpp"

namespace waymark::lint {

enum class Family {
  document,  ///< the files themselves: what the loader says
  structure,
  vagueness,
  tenure,
  grid,
  distinguishability,
  ladder,
  inflation,
  examples,
  fairness,
  bundling,
  freshness,
  statement,  ///< what people write about a person
  settings,   ///< house style and what was allowed
};

[[nodiscard]] std::string_view to_string(Family family);

class SideBySide;

/// What a rule looks at. Immutable; good while a check runs.
struct Subject {
  const pathway::Pathway& pathway;
  const Documents& documents;
  const HouseStyle& style;
  Date today;
  const SideBySide& side_by_side;  ///< neighbours.hpp
};

/// Where a rule puts what it found. The severity is the rule's unless one is given; house style may change it afterwards.
class Reporter {
 public:
  Reporter(const Documents& documents, std::string_view rule, Severity severity, Findings& findings)
      : m_documents(documents), m_rule(rule), m_severity(severity), m_findings(findings) {}

  /// Good until the next call.
  Finding& at(const pathway::Place& place, std::string message, std::string way_out);
  /// At bytes [begin, end) of the plain text of a prose.
  Finding& at(const Prose& prose, std::size_t begin, std::size_t end, std::string message, std::string way_out);
  Finding& at(const Prose& prose, std::string message, std::string way_out) {
    return at(prose, 0, prose.text().size(), std::move(message), std::move(way_out));
  }
  [[nodiscard]] Related related(const Prose& prose, std::string message) const;

 private:
  const Documents& m_documents;
  std::string_view m_rule;
  Severity m_severity;
  Findings& m_findings;
};

/// What must be there for a rule to speak.
enum class Needs {
  words,          ///< any document that could be read, in any language
  english_words,  ///< the same, in English
  pathway,        ///< a pathway without errors
};

struct Rule {
  std::string_view id;
  Family family = Family::structure;
  Severity severity = Severity::warning;
  Needs needs = Needs::pathway;
  void (*check)(const Subject& subject, Reporter& report) = nullptr;  ///< any number of threads at once; throws nothing
};

/// All rules of this room that look at documents, by id.
[[nodiscard]] std::span<const Rule> rules();

struct RuleInfo {
  std::string_view id;
  Family family = Family::document;
  Severity severity = Severity::error;  ///< by default
};

/// Every rule a finding can name, by id: those of the loader and of the settings too.
[[nodiscard]] std::span<const RuleInfo> all_rules();
[[nodiscard]] const RuleInfo* find_rule(std::string_view id);
[[nodiscard]] std::vector<std::string> rule_ids();

}  // namespace waymark::lint
