/// Inside the search: what its parts share. Not for other rooms.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pathway/pathway.hpp"
#include "pathway/search.hpp"

namespace waymark::pathway::searching {

/// Half-open, in bytes.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// The words of a text: runs of letters and digits. A short ending behind an apostrophe belongs to its word ("team's", not "l'équipe"); an ideograph is a
/// word by itself. Takes any bytes; what is no UTF-8 separates. Texts past 4 GB are cut.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text);

/// Lower case for Latin, Greek and Cyrillic; combining marks go. REQUIRES valid UTF-8.
[[nodiscard]] std::string lower_case(std::string_view word);
/// "größe" → "grosse", "čeština" → "cestina". REQUIRES valid UTF-8 in lower case.
[[nodiscard]] std::string without_accents(std::string_view word);

/// Snowball by BCP 47 language, English where there is no stemmer for it. Not to be shared between threads.
class Stemmer {
 public:
  explicit Stemmer(std::string_view language);
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;

  /// The stem of a word in lower case, accents stripped after stemming, because the rules of many languages read them.
  [[nodiscard]] std::string operator()(std::string_view lower) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// One thing that can be found.
struct Document {
  Target target;
  std::string title;
  std::string where;
  std::string citation;
  std::string text;
  std::string context;  ///< words it is also found by, and never shown: the level's name, the words of the id
};

[[nodiscard]] std::vector<Document> documents_of(const Pathway& pathway);

struct Word {
  std::uint32_t term = 0;
  Token token;
};

struct Entry {
  Document document;
  std::vector<Word> words;  ///< of its text
};

/// Words of a query, one bit each.
using Bits = std::uint32_t;
constexpr std::size_t most_query_words = 32;

/// The stretch of about 30 words with the most different words of the query in it, then with the most words of it, then the earliest. `matches` holds, by
/// term, the words of the query it answers.
[[nodiscard]] std::vector<Fragment> cut_out(const Entry& entry, const std::vector<Bits>& matches);

}  // namespace waymark::pathway::searching
