#include "lint/sentence/features.hpp"

#include <algorithm>
#include <cmath>

namespace waymark::lint::sentence {
namespace {

using enum WordClass;

constexpr Classes vague_heads{verbs_support, verbs_communicate, verbs_influence, verbs_show, verbs_state, verbs_learn};

class Counter {
 public:
  Counter(const Tokens& tokens, const Shape& shape) : m_tokens(tokens), m_shape(shape) {}

  Features count() {
    head();
    object();
    clauses();
    words();
    const double size = static_cast<double>(m_tokens.size() - m_shape.begin);
    set(Feature::short_sentence, size <= 4 ? 1 : 0);
    set(Feature::length, std::log(std::max(1.0, size) / 12.0));
    return m_features;
  }

 private:
  void set(Feature which, double value, std::string_view word = {}) {
    const auto i = static_cast<std::size_t>(which);
    m_features.values[i] = value;
    if (!word.empty()) m_features.words[i] = word;
  }
  void add(Feature which, double most, std::string_view word) {
    const auto i = static_cast<std::size_t>(which);
    m_features.values[i] = std::min(most, m_features.values[i] + 1);
    if (m_features.words[i].empty()) m_features.words[i] = word;
  }

  /// The words of the sentence from one token to another, as written.
  [[nodiscard]] std::string_view written(std::size_t begin, std::size_t end) const {
    const char* const from = m_tokens[begin].text.data();
    const std::string_view last = m_tokens[std::min(end, m_tokens.size()) - 1].text;
    return {from, static_cast<std::size_t>(last.data() + last.size() - from)};
  }
  [[nodiscard]] std::string_view phrase(std::size_t at, WordClass which) const {
    return written(at, at + std::max<std::size_t>(1, phrase_at(m_tokens, at, which)));
  }

  void head() {
    const Clause& clause = m_shape.clauses[0];
    const Token& token = m_tokens[clause.head];
    const std::string_view lemma = token.word != nullptr ? token.word->lemma : token.text;
    if (clause.kind == HeadKind::verb) {
      if (clause.verb) set(static_cast<Feature>(*clause.verb), 1, lemma);
      const bool past = clause.form == VerbForm::past && !clause.frames.capability;
      if (past) set(Feature::past_event, 1, token.text);
    } else if (clause.kind == HeadKind::being) {
      set(Feature::being, 1, written(clause.head, std::min(m_tokens.size(), clause.head + 3)));
    } else {
      set(Feature::no_verb, 1);
    }
    const Frames& frames = clause.frames;
    if (frames.capability) set(Feature::capability, 1, phrase(*frames.capability, phrases_capability));
    if (frames.attempt) set(Feature::attempt, 1, phrase(*frames.attempt, phrases_attempt));
    if (frames.willing) set(Feature::willing, 1, phrase(*frames.willing, phrases_willing));
    if (frames.helping) set(Feature::helping, 1, m_tokens[*frames.helping].text);
    if (frames.in_charge) set(Feature::in_charge, 1, written(*frames.in_charge, *frames.in_charge + 2));
    if (frames.taking_part) set(Feature::taking_part, 1, m_tokens[*frames.taking_part].text);
    if (frames.negated) set(Feature::negated, 1);
    const std::size_t end = std::min(m_tokens.size(), m_shape.begin + 6);
    if (clause.kind != HeadKind::verb) {
      for (std::size_t i = m_shape.begin; i < end; ++i) {
        if (m_tokens[i].is(words_trait)) return set(Feature::trait_words, 1, m_tokens[i].text);
      }
    }
  }

  /// What the last noun of each part of an object is: "design documents" is documents, "code quality" is quality.
  struct ObjectIs {
    std::string_view artefact, event, soft, abstract, people;
  };
  [[nodiscard]] ObjectIs object_is(const Clause& clause) const {
    ObjectIs is;
    const Token* last = nullptr;
    const auto part_ends = [&] {
      if (last == nullptr) return;
      if (last->is(nouns_artefact))
        is.artefact = last->text;
      else if (last->is(nouns_event))
        is.event = last->text;
      else if (last->is_any({nouns_abstract, nouns_knowledge}))
        is.abstract = last->text;
      else if (last->is(nouns_soft))
        is.soft = last->text;
      else if (last->is_any({nouns_people, nouns_role}))
        is.people = last->text;
      last = nullptr;
    };
    for (std::size_t i = clause.object.begin; i < clause.object.end; ++i) {
      const Token& token = m_tokens[i];
      const bool parts = i > clause.object.begin && (token.before != Gap::space || is_joint(token.lower()));
      if (parts) part_ends();
      if (token.is_any(all_nouns)) {
        last = &token;
      } else if (token.acronym) {
        last = nullptr;
        is.artefact = token.text;
      }
    }
    part_ends();
    return is;
  }
  static bool is_joint(std::string_view word) { return word == "and" || word == "or" || word == "of" || word == "then"; }

