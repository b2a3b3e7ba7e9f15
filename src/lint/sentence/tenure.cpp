#include <algorithm>

#include "lint/sentence/judge.hpp"
#include "lint/sentence/sentence_rules.hpp"
#include "lint/sentence/tokens.hpp"

namespace waymark::lint {
namespace {

using namespace sentence;
using enum WordClass;

class TenureReader {
 public:
  TenureReader(std::string_view text, std::size_t base, const Tokens& tokens, std::vector<Occurrence>& found)
      : m_text(text), m_base(base), m_tokens(tokens), m_found(found) {}

  void run() {
    for (std::size_t i = 0; i < m_tokens.size();) {
      const std::size_t next = at(i);
      i = std::max(next, i + 1);
    }
  }

 private:
  [[nodiscard]] std::string_view lower(std::size_t i) const { return i < m_tokens.size() ? m_tokens[i].lower() : std::string_view(); }
  [[nodiscard]] bool is(std::size_t i, WordClass which) const { return i < m_tokens.size() && m_tokens[i].is(which); }
  /// The tokens of the same sentence, at most `reach` on either side.
  [[nodiscard]] std::size_t sentence_end(std::size_t i, std::size_t reach) const {
    std::size_t end = i + 1;
    while (end < m_tokens.size() && end < i + 1 + reach && m_tokens[end].before != Gap::stop) ++end;
    return end;
  }
  [[nodiscard]] std::size_t sentence_begin(std::size_t i, std::size_t reach) const {
    std::size_t begin = i;
    while (begin > 0 && begin + reach > i && m_tokens[begin].before != Gap::stop) --begin;
    return begin;
  }

  std::size_t add(std::size_t begin, std::size_t end, TenureKind kind) {
    const std::string_view first = m_tokens[begin].text, last = m_tokens[end - 1].text;
    m_found.push_back({m_base + static_cast<std::size_t>(first.data() - m_text.data()),
                       m_base + static_cast<std::size_t>(last.data() + last.size() - m_text.data()), kind});
    return end;
  }

  std::size_t at(std::size_t i) {
    if (is(i, words_time_unit)) return years(i);
    if (is(i, words_credential)) return credential(i);
    const std::string_view word = lower(i);
    if (word == "time" && (lower(i + 1) == "in" || lower(i + 1) == "at")) {
      for (std::size_t j = i + 2; j < std::min(m_tokens.size(), i + 5); ++j) {
        if (one_of(lower(j), {"role", "level", "grade", "post", "position", "title", "rank", "seat", "job"}))
          return add(i, j + 1, TenureKind::time_in_role);
      }
    }
    if (word == "time" && lower(i + 1) == "served") return add(i, i + 2, TenureKind::time_in_role);
    if (word == "length" && lower(i + 1) == "of" && (lower(i + 2) == "service" || lower(i + 2) == "tenure"))
      return add(i, i + 3, TenureKind::time_in_role);
    if (word == "tenure" || word == "longest-serving" || word == "long-serving") return add(i, i + 1, TenureKind::time_in_role);
    if (one_of(word, {"require", "requires", "required", "requiring"})) return required_experience(i);
    return i;
  }

  static bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  }

  [[nodiscard]] bool is_number(std::size_t i) const { return m_tokens[i].number || m_tokens[i].is(words_number); }

  std::size_t years(std::size_t unit) {
    std::size_t begin = unit;
    while (begin > 0 && begin + 5 > unit && m_tokens[begin].before != Gap::stop && m_tokens[begin].before != Gap::comma &&
           (is_number(begin - 1) || one_of(lower(begin - 1), {"of", "or", "to", "a", "plus", "more"}))) {
      --begin;
    }
    while (begin < unit && !is_number(begin)) ++begin;
    const bool numbered = begin < unit;
    const std::size_t end = sentence_end(unit, 7);
    bool plus = false;
    for (std::size_t i = begin; i < unit; ++i) plus = plus || m_tokens[i].text.find('+') != std::string_view::npos;
    for (std::size_t i = unit + 1; i < end; ++i) {
      if (m_tokens[i].is(words_horizon)) return unit + 1;
      if (m_tokens[i].before == Gap::comma || lower(i) == "and") break;
    }
    for (std::size_t i = sentence_begin(begin, 3); i < begin; ++i) {
      if (m_tokens[i].is(words_horizon) || one_of(lower(i), {"these", "over", "within"})) return unit + 1;
    }
    for (std::size_t i = unit + 1; i < end; ++i) {
      if (m_tokens[i].is(words_experience))
        return add(begin, i + 1,
                   one_of(lower(i), {"service", "role", "post", "position", "level", "grade"}) ? TenureKind::time_in_role : TenureKind::elapsed_time);
    }
    if (!numbered) return unit + 1;
    for (std::size_t i = sentence_begin(begin, 5); i < begin; ++i) {
      if (m_tokens[i].is(words_experience) || lower(i) == "minimum" || (lower(i) == "at" && lower(i + 1) == "least"))
        return add(i, unit + 1, TenureKind::elapsed_time);
    }
    const std::string_view next = lower(unit + 1);
    const bool of_something =
        next == "of" || next == "in" || next == "as" || next == "at" || next == "working" || next == "writing" || next == "with";
    if (plus || of_something) return add(begin, std::min(unit + (of_something ? 2 : 1), m_tokens.size()), TenureKind::elapsed_time);
    if (m_tokens.size() <= 4) return add(begin, unit + 1, TenureKind::elapsed_time);
    return unit + 1;
  }

