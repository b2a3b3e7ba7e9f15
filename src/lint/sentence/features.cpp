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
  /// Adds to a feature; the word that is told is the first one met.
  void put(Feature which, double value, std::string_view word) {
    const auto i = static_cast<std::size_t>(which);
    m_features.values[i] += value;
    if (m_features.words[i].empty()) m_features.words[i] = word;
  }
  void add(Feature which, double most, std::string_view word, double value = 1) {
    put(which, value, word);
    const auto i = static_cast<std::size_t>(which);
    m_features.values[i] = std::min(most, m_features.values[i]);
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

  /// How much a clause counts: the first one most, all together 1.
  [[nodiscard]] double share_of(std::size_t clause) const {
    const double further = 0.6, all = 1 + further * static_cast<double>(m_shape.count - 1);
    return (clause == 0 ? 1 : further) / all;
  }

  void head() {
    for (std::size_t i = 0; i < m_shape.count; ++i) {
      const Clause& each = m_shape.clauses[i];
      const Token& token = m_tokens[each.head];
      if (each.kind == HeadKind::verb) {
        put(each.verb ? static_cast<Feature>(*each.verb) : Feature::head_unlisted, share_of(i),
            token.word != nullptr ? token.word->lemma : token.text);
      } else if (each.kind == HeadKind::being) {
        put(Feature::being, share_of(i), written(each.head, std::min(m_tokens.size(), each.head + 3)));
      } else {
        put(Feature::no_verb, share_of(i), {});
      }
    }
    const Clause& clause = m_shape.clauses[0];
    if (clause.kind == HeadKind::verb && clause.form == VerbForm::past && !clause.frames.capability)
      set(Feature::past_event, 1, m_tokens[clause.head].text);
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
    const bool made = makes_something(clause);
    note_parts(clause.object, made, is);
    // "Breaks the work down into tickets": what comes of it is the object.
    if (const Stretch result = result_of(clause); result.begin < result.end) {
      ObjectIs into;
      note_parts(result, true, into);
      if (!into.artefact.empty()) return {into.artefact, is.event, {}, {}, {}};
    }
    return is;
  }
  [[nodiscard]] Stretch result_of(const Clause& clause) const {
    for (std::size_t i = clause.object.begin; i + 1 < m_tokens.size() && i < clause.object.end + 3; ++i) {
      if (i > clause.object.begin && m_tokens[i].before != Gap::space) break;
      if (m_tokens[i].lower() != "into") continue;
      std::size_t end = i + 1;
      while (end < m_tokens.size() && end < i + 7 && (end == i + 1 || m_tokens[end].before == Gap::space || m_tokens[end].before == Gap::comma) &&
             !m_tokens[end].is(words_boundary))
        ++end;
      return {i + 1, end};
    }
    return {};
  }
  /// "Builds a tool" leaves a tool; "uses the right tool" leaves nothing.
  [[nodiscard]] bool makes_something(const Clause& clause) const {
    const Token& head = m_tokens[clause.head];
    return clause.verb == verbs_trace || (head.word != nullptr && (head.word->lemma == "create" || head.word->lemma == "develop"));
  }
  void note_parts(const Stretch& object, bool made, ObjectIs& is) const {
    const Token* last = nullptr;
    const Token* thing = nullptr;  // a thing in front of the last noun: "incident resolutions"
    const auto part_ends = [&] {
      if (last == nullptr) return;
      if (last->is(nouns_soft) && !last->is(nouns_artefact) && thing != nullptr) last = thing;
      if ((last->is(nouns_artefact) && (made || !last->is(nouns_soft))) || (last->acronym && !last->is_any(all_nouns)))
        is.artefact = last->text;
      else if (last->is(nouns_event))
        is.event = last->text;
      else if (last->is_any({nouns_abstract, nouns_knowledge}))
        is.abstract = last->text;
      else if (last->is(nouns_soft))
        is.soft = last->text;
      else if (last->is_any({nouns_people, nouns_role}))
        is.people = last->text;
      last = thing = nullptr;
    };
    for (std::size_t i = object.begin; i < object.end; ++i) {
      const Token& token = m_tokens[i];
      const bool parts = i > object.begin && (token.before != Gap::space || is_joint(token.lower()));
      if (parts) part_ends();
      if (token.is_any({nouns_artefact, nouns_event})) thing = &token;
      if (token.is_any(all_nouns) || token.acronym) last = &token;
    }
    part_ends();
  }
  static bool is_joint(std::string_view word) { return word == "and" || word == "or" || word == "of" || word == "then"; }

  void object() {
    for (std::size_t i = 0; i < m_shape.count; ++i) {
      const Clause& clause = m_shape.clauses[i];
      if (clause.kind != HeadKind::verb) continue;
      const ObjectIs is = object_is(clause);
      const double share = share_of(i);
      const Token& head = m_tokens[clause.head];
      const bool found = !is.artefact.empty() || !is.event.empty(), people = !is.people.empty() && !found && is.soft.empty() && is.abstract.empty();
      const bool met = people && head.is(verbs_with_people);
      if (!is.artefact.empty()) put(Feature::object_artefact, share, is.artefact);
      if (!is.event.empty()) put(Feature::object_event, share, is.event);
      if (!is.abstract.empty()) put(Feature::object_abstract, share, is.abstract);
      if (!is.soft.empty() && !found) put(Feature::object_soft, share, is.soft);
      if (people && !met) put(Feature::object_people, share, is.people);
      if (clause.object.begin == clause.object.end && !asks_behind(clause.object.end)) put(Feature::object_missing, share, head.text);
      if (!found && !met && clause.verb == verbs_trace) put(Feature::trace_without_artefact, share, head.text);
      if ((found || met) && clause.verb == verbs_trace) put(Feature::trace_with_artefact, share, written(clause.head, clause.object.end));
      if (found && clause.verb == verbs_light) put(Feature::light_with_artefact, share, written(clause.head, clause.object.end));
      if (!(is.event.empty() && is.artefact.empty()) && clause.verb == verbs_take_part)
        put(Feature::presence_at_event, share, written(clause.head, clause.object.end));
      if (found && clause.verb == verbs_plan) put(Feature::plan_with_artefact, share, written(clause.head, clause.object.end));
    }
  }

  /// "decides where …": a question stands for the object.
  [[nodiscard]] bool asks_behind(std::size_t i) const {
    if (i >= m_tokens.size()) return false;
    const std::string_view word = m_tokens[i].lower();
    return word == "how" || word == "what" || word == "where" || word == "which" || word == "who" || word == "why" || word == "if" ||
           word == "whether" || word == "when";
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
      const bool vague_head = token.is_any(vague_heads) && clause.verb != verbs_trace;
      if (clause.verb == verbs_trace || clause.verb == verbs_plan) {
        trace += found ? 1 : 0.5;
      } else if (clause.verb == verbs_notice) {
        trace += found ? 1 : 0.3;
      } else if (!vague_head) {
        trace += found ? 1 : 0;
      } else {
        vague += found ? 0.3 : 1;
      }
      if (found && (clause.verb == verbs_trace || clause.verb == verbs_plan) &&
          m_features.words[static_cast<std::size_t>(Feature::best_clause)].empty()) {
        set(Feature::best_clause, 1, written(clause.head, clause.object.end));
      }
    }
    set(Feature::clauses_trace, trace / static_cast<double>(m_shape.count));
    set(Feature::clauses_vague, vague / static_cast<double>(m_shape.count));
    const Clause& head = m_shape.clauses[0];
    const std::size_t size = m_tokens.size() - m_shape.begin;
    if (head.kind == HeadKind::verb && head.form == VerbForm::gerund && !head.frames.with_subject &&
        (size <= 3 && head.object.end <= head.object.begin + 1))
      set(Feature::topic, 1);
  }

  void words() {
    const Clause& head = m_shape.clauses[0];
    const std::size_t purpose = where_purpose_begins();
    bool among_examples = false;
    const double beside_an_act = m_features[Feature::best_clause] > 0 ? 0.6 : 1;
    for (std::size_t i = m_shape.begin; i < m_tokens.size(); ++i) {
      const double weight = beside_an_act * (i >= purpose ? 0.4 : 1);
      const Token& token = m_tokens[i];
      const bool in_object = i >= head.object.begin && i < head.object.end && head.kind == HeadKind::verb;
      const bool is_head = i == head.head && head.kind == HeadKind::verb;
      // Examples are what the author thought of, not what is asked for.
      if (token.before == Gap::stop) among_examples = false;
      if (token.lower() == "including" || phrase_at(m_tokens, i, phrases_example) > 0) {
        add(Feature::example, 1, token.text);
        among_examples = true;
      }
      if (token.bracketed || among_examples) continue;
      if (token.acronym && !token.is(nouns_people))
        add(Feature::acronym, 2, token.text);
      else if (token.capital && !token.acronym && i > m_shape.begin + 1 && token.before != Gap::stop && token.before != Gap::colon &&
               token.lower() != "i")
        add(Feature::named_thing, 2, token.text);
      if (token.word == nullptr || is_head) continue;
      if (token.is_any({nouns_artefact, nouns_event}) && !token.is(nouns_soft) && !in_object && !acts_as_verb(i))
        add(Feature::later_artefact, 2, token.text);
      if (token.is(nouns_abstract) && !modifies(i) && !token.is_any({nouns_artefact, nouns_event}))
        add(Feature::abstract_words, 3, token.text, weight);
      if (token.is(words_evaluative)) add(Feature::evaluative_words, 3, token.text, weight);
      if (token.is(words_puff) && !token.is(words_evaluative)) add(Feature::puff_words, 3, token.text, weight);
      if (token.is(nouns_knowledge) && !modifies(i) && !token.is(nouns_abstract)) add(Feature::knowledge_words, 2, token.text, weight);
      if (token.is(words_rhythm) && (!modifies(i) || m_tokens[i + 1].is(nouns_event))) add(Feature::rhythm, 1, token.text);
      if (is_act(i)) add(Feature::acts_elsewhere, 2, token.text);
      phrases(i, i >= purpose ? 0.5 : 1);
      by_what_means(i);
    }
  }

  /// "can release", "are monitored", "while reviewing": an act with a trace that is no head of a clause.
  [[nodiscard]] bool is_act(std::size_t i) const {
    const Token& token = m_tokens[i];
    if (!token.is(verbs_trace) || i <= m_shape.clauses[0].head || heads_clause(i)) return false;
    const Token& before = m_tokens[i - 1];
    const std::string_view word = before.lower();
    // "design, testing, alerting" are topics; "reviewing the plan" is an act.
    if (token.has_form(VerbForm::gerund)) return word == "when" || word == "while" || word == "by" || (!token.is_any(all_nouns) && takes_object(i));
    if (token.has_form(VerbForm::participle) && (word == "are" || word == "is" || word == "be" || word == "being" || word == "been")) return true;
    return token.has_form(VerbForm::base) && (word == "to" || before.is_any({words_subject, words_modal}));
  }

  [[nodiscard]] bool takes_object(std::size_t i) const {
    if (i + 1 >= m_tokens.size() || m_tokens[i + 1].before != Gap::space) return false;
    const Token& next = m_tokens[i + 1];
    return next.is_any({words_determiner, words_evaluative, words_puff}) || next.is_any(all_nouns) || next.acronym;
  }

  /// What an act is good for ("to improve …", "so that …") and what goes on beside it ("while …") is no part of the act: there qualities are in their place.
  [[nodiscard]] std::size_t where_purpose_begins() const {
    const Clause& head = m_shape.clauses[0];
    if (head.kind != HeadKind::verb) return m_tokens.size();
    const bool act = head.verb == verbs_trace || head.verb == verbs_plan || head.verb == verbs_notice || head.verb == verbs_deliver;
    for (std::size_t i = head.head + 2; i + 1 < m_tokens.size(); ++i) {
      const std::string_view word = m_tokens[i].lower();
      if (word == "while" || word == "whilst" || (word == "so" && m_tokens[i + 1].lower() == "that")) return i;
      if (act && word == "to" && m_tokens[i + 1].has_form(VerbForm::base) && !m_tokens[i + 1].is_any(all_nouns)) return i;
    }
    return m_tokens.size();
  }

  /// "performance plans": a noun in front of a noun only says which.
  [[nodiscard]] bool modifies(std::size_t i) const {
    return i + 1 < m_tokens.size() && m_tokens[i + 1].before == Gap::space && m_tokens[i + 1].is_any(all_nouns) &&
           !m_tokens[i + 1].is(words_boundary);
  }

  [[nodiscard]] bool heads_clause(std::size_t i) const {
    for (std::size_t clause = 0; clause < m_shape.count; ++clause) {
      if (m_shape.clauses[clause].head == i && m_shape.clauses[clause].kind == HeadKind::verb) return true;
    }
    return false;
  }

  /// "to build", "and builds": a word that could be a noun, where only a verb can stand.
  [[nodiscard]] bool acts_as_verb(std::size_t i) const {
    if (!m_tokens[i].is_verb() || i == 0) return false;
    if (heads_clause(i)) return true;
    const Token& before = m_tokens[i - 1];
    return before.lower() == "to" || before.is_any({words_subject, words_modal});
  }

  void phrases(std::size_t i, double weight) {
    if (m_tokens[i].word->begins.empty()) return;
    if (phrase_at(m_tokens, i, phrases_reputation) > 0) add(Feature::reputation, 1, phrase(i, phrases_reputation));
    if (phrase_at(m_tokens, i, phrases_vague_act) > 0) add(Feature::vague_act, 2, phrase(i, phrases_vague_act), weight);
    if (phrase_at(m_tokens, i, phrases_at_least) > 0) add(Feature::counted, 1, phrase(i, phrases_at_least));
  }

  /// "by writing", "through pairing", "using a debugger".
  void by_what_means(std::size_t i) {
    const std::string_view word = m_tokens[i].lower();
    if (i == m_shape.begin || i + 1 >= m_tokens.size() || !(word == "by" || word == "through" || word == "via" || word == "using")) return;
    const Token& next = m_tokens[i + 1];
    if (next.has_form(VerbForm::gerund) && next.is_any({verbs_trace, verbs_plan})) return add(Feature::means, 1, written(i, i + 2));
    const std::size_t end = std::min(m_tokens.size(), i + 5);
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