  void object() {
    const Clause& clause = m_shape.clauses[0];
    if (clause.kind != HeadKind::verb) return;
    const ObjectIs is = object_is(clause);
    const bool found = !is.artefact.empty() || !is.event.empty();
    if (!is.artefact.empty()) set(Feature::object_artefact, 1, is.artefact);
    if (!is.event.empty()) set(Feature::object_event, 1, is.event);
    if (!is.abstract.empty()) set(Feature::object_abstract, 1, is.abstract);
    if (!is.soft.empty() && !found) set(Feature::object_soft, 1, is.soft);
    if (!is.people.empty() && !found && is.soft.empty() && is.abstract.empty()) set(Feature::object_people, 1, is.people);
    if (clause.object.begin == clause.object.end) set(Feature::object_missing, 1, m_tokens[clause.head].text);
    if (found && clause.verb == verbs_trace) set(Feature::trace_with_artefact, 1, written(clause.head, clause.object.end));
    if (found && clause.verb == verbs_plan) set(Feature::plan_with_artefact, 1, written(clause.head, clause.object.end));
  }

  void clauses() {
    double trace = 0, vague = 0;
    for (std::size_t i = 0; i < m_shape.count; ++i) {
      const Clause& clause = m_shape.clauses[i];
      if (clause.kind != HeadKind::verb) {
        vague += 1;
        continue;
      }
      const ObjectIs is = object_is(clause);
      const bool found = !is.artefact.empty() || !is.event.empty();
      const Token& token = m_tokens[clause.head];
      if (clause.verb == verbs_trace || (found && !token.is_any(vague_heads)))
        trace += 1;
      else if (token.is_any(vague_heads) && !found)
        vague += 1;
    }
    set(Feature::clauses_trace, trace / static_cast<double>(m_shape.count));
    set(Feature::clauses_vague, vague / static_cast<double>(m_shape.count));
  }

  void words() {
    const Clause& head = m_shape.clauses[0];
    for (std::size_t i = m_shape.begin; i < m_tokens.size(); ++i) {
      const Token& token = m_tokens[i];
      const bool in_object = i >= head.object.begin && i < head.object.end && head.kind == HeadKind::verb;
      const bool is_head = i == head.head && head.kind == HeadKind::verb;
      if (token.acronym)
        add(Feature::acronym, 2, token.text);
      else if (token.capital && i > m_shape.begin + 1 && token.before != Gap::stop && token.before != Gap::colon && token.lower() != "i")
        add(Feature::named_thing, 2, token.text);
      if (token.word == nullptr || is_head) continue;
      if (token.is_any({nouns_artefact, nouns_event}) && !in_object) add(Feature::later_artefact, 3, token.text);
      if (token.is(nouns_abstract) && !token.is_any({nouns_artefact, nouns_event})) add(Feature::abstract_words, 3, token.text);
      if (token.is(words_evaluative)) add(Feature::evaluative_words, 3, token.text);
      if (token.is(words_puff)) add(Feature::puff_words, 3, token.text);
      if (token.is(nouns_knowledge) && !token.is(nouns_abstract)) add(Feature::knowledge_words, 2, token.text);
      if (token.is(words_rhythm)) add(Feature::rhythm, 1, token.text);
      phrases(i);
      by_what_means(i);
    }
  }

  void phrases(std::size_t i) {
    if (m_tokens[i].word->begins.empty()) return;
    if (phrase_at(m_tokens, i, phrases_reputation) > 0) add(Feature::reputation, 1, phrase(i, phrases_reputation));
    if (phrase_at(m_tokens, i, phrases_vague_act) > 0) add(Feature::vague_act, 2, phrase(i, phrases_vague_act));
    if (phrase_at(m_tokens, i, phrases_example) > 0) add(Feature::example, 1, m_tokens[i].text);
    if (phrase_at(m_tokens, i, phrases_at_least) > 0) add(Feature::counted, 1, phrase(i, phrases_at_least));
  }

  /// "by writing", "through pairing", "using a debugger".
  void by_what_means(std::size_t i) {
    const std::string_view word = m_tokens[i].lower();
    if (i == m_shape.begin || i + 1 >= m_tokens.size() || !(word == "by" || word == "through" || word == "via" || word == "using")) return;
    const Token& next = m_tokens[i + 1];
    if (next.has_form(VerbForm::gerund) && next.is_any({verbs_trace, verbs_plan})) return add(Feature::means, 1, written(i, i + 2));
    const std::size_t end = std::min(m_tokens.size(), i + 4);
    for (std::size_t j = i + 1; j < end; ++j) {
      if (m_tokens[j].is_any({nouns_artefact, nouns_event})) return add(Feature::means, 1, written(i, j + 1));
    }
  }

  const Tokens& m_tokens;
  const Shape& m_shape;
  Features m_features;
};

}  // namespace

Features features_of(const Tokens& tokens, const Shape& shape) { return Counter(tokens, shape).count(); }

}  // namespace waymark::lint::sentence
