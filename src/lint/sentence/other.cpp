#include "lint/sentence/other.hpp"

#include <algorithm>

namespace waymark::lint::sentence {
namespace {

using enum WordClass;

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// "Senior Software Engineer II"
bool is_job_title(const Tokens& tokens) {
  if (tokens.size() > 6 || !tokens.front().capital) return false;
  bool role = false;
  for (const Token& token : tokens) {
    if (!token.is(words_role_title) && !token.number) return false;
    role = role || token.is(nouns_role);
  }
  return role &&
         (tokens.back().is(nouns_role) || tokens.back().number || tokens.back().acronym || tokens.back().text.size() <= 3 || tokens.size() <= 2);
}

/// "Reports to: …", "Scope: …", "Salary band: …"
bool is_metadata(const Tokens& tokens) {
  for (std::size_t i = 1; i < std::min<std::size_t>(tokens.size(), 4); ++i) {
    if (tokens[i].before == Gap::colon) {
      return one_of(tokens[0].lower(), {"scope", "level", "reports", "report", "salary", "band", "title", "location", "track", "grade", "role",
                                        "team", "span", "reporting"}) &&
             i + 5 >= tokens.size();
    }
  }
  return one_of(tokens[0].lower(), {"reports", "reporting"}) && tokens.size() > 1 && tokens[1].lower() == "to" && tokens.size() < 12;
}

/// "This is …", "But in the real world …", "At this point …": leans on what stands before it.
bool leans_on_another(const Tokens& tokens, const Shape& shape) {
  if (tokens.size() < 3) return false;
  const std::string_view first = tokens[0].lower(), second = tokens[1].lower(), third = tokens[2].lower();
  if (first == "at" && second == "this" && one_of(third, {"point", "stage", "level"})) return true;
  if (first == "as" && second == "part" && third == "of") return true;
  if (first == "the" && one_of(second, {"goal", "aim", "purpose", "focus", "main", "answer", "idea", "role", "position", "difference", "following",
                                        "point", "emphasis"}))
    return true;
  if (first == "still" && one_of(second, {"involves", "involve"})) return true;
  if (one_of(first, {"involves", "includes", "means"})) return true;
  if (first == "may" || (first == "you" && second == "may")) return true;
  if (!tokens[0].is(words_anaphor)) return false;
  if (first == "especially" || first == "namely") return true;
  // "This engineer writes": somebody is spoken of after all.
  const bool somebody = tokens[1].is_any({nouns_role, nouns_people}) || tokens[1].is_verb() == false;
  const bool states_a_fact =
      one_of(second, {"is", "are", "was", "were", "means", "can", "could", "may", "should", "will", "includes", "in", "could"}) ||
      one_of(third, {"is", "are", "could", "may", "should", "means"});
  return states_a_fact || (!somebody && shape.clauses[0].kind != HeadKind::verb);
}

bool is_fragment(std::string_view sentence, const Tokens& tokens, const Shape& shape) {
  if (shape.clauses[0].kind == HeadKind::verb) return false;
  std::size_t commas = 0;
  for (const Token& token : tokens) commas += token.before == Gap::comma ? 1 : 0;
  const bool trails_off = one_of(tokens.back().text, {"etc", "Etc"});
  if (trails_off && commas >= 2 && !tokens[0].capital && !tokens[0].acronym) return true;
  const std::size_t last = sentence.find_last_not_of(" \t\r*_");
  return last != std::string_view::npos && sentence[last] == ':' && tokens.size() < 8;
}

/// A planning horizon by itself: "A horizon of six to twelve months".
bool is_horizon(const Tokens& tokens, const Shape& shape) {
  if (shape.clauses[0].kind == HeadKind::verb || tokens.size() > 10) return false;
  bool unit = false, horizon = false;
  for (const Token& token : tokens) {
    unit = unit || token.is(words_time_unit) || token.is(words_rhythm);
    horizon = horizon || one_of(token.lower(), {"horizon", "horizons", "ahead", "timeframe", "timescale"});
  }
  return unit && horizon;
}

}  // namespace

std::string_view why_no_criterion(std::string_view sentence, const Tokens& tokens, const Shape& shape) {
  if (is_job_title(tokens)) return "is a title, not a criterion";
  if (is_metadata(tokens)) return "says where a place stands, not what somebody does there";
  const std::size_t last = sentence.find_last_not_of(" \t\r*_\"')");
  if (last != std::string_view::npos && sentence[last] == '?') return "is a question";
  if (tokens[0].text.starts_with("http") && tokens.size() > 1 && tokens[1].before == Gap::colon) return "is an address";
  if (leans_on_another(tokens, shape)) return "explains something; it does not say what somebody does";
  if (is_fragment(sentence, tokens, shape)) return "is a fragment or a heading";
  if (is_horizon(tokens, shape)) return "gives a horizon in time, not an act";
  return {};
}

}  // namespace waymark::lint::sentence
