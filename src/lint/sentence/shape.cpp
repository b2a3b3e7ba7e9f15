#include "lint/sentence/shape.hpp"

#include <algorithm>
#include <string_view>

namespace waymark::lint::sentence {
namespace {

using std::string_view;

bool is_one_of(string_view word, std::initializer_list<string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

bool is_copula(string_view word) { return is_one_of(word, {"is", "are", "am", "be", "been", "was", "were", "being"}); }
bool is_have(string_view word) { return is_one_of(word, {"has", "have", "had", "having"}); }
bool is_conjunction(string_view word) { return is_one_of(word, {"and", "or", "but", "then"}); }
/// Prepositions that belong to the verb they follow: "works on", "acts as".
bool is_particle(string_view word) {
  return is_one_of(word, {"to",  "in",  "on",   "with",    "at",   "into", "as",    "for", "up",   "down",
                          "out", "off", "over", "through", "away", "back", "about", "of",  "that", "onto"});
}

std::optional<WordClass> verb_class(const Token& token) {
  for (std::size_t i = 0; i < verb_class_count; ++i) {
    if (token.is(static_cast<WordClass>(i))) return static_cast<WordClass>(i);
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const Tokens& tokens) : m_tokens(tokens) {}

  Shape read() {
    m_shape.begin = behind_label();
    const std::size_t sentence = behind_lead_in(m_shape.begin);
    m_shape.led_in = sentence != m_shape.begin;
    m_shape.begin = sentence;
    add(clause_at(behind_subject(sentence)));
    for (std::size_t i = m_shape.clauses[0].head + 1; i < m_tokens.size() && m_shape.count < m_shape.clauses.size(); ++i) i = further_clause(i);
    share_objects();
    return m_shape;
  }

 private:
  [[nodiscard]] string_view lower(std::size_t i) const { return i < m_tokens.size() ? m_tokens[i].lower() : string_view(); }
  [[nodiscard]] bool within(std::size_t i) const { return i < m_tokens.size(); }

  /// "Creates and maintains the handbook": the first verb has the object of the second.
  void share_objects() {
    for (std::size_t i = m_shape.count - 1; i > 0; --i) {
      Clause& clause = m_shape.clauses[i - 1];
      const Clause& next = m_shape.clauses[i];
      if (clause.kind == HeadKind::verb && next.kind == HeadKind::verb && clause.object.begin == clause.object.end &&
          next.head <= clause.object.end + 3) {
        clause.object = next.object;
      }
    }
  }

  void add(const Clause& clause) { m_shape.clauses[m_shape.count++] = clause; }

  /// "Mentors: mentors others": a few words and a colon are a label.
  [[nodiscard]] std::size_t behind_label() const {
    // "3. Writes the plan": the number of a list.
    if (m_tokens.size() > 1 && m_tokens[0].number && m_tokens[1].before == Gap::stop) return 1;
    for (std::size_t i = 1; i < std::min<std::size_t>(m_tokens.size(), 6); ++i) {
      if (m_tokens[i].before == Gap::colon && i + 1 < m_tokens.size()) return i;
      if (m_tokens[i].before == Gap::dash && m_tokens[i].is(WordClass::words_subject) && i + 1 < m_tokens.size()) return i;
      if (m_tokens[i].before != Gap::space && m_tokens[i].before != Gap::slash) break;
    }
    return 0;
  }

  /// "When tasks are large, works on …"; without a comma, up to a pronoun: "during planning you write …".
  [[nodiscard]] std::size_t behind_lead_in(std::size_t begin) const {
    const Token& first = m_tokens[begin];
    if (!first.is(WordClass::words_leading)) return begin;
    const std::size_t end = std::min(m_tokens.size(), begin + 25);
    for (std::size_t i = begin + 1; i + 1 < end; ++i) {
      if (m_tokens[i].before == Gap::stop) break;
      const bool parted = m_tokens[i].before == Gap::comma || m_tokens[i].before == Gap::dash;
      if (parted && (m_tokens[i].is_any({WordClass::words_subject, WordClass::words_determiner}) || m_tokens[i].is_verb() || m_tokens[i].adverb))
        return i;
    }
    for (std::size_t i = begin + 3; i + 1 < end; ++i) {
      if (m_tokens[i].is(WordClass::words_subject) && !m_tokens[i - 1].is_any({WordClass::words_boundary, WordClass::words_leading}) &&
          !is_conjunction(lower(i - 1)))
        return i;
    }
    return begin;
  }

  /// "The senior engineer ensures", "Test engineers will spend": somebody by role in front of a verb.
  [[nodiscard]] std::size_t behind_subject(std::size_t begin) const {
    const bool determined = m_tokens[begin].is(WordClass::words_determiner);
    if (determined && begin + 2 < m_tokens.size() && lower(begin + 1) == "work" && m_tokens[begin + 2].has_form(VerbForm::third_person))
      return begin + 2;
    const std::size_t end = std::min(m_tokens.size(), begin + 8);
    // "Your code handles …": somebody's thing in front of a verb.
    if (is_one_of(lower(begin), {"your", "their", "my", "our", "his", "her"})) {
      for (std::size_t i = begin + 2; i + 1 < end && m_tokens[i].before == Gap::space; ++i) {
        if (m_tokens[i].is(WordClass::words_modal) || is_copula(lower(i)) || is_have(lower(i))) return i;
        if (m_tokens[i].has_form(VerbForm::third_person) && m_tokens[i - 1].is_any(all_nouns) && !m_tokens[i].is_any(all_nouns)) return i;
      }
    }
    for (std::size_t i = begin; i + 1 < end; ++i) {
      if (i > begin && m_tokens[i].before != Gap::space) break;
      if (!m_tokens[i].is(WordClass::nouns_role) || m_tokens[i + 1].before != Gap::space) continue;
      std::size_t next = i + 1;
      while (next + 1 < end && m_tokens[next].adverb) ++next;
      if (m_tokens[next].is(WordClass::words_modal) || is_copula(lower(next))) return next;
      if (determined && m_tokens[next].has_form(VerbForm::third_person)) return next;
      if (m_tokens[i].lower().ends_with("s") && m_tokens[next].has_form(VerbForm::base) && i > begin) return next;
    }
    return begin;
  }

  [[nodiscard]] std::size_t behind_adverbs(std::size_t i) const {
    while (within(i) && (m_tokens[i].adverb || lower(i) == "not") && m_tokens[i].before != Gap::stop) ++i;
    return i;
  }

  /// Takes off frames until a head is left.
  [[nodiscard]] Clause clause_at(std::size_t i) const {
    Clause clause;
    clause.head = std::min(i, m_tokens.size() - 1);
    for (int steps = 0; steps < 16 && within(i); ++steps) {
      const std::size_t next = take_off(i, clause);
      if (next == i) break;
      i = next;
    }
    if (!within(i)) i = m_tokens.size() - 1;
    if (clause.kind != HeadKind::being) settle(i, clause);
    clause.object = object_behind(clause);
    return clause;
  }

  void settle(std::size_t i, Clause& clause) const {
    const Token& token = m_tokens[i];
    clause.head = i;
    const bool trait = token.is(WordClass::words_trait) && !clause.frames.with_subject && token.has_form(VerbForm::participle);
    const bool passive = token.has_form(VerbForm::participle) && !token.has_form(VerbForm::base) && !clause.frames.with_subject && within(i + 1) &&
                         is_particle(lower(i + 1)) && (!token.has_form(VerbForm::past) || token.is(WordClass::words_trait));
    // "Work that needs review": a noun after all.
    const bool noun =
        !clause.frames.with_subject && token.is_any(all_nouns) && token.has_form(VerbForm::base) && is_one_of(lower(i + 1), {"that", "which", "of"});
    if (passive) {
      clause.kind = HeadKind::being;
    } else if (noun) {
      clause.kind = HeadKind::noun_phrase;
    } else if (token.is_verb() && !trait) {
      clause.kind = HeadKind::verb;
      clause.verb = verb_class(token);
      for (const VerbForm form : {VerbForm::third_person, VerbForm::gerund, VerbForm::base, VerbForm::past, VerbForm::participle}) {
        if (!token.has_form(form)) continue;
        clause.form = form;
        break;
      }
    } else if (const std::optional<VerbForm> form = unlisted_verb(i, clause)) {
      clause.kind = HeadKind::verb;
      clause.form = *form;
    } else if (clause.frames.capability || clause.frames.willing) {
      // "comfortable with ambiguity", "open to ideas": what somebody is.
      clause.kind = HeadKind::being;
    }
    if (clause.kind == HeadKind::verb && token.word != nullptr && token.word->lemma == "make" && lower(i + 1) == "sure")
      clause.verb = WordClass::verbs_support;
    // "comes up with a plan": as good as what came of it.
    if (clause.kind == HeadKind::verb && token.word != nullptr && token.word->lemma == "come" && lower(i + 1) == "up" && lower(i + 2) == "with")
      clause.verb = WordClass::verbs_plan;
  }

  /// A word that stands in no list but can only be a verb where it stands: behind "you" or "will", or by its ending in front of its object.
  [[nodiscard]] std::optional<VerbForm> unlisted_verb(std::size_t i, const Clause& clause) const {
    const Token& token = m_tokens[i];
    if (token.acronym || token.number) return std::nullopt;
    const bool goes_on =
        within(i + 1) && m_tokens[i + 1].before == Gap::space && !is_copula(lower(i + 1)) && !m_tokens[i + 1].is(WordClass::words_modal);
    if (clause.frames.with_subject) {
      // A noun behind "can" is a verb when something to do it to follows.
      const bool noun_as_verb = token.is_any(all_nouns) && goes_on && begins_object(i + 1);
      return token.word == nullptr || noun_as_verb ? std::optional(VerbForm::base) : std::nullopt;
    }
    if (token.word != nullptr || !goes_on || token.text.size() < 4) return std::nullopt;
    const bool object_follows = begins_object(i + 1) || m_tokens[i + 1].adverb;
    if (token.text.ends_with("s") && !token.text.ends_with("ss") && lower(i + 1) != "of" && object_follows) return VerbForm::third_person;
    if (token.text.ends_with("ed") && object_follows && i == m_shape.begin) return VerbForm::past;
    return std::nullopt;
  }

  [[nodiscard]] bool begins_object(std::size_t i) const {
    return m_tokens[i].is_any({WordClass::words_determiner, WordClass::words_evaluative, WordClass::words_puff}) || m_tokens[i].is_any(all_nouns) ||
           is_particle(lower(i));
  }

  /// One frame less: the token behind it, or `i` itself when a head stands there.
  [[nodiscard]] std::size_t take_off(std::size_t i, Clause& clause) const {
    const Token& token = m_tokens[i];
    const string_view word = token.lower();
    if (token.is(WordClass::words_subject)) {
      clause.frames.with_subject = true;
      return word.ends_with("'m") || word.ends_with("'re") || word.ends_with("'s") ? behind_copula(i + 1, clause) : i + 1;
    }
    const bool main_do =
        is_one_of(word, {"do", "does", "did"}) && within(i + 1) && lower(i + 1) != "not" && !m_tokens[i + 1].has_form(VerbForm::base);
    if (token.is(WordClass::words_modal) && word != "need" && word != "needs" && !main_do) {
      if (word == "can" || word == "could") clause.frames.capability = i;
      if (word.ends_with("n't") || word == "cannot") clause.frames.negated = true;
      clause.frames.with_subject = true;
      return i + 1;
    }
    if (word == "not" || word == "never") clause.frames.negated = true;
    const bool between_adverbs = word == "and" && i > 0 && m_tokens[i - 1].adverb && within(i + 1) && m_tokens[i + 1].adverb;
    if (token.adverb || word == "not" || word == "to" || between_adverbs) return i + 1;
    if (is_copula(word)) {
      clause.frames.with_subject = true;
      return behind_copula(i + 1, clause);
    }
    if (const std::size_t taken = behind_frame_phrase(i, clause); taken != i) return taken;
    if (is_have(word)) return behind_have(i, clause);
    // "Experience in writing …" says what was done; "experience in databases" does not.
    if (word == "experience" && i + 2 < m_tokens.size() && is_one_of(lower(i + 1), {"in", "with", "of"}) &&
        m_tokens[i + 2].has_form(VerbForm::gerund))
      return i + 2;
    if (token.is(WordClass::words_determiner) && i + 2 < m_tokens.size() && phrase_at(m_tokens, i + 1, WordClass::phrases_capability) > 0)
      return i + 1;
    return behind_light_verb(i, clause);
  }

  [[nodiscard]] std::size_t behind_frame_phrase(std::size_t i, Clause& clause) const {
    if (const std::size_t length = phrase_at(m_tokens, i, WordClass::phrases_capability); length > 0) {
      clause.frames.capability = i;
      return i + length;
    }
    if (const std::size_t length = phrase_at(m_tokens, i, WordClass::phrases_attempt); length > 0) {
      clause.frames.attempt = i;
      return i + length;
    }
    if (const std::size_t length = phrase_at(m_tokens, i, WordClass::phrases_willing); length > 0) {
      clause.frames.willing = i;
      return i + length;
    }
    return i;
  }

  [[nodiscard]] std::size_t behind_copula(std::size_t i, Clause& clause) const {
    const std::size_t next = behind_adverbs(i);
    if (!within(next)) return i;
    if (const std::size_t taken = behind_frame_phrase(next, clause); taken != next) return taken;
    const string_view word = lower(next), second = lower(next + 1);
    if (is_one_of(word, {"responsible", "accountable"}) && second == "for") {
      clause.frames.in_charge = next;
      return lower(next + 2) == "and" ? next + 3 : next + 2;
    }
    if (is_one_of(word, {"expected", "required", "asked"}) && second == "to") return next + 2;
    if (word == "involved" && second == "in") {
      clause.frames.taking_part = next;
      return next + 2;
    }
    if (m_tokens[next].has_form(VerbForm::gerund) && !m_tokens[next].is(WordClass::words_evaluative)) return next;
    clause.kind = HeadKind::being;
    clause.head = next;
    return i;
  }

  [[nodiscard]] std::size_t behind_have(std::size_t i, Clause& clause) const {
    const std::size_t end = std::min(m_tokens.size(), i + 6);
    for (std::size_t j = i + 1; j < end; ++j) {
      if (const std::size_t length = phrase_at(m_tokens, j, WordClass::phrases_capability); length > 0) {
        clause.frames.capability = j;
        return j + length;
      }
      if (lower(j) == "record" && lower(j + 1) == "of") return j + 2;
      // "Has raised the team's ability to …": somebody else's.
      if (m_tokens[j].before != Gap::space || m_tokens[j].is(WordClass::nouns_people)) break;
    }
    const std::size_t next = behind_adverbs(i + 1);
    return within(next) && m_tokens[next].has_form(VerbForm::participle) && !m_tokens[next].has_form(VerbForm::base) ? next : i;
  }

  /// "continues to write", "makes sure to write", "helps write", "contributes to writing".
  [[nodiscard]] std::size_t behind_light_verb(std::size_t i, Clause& clause) const {
    const string_view lemma = m_tokens[i].word != nullptr ? m_tokens[i].word->lemma : string_view();
    const std::size_t next = behind_adverbs(i + 1);
    if (!within(next) || m_tokens[next].before != Gap::space) return i;
    const string_view second = lower(next);
    const std::size_t third = behind_adverbs(next + 1);
    const bool verb_third = within(third) && m_tokens[third].has_form(VerbForm::base);
    if (is_one_of(lemma, {"continue", "start", "begin", "need"})) {
      if (second == "to" && verb_third) return third;
      if (m_tokens[next].has_form(VerbForm::gerund)) return next;
    }
    if (lemma == "make" && second == "sure" && lower(next + 1) == "to") return next + 2;
    if (is_one_of(lemma, {"help", "assist", "aid"})) {
      const bool direct = m_tokens[next].has_form(VerbForm::base) && !m_tokens[next].is(WordClass::nouns_people);
      if (direct || (second == "to" && verb_third)) {
        clause.frames.helping = i;
        return direct ? next : third;
      }
    }
    const bool gerund_third = within(third) && m_tokens[third].has_form(VerbForm::gerund) && !m_tokens[third].is(WordClass::nouns_event);
    if (is_one_of(lemma, {"contribute", "participate", "engage", "assist", "take", "help", "involve", "partake"}) &&
        is_one_of(second, {"to", "in", "with"}) && gerund_third) {
      clause.frames.taking_part = i;
      return third;
    }
    if (is_one_of(lower(i), {"responsible", "accountable"}) && second == "for") {
      clause.frames.in_charge = i;
      return next + 1;
    }
    return i;
  }

  [[nodiscard]] Stretch object_behind(const Clause& clause) const {
    std::size_t i = clause.kind == HeadKind::verb ? clause.head + 1 : clause.head;
    if (clause.kind == HeadKind::verb) {
      i = behind_adverbs(i);
      for (int particles = 0; particles < 2 && within(i) && m_tokens[i].before == Gap::space && is_particle(lower(i)); ++particles) ++i;
    }
    Stretch object{i, i};
    for (; within(i); ++i) {
      const Token& token = m_tokens[i];
      const bool first = i == object.begin;
      if (!first && (token.before == Gap::stop || token.before == Gap::dash || token.before == Gap::colon || token.before == Gap::open_bracket))
        break;
      if (first && token.before != Gap::space && token.before != Gap::slash && clause.kind == HeadKind::verb) break;
      if (token.is(WordClass::words_boundary) && !(first && clause.kind != HeadKind::verb)) break;
      if (clause.kind == HeadKind::verb && !first && starts_clause(i, clause)) break;
      if (i - object.begin > 14) break;
    }
    object.end = i;
    while (object.end > object.begin && (is_conjunction(lower(object.end - 1)) || m_tokens[object.end - 1].adverb)) --object.end;
    return object;
  }

  /// A verb of the head's form behind "and", "," or ";" (adverbs between).
  [[nodiscard]] bool starts_clause(std::size_t i, const Clause& head) const {
    const Token& token = m_tokens[i];
    if (token.bracketed) return false;
    const bool parted = token.before == Gap::comma || token.before == Gap::stop || token.before == Gap::slash;
    if (!parted && !is_conjunction(lower(i - 1)) && !m_tokens[i - 1].adverb) return false;
    if (m_tokens[i - 1].adverb && !parted && !is_conjunction(lower(i - 1))) {
      std::size_t j = i - 1;
      while (j > 0 && m_tokens[j].adverb && m_tokens[j].before == Gap::space) --j;
      if (m_tokens[j].before == Gap::space && !is_conjunction(lower(j))) return false;
    }
    // "… around design, testing and monitoring": a list of -ing words is no list of acts.
    const bool listed =
        head.form == VerbForm::gerund && (i + 1 >= m_tokens.size() || m_tokens[i + 1].before != Gap::space || is_conjunction(lower(i + 1)));
    // "policies and plans": a word that is a noun as well is a verb only in front of an object.
    const bool noun = token.is_any(all_nouns) && (i + 1 >= m_tokens.size() || m_tokens[i + 1].before != Gap::space || !begins_object(i + 1));
    // "Prioritise and estimate work": right behind the first verb.
    const bool beside_head = i == head.head + 2 && is_conjunction(lower(i - 1));
    return !listed && !noun && token.has_form(head.form) &&
           (beside_head || !(token.is_any(all_nouns) && head.form == VerbForm::base && !head.frames.with_subject));
  }

  /// Adds the clause that begins at or behind `i`, if one does; where to go on.
  [[nodiscard]] std::size_t further_clause(std::size_t i) {
    const Token& token = m_tokens[i];
    if (token.bracketed || token.before == Gap::open_bracket) return i;
    if (token.before == Gap::stop && i + 1 < m_tokens.size()) {
      const Clause clause = clause_at(behind_subject(behind_lead_in(i)));
      if (clause.kind != HeadKind::noun_phrase) {
        add(clause);
        return std::max(i, clause.head);
      }
      return i;
    }
    const Clause& head = m_shape.clauses[0];
    const bool parted = token.before == Gap::comma || is_conjunction(lower(i - 1));
    if (parted && token.is_any({WordClass::words_subject, WordClass::words_modal}) && i + 1 < m_tokens.size()) {
      const Clause clause = clause_at(i);
      if (clause.kind == HeadKind::noun_phrase) return i;
      add(clause);
      return std::max(i, clause.head);
    }
    // "Makes an impact by delivering features", "helps when releasing": what is done stands behind.
    if (head.kind == HeadKind::verb && is_one_of(lower(i - 1), {"by", "when", "while"}) && token.has_form(VerbForm::gerund) && token.is_verb()) {
      const Clause clause = clause_at(i);
      if (clause.kind == HeadKind::verb) add(clause);
      return std::max(i, clause.head);
    }
    if (parted && is_copula(token.lower()) && head.frames.with_subject) {
      const Clause clause = clause_at(i);
      add(clause);
      return std::max(i, clause.head);
    }
    if (head.kind == HeadKind::verb ? starts_clause(i, head) : parted && token.has_form(VerbForm::third_person) && !token.is_any(all_nouns)) {
      const Clause clause = clause_at(i);
      if (clause.kind == HeadKind::verb) add(clause);
      return std::max(i, clause.head);
    }
    return i;
  }

  const Tokens& m_tokens;
  Shape m_shape;
};

}  // namespace

Shape shape_of(const Tokens& tokens) { return Reader(tokens).read(); }

}  // namespace waymark::lint::sentence