  std::size_t required_experience(std::size_t i) {
    const std::size_t end = sentence_end(i, 5);
    for (std::size_t j = i + 1; j < end; ++j) {
      if (lower(j) == "experience" && one_of(lower(j - 1), {"professional", "industry", "work", "previous", "prior", "commercial"}))
        return add(i, j + 1, TenureKind::elapsed_time);
    }
    return i;
  }

  std::size_t credential(std::size_t i) {
    const std::string_view word = lower(i);
    const std::size_t begin = sentence_begin(i, 3), end = sentence_end(i, 4);
    if (word == "degree" && (lower(i + 1) == "of" || lower(i + 1) == "to")) return i + 1;
    // Certificates of servers, and a "master's" or "certified" thing without a person behind it, are the daily work.
    for (std::size_t j = begin; j < end; ++j) {
      if (one_of(lower(j),
                 {"tls", "ssl", "https", "x509", "rotate", "rotates", "renew", "renews", "expiry", "expire", "expires", "signing", "server", "root"}))
        return i + 1;
      if (m_tokens[j].acronym && one_of_acronyms(m_tokens[j].text)) return i + 1;
    }
    if (word == "degree") {
      for (std::size_t j = begin; j < i; ++j) {
        if (one_of(lower(j), {"a", "an", "university", "college", "bachelor", "bachelor's", "master's", "masters", "science", "engineering",
                              "technical", "relevant", "cs"})) {
          const bool adjective = j + 1 < i && one_of(lower(i - 1), {"high", "decent", "good", "fair", "some", "large", "great", "certain"});
          if (!adjective && !one_of(lower(i - 1), {"high", "decent", "good", "fair", "some", "large", "great", "certain"}))
            return add(j, i + 1, TenureKind::credential);
        }
      }
      return lower(i + 1) == "in" || lower(i + 1) == "or" ? add(i, i + 1, TenureKind::credential) : i + 1;
    }
    if (word == "masters" || word == "master's" || word == "bachelor" || word == "certified") {
      const bool behind = one_of(lower(i + 1), {"degree", "in", "of", "or", "by"}) || (word == "certified" && i > 0);
      return behind ? add(i, i + 1, TenureKind::credential) : i + 1;
    }
    // A certificate is as often a file as a paper: somebody must hold it, or somebody ask for it.
    const bool needs_holder = word.starts_with("certificate") || word.starts_with("qualification");
    if (needs_holder && !asked_of_somebody(sentence_begin(i, 4), sentence_end(i, 5))) return i + 1;
    return add(i, i + 1, TenureKind::credential);
  }

  [[nodiscard]] bool asked_of_somebody(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (one_of(lower(i), {"require",      "requires",   "required",  "has",       "have",      "hold",     "holds",   "holding", "possess",
                            "possesses",    "earn",       "earns",     "obtain",    "obtains",   "attain",   "attains", "gain",    "gains",
                            "professional", "equivalent", "mandatory", "desirable", "preferred", "industry", "need",    "needs",   "degree"})) {
        return true;
      }
    }
    return false;
  }

  static bool one_of_acronyms(std::string_view text) { return text == "TLS" || text == "SSL" || text == "HTTPS" || text == "CA" || text == "PKI"; }

  std::string_view m_text;
  std::size_t m_base;
  const Tokens& m_tokens;
  std::vector<Occurrence>& m_found;
};

}  // namespace

void sentence::find_tenure(std::string_view text, std::size_t base, const Tokens& tokens, std::vector<Occurrence>& found) {
  TenureReader(text, base, tokens, found).run();
}

std::vector<Occurrence> tenure_phrases(std::string_view text) {
  std::vector<Occurrence> found;
  thread_local Tokens tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const std::size_t taken = tokenize(rest, tokens);
    find_tenure(rest, at, tokens, found);
    at += std::max<std::size_t>(taken, 1);
  }
  return found;
}

}  // namespace waymark::lint
