/// What every import must keep, checked without the importer's own means.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/folder.hpp"
#include "base/source_text.hpp"
#include "base/text.hpp"
#include "importer/framework.hpp"
#include "pathway/pathway.hpp"

namespace waymark::importer::checks {

/// Lower-case words of letters and digits, one space between, one at either end.
inline std::string words_only(std::string_view text) {
  std::string result = " ";
  // Emoji are no words: U+1F000 and above, and what joins and colours them.
  std::string plain = replace_all(replace_all(to_lower_ascii(text), "\xEF\xB8\x8F", " "), "\xE2\x80\x8D", " ");
  for (std::size_t at = 0; (at = plain.find("\xF0\x9F", at)) != std::string::npos;)
    plain.replace(at, std::min<std::size_t>(4, plain.size() - at), " ");
  for (const char c : plain) {
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (is_word) result += c;
    if (!is_word && result.back() != ' ') result += ' ';
  }
  if (result.back() != ' ') result += ' ';
  return result;
}

inline std::string without_between(std::string text, std::string_view open, std::string_view close, std::string_view instead = {}) {
  for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos;) {
    const std::size_t end = text.find(close, at + open.size());
    text.replace(at, end == std::string::npos ? end : end + close.size() - at, instead);
    at += instead.size();
  }
  return text;
}

inline std::size_t count_words(std::string_view words) { return static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) - 1; }

/// List items and paragraphs of a source, line by line: no front matter, comments, headings, tags or lines that are only a link.
inline std::vector<std::string> lines_of_text(const std::string& bytes) {
  std::string text(SourceText("x", bytes).text());
  if (text.starts_with("---\n")) text.erase(0, text.find("\n---", 3) + 4);
  text = without_between(without_between(std::move(text), "<!--", "-->"), "{{<", ">}}");
  // A row of an HTML table with a figure in it is left out whole.
  std::string rows;
  for (const std::string_view line : split(text, '\n')) {
    const bool is_figure =
        trim(line).starts_with('<') && without_between(std::string(line), "<", ">").find_first_of("0123456789") != std::string::npos;
    if (!is_figure) rows += std::string(line) + '\n';
  }
  text = replace_all(without_between(replace_all(std::move(rows), "<https", "https"), "<", ">", " "), "&nbsp;", " ");
  text = replace_all(std::move(text), "\xC2\xA0", " ");
  std::vector<std::string> lines;
  for (const std::string_view raw : split(text, '\n')) {
    const std::string_view line = trim(raw);
    if (line.empty() || line[0] == '#' || line[0] == '|') continue;
    const bool only_link = line.ends_with(')') && (line.starts_with("- [") || line.starts_with("* [") || line.substr(1).starts_with(". [")) &&
                           std::count(line.begin(), line.end(), '[') == 1;
    if (only_link) continue;
    // Addresses are no words.
    std::string words = words_only(without_between(std::string(line), "](", ")"));
    if (const std::size_t digits = words.find_first_not_of("0123456789", 1);
        digits != 1 && digits != std::string::npos && words[digits] == ' ' && raw.find('.') != std::string_view::npos) {
      words.erase(0, digits);  // the number of a list item
    }
    if (count_words(words) > 0) lines.push_back(words);
  }
  return lines;
}

struct Reach {
  std::size_t words = 0;
  std::size_t kept = 0;
  std::vector<std::string> lost;
};

/// How many words of the source's lines stand in the draft, in the same row.
inline Reach reach(const Folder& source, const Folder& draft) {
  std::string all;
  for (const FolderFile& file : draft.files) {
    if (file.path == "import-report.md") continue;
    std::string text = without_between(without_between(file.bytes, "<!--", "-->"), "](", ")");
    text.erase(std::remove(text.begin(), text.end(), '\\'), text.end());
    all += words_only(text);
  }
  Reach result;
  for (const FolderFile& file : source.files) {
    for (const std::string& line : lines_of_text(file.bytes)) {
      result.words += count_words(line);
      if (all.find(line) != std::string::npos) {
        result.kept += count_words(line);
      } else {
        result.lost.push_back(file.path + ":" + line);
      }
    }
  }
  return result;
}

/// Kept sentences stand in the file they are said to stand in, with a comment that names their place.
inline void check_provenance(const Folder& source, const ImportedFramework& imported) {
  std::map<std::string, std::string> texts;
  for (const FolderFile& file : imported.draft.files) {
    std::string text = without_between(file.bytes, "](", ")");
    text.erase(std::remove(text.begin(), text.end(), '\\'), text.end());
    texts[file.path] = words_only(text);
  }
  const pathway::Loaded loaded = pathway::load(imported.draft);
  REQUIRE(loaded.pathway.has_value());
  for (const Provenance& sentence : imported.sentences) {
    CAPTURE(sentence.file);
    CAPTURE(sentence.line);
    CAPTURE(sentence.sentence);
    CAPTURE(sentence.became);
    const FolderFile* from = source.find(sentence.file);
    REQUIRE(from != nullptr);
    CHECK(sentence.line >= 1);
    CHECK(sentence.line <= SourceText(from->path, from->bytes).line_count());
    CHECK_FALSE(sentence.became.empty());
    if (sentence.fate != Provenance::Fate::kept) continue;
    const std::string file(sentence.became.substr(0, sentence.became.find(',')));
    REQUIRE(texts.contains(file));
    const std::string words = words_only(without_between(sentence.sentence, "](", ")"));
    const bool is_kept =
        texts[file].find(words) != std::string::npos || sentence.became.ends_with("title") || sentence.became.ends_with("heading above it");
    CHECK(is_kept);
    const std::size_t at = sentence.became.find(".md, criterion ");
    if (!sentence.became.starts_with("levels/") || at == std::string::npos) continue;
    // What a reader of the pathway sees under that id.
    const pathway::Criterion* criterion =
        loaded.pathway->criterion({{std::string(sentence.became.substr(7, at - 7))}, std::string(sentence.became.substr(at + 15))});
    REQUIRE(criterion != nullptr);
    const std::string seen = words_only(without_between(criterion->title + " " + criterion->text(), "](", ")"));
    CHECK(seen.find(words) != std::string::npos);
  }
}

inline void check_loads(const ImportedFramework& imported) {
  const pathway::Loaded loaded = pathway::load(imported.draft);
  for (const Finding& finding : loaded.findings) {
    if (finding.severity == Severity::error) FAIL_CHECK(to_line(finding));
  }
  REQUIRE(loaded.pathway.has_value());
  CHECK(loaded.pathway->draft);
  CHECK(loaded.pathway->levels.size() == imported.levels.size());
}

}  // namespace waymark::importer::checks
