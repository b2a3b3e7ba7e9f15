#include "importer/sentence_finder.hpp"

#include <algorithm>

namespace waymark::importer {
namespace {

/// Letters of markup (the address of a link) between two sentences.
constexpr std::size_t farthest = 4096;

void append_letters(std::string& letters, std::string_view text) {
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80) letters += c;
  }
}

}  // namespace

SentenceFinder::SentenceFinder(const SourceText& source, std::size_t first_line, std::size_t last_line) : m_line(first_line) {
  for (std::size_t line = first_line; line <= std::min(last_line, source.line_count()); ++line) {
    m_starts.emplace_back(m_letters.size(), line);
    append_letters(m_letters, source.line(line));
  }
}

std::size_t SentenceFinder::line_of(std::string_view sentence) {
  std::string letters;
  append_letters(letters, sentence);
  // A link or an entity in the middle breaks the row of letters, so shorter beginnings are tried too.
  const std::string_view near = std::string_view(m_letters).substr(std::min(m_at, m_letters.size()), farthest);
  for (const std::size_t length : {std::size_t{24}, std::size_t{10}, std::size_t{4}}) {
    if (letters.empty()) break;
    const std::size_t found = near.find(std::string_view(letters).substr(0, length));
    if (found == std::string::npos) continue;
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), std::pair(m_at + found, ~std::size_t{0}));
    m_line = std::prev(after)->second;
    m_at += found + std::min(length, letters.size());
    return m_line;
  }
  m_at += letters.size() / 2;
  return m_line;
}

}  // namespace waymark::importer
