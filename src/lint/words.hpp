/// The words of a text, and looking for phrases in them. Word lists are the plain text files of words/, one phrase a line.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace waymark::lint {

/// Bytes [begin, end) of the text; the hash is of the word in lower case (ASCII).
struct Word {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t hash = 0;
};

/// Runs of letters, digits and anything beyond ASCII; an apostrophe between letters belongs to its word; typographic quotes, dashes and the like separate. Linear.
/// REQUIRES text.size() < 4 GB.
[[nodiscard]] std::vector<Word> words_of(std::string_view text);

/// A set of phrases that can be looked for in one pass. Immutable, for any thread.
class Phrases {
 public:
  struct Phrase {
    std::string text;   ///< in lower case, single spaces
    std::string note;   ///< what stood behind a tab: what to write in its place, or why; may be empty
    std::string group;  ///< of the last line in [brackets] above it; may be empty
  };
  struct Match {
    std::size_t begin = 0;  ///< bytes of the text
    std::size_t end = 0;
    const Phrase* phrase = nullptr;
  };

  /// A line `# …` is a comment, `[name]` begins a group.
  explicit Phrases(std::string_view list);
  /// The embedded list words/NAME.txt, made once. REQUIRES that there is one.
  [[nodiscard]] static const Phrases& named(std::string_view name);

  /// In the order of the text; the longest where several begin. Words may be joined by white space or hyphens only. Linear for short phrases.
  [[nodiscard]] std::vector<Match> in(std::string_view text, const std::vector<Word>& words) const;
  [[nodiscard]] std::vector<Match> in(std::string_view text) const { return in(text, words_of(text)); }
  /// A single word of the text as a phrase.
  [[nodiscard]] bool has(std::string_view text, const Word& word) const;

 private:
  [[nodiscard]] const Phrase* longest_at(std::string_view text, const std::vector<Word>& words, std::size_t at, std::size_t& last) const;

  struct Entry {
    Phrase phrase;
    std::vector<std::string> words;
  };
  std::vector<Entry> m_entries;
  std::unordered_multimap<std::uint32_t, std::size_t> m_by_first_word;
  std::bitset<4096> m_maybe;  ///< by the low bits of a first word's hash: nearly every word of a text is passed over here
};

/// Whether bytes [begin, end) stand between quotation marks: words that are talked about and not used.
[[nodiscard]] bool is_quoted(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace waymark::lint
