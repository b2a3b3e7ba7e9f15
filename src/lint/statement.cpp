#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "lint/lint.hpp"
#include "lint/phrase_rule.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::lint {
namespace {

struct PhraseKind {
  std::string_view list;
  std::string_view rule;
  std::string_view message;  ///< `{}` is what was written
  std::string_view way_out;
};

// Earlier kinds win where two find the same words.
constexpr std::array kinds{
    PhraseKind{"statement-tenure", "argues-from-tenure", "`{}` argues from time that has passed.",
               "Say what was done in that time, and what shows it."},
    PhraseKind{"statement-potential", "argues-from-potential", "`{}` argues from what may come.",
               "Say what has been done already; a promotion confirms it."},
    PhraseKind{"gut-feeling", "argues-from-impression", "`{}` is an impression: a reader cannot see what you saw.",
               "Tell the case that gave you the impression."},
    PhraseKind{"visibility", "argues-from-impression", "`{}` says how somebody is seen.",
               "Say what they did, and who works differently because of it."},
    PhraseKind{"personality", "argues-from-personality", "`{}` says what somebody is like.", "Say what they did; the panel judges work."},
    PhraseKind{"gendered-praise", "gendered-praise", "`{}` is said far more often of one gender.",
               "Say what happened, in words you would use of anybody."},
};

/// Prose that somebody wrote about a person. The Markdown they may use does not matter here.
class Reader {
 public:
  explicit Reader(std::string_view text) : m_text(text), m_words(words_of(text)) {}

  std::vector<StatementFinding> read() {
    for (const Occurrence& found : tenure_phrases(m_text)) {
      const bool paper = found.kind == TenureKind::credential;
      add("argues-from-tenure", found.begin, found.end,
          fmt::format("`{}` argues from {}.", m_text.substr(found.begin, found.end - found.begin), paper ? "a certificate" : "time that has passed"),
          paper ? "Say what was done with it, and what shows it." : "Say what was done in that time, and what shows it.");
    }
    for (const PhraseKind& kind : kinds) {
      for (const Phrases::Match& match : Phrases::named(kind.list).in(m_text, m_words)) {
        if (is_quoted(m_text, match.begin, match.end) || is_denied(m_text, m_words, match.begin)) continue;
        add(kind.rule, match.begin, match.end, fmt::format(fmt::runtime(kind.message), m_text.substr(match.begin, match.end - match.begin)),
            std::string(kind.way_out));
      }
    }
    std::stable_sort(m_found.begin(), m_found.end(), [](const StatementFinding& a, const StatementFinding& b) { return a.begin < b.begin; });
    // Of two that overlap, the one that begins first, and the earlier kind, has said it.
    std::vector<StatementFinding> apart;
    for (StatementFinding& finding : m_found) {
      if (apart.empty() || finding.begin >= apart.back().end) apart.push_back(std::move(finding));
    }
    return apart;
  }

 private:
  void add(std::string_view rule, std::size_t begin, std::size_t end, std::string message, std::string way_out) {
    m_found.push_back({std::string(rule), begin, end, std::move(message), std::move(way_out)});
  }

  std::string_view m_text;
  std::vector<Word> m_words;
  std::vector<StatementFinding> m_found;
};

}  // namespace

std::vector<StatementFinding> lint_statement(std::string_view text) { return Reader(text).read(); }

}  // namespace waymark::lint
