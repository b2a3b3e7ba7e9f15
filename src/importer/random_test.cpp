#include <doctest/doctest.h>

#include <random>

#include "importer/framework.hpp"
#include "importer/import_checks_test.hpp"

using namespace waymark;
using namespace waymark::importer;

namespace {

const std::vector<std::string> scraps{"# ",
                                      "## ",
                                      "### ",
                                      "#### ",
                                      "- ",
                                      "* ",
                                      "1. ",
                                      "  - ",
                                      "    ",
                                      "\t",
                                      "\n",
                                      "\n\n",
                                      "---\n",
                                      "===\n",
                                      "```\n",
                                      "~~~",
                                      "> ",
                                      "| a | b |\n|--|--|\n| c | d |\n",
                                      "Senior Engineer",
                                      "Junior",
                                      "Level 2",
                                      "Staff",
                                      "Director",
                                      "Craft",
                                      "Examples",
                                      "Scope",
                                      "Summary",
                                      "What changes here",
                                      "words that are said. And more!",
                                      "**bold**: x",
                                      "*em*",
                                      "`code`",
                                      "``",
                                      "[x](y.md)",
                                      "[x](https://e.example/(a))",
                                      "![i](j.png)",
                                      "<b>",
                                      "</b>",
                                      "<table><tr><td>",
                                      "</td><li>",
                                      "<script>",
                                      "<!--",
                                      "-->",
                                      "<!-- c -->",
                                      "{{< card link=\"b\" title=\"T\" >}}",
                                      "{{ x }}",
                                      "{% y %}",
                                      "{#id}",
                                      "{: .c}",
                                      ":::note T\n",
                                      "!!! tip \"T\"\n",
                                      "[r]: http://x\n",
                                      "\\",
                                      "&amp;",
                                      "&nbsp;",
                                      "&#0;",
                                      "~",
                                      "30%",
                                      "$50",
                                      "~2 years",
                                      "\xFF",
                                      "\xE2",
                                      "title: X\n",
                                      "weight: [\n",
                                      "{",
                                      "}",
                                      "\"",
                                      "'",
                                      "\r\n",
                                      "\xEF\xBB\xBF",
                                      "<https://a.example>",
                                      "a_b_c",
                                      "___",
                                      "\xF0\x9F\x98\x80"};

struct RandomSource {
  Folder folder{"source", {}, {}};
  std::vector<std::string> marked;  ///< words that occur once each
};

/// The same scraps behind words by which another reader is chosen.
RandomSource make_other_form(unsigned seed) {
  static const std::vector<std::string> openings{"<!doctype html><html><body><h1>Senior Engineer</h1><p>Plans.</p>",
                                                 "Level,Area,Text\nJunior,Craft,asks early\nSenior,Craft,plans ahead\nJunior,Team,listens well\n",
                                                 "levels:\n  - name: Senior Engineer\n    criteria:\n      - Plans ahead of time\n      - "};
  std::mt19937 random(seed);
  RandomSource source;
  std::string text = openings[seed % openings.size()];
  for (std::size_t i = 0, count = 5 + random() % 40; i < count; ++i) {
    if (random() % 4 == 0) {
      source.marked.push_back("marked" + std::to_string(i) + "q");
      text += " " + source.marked.back() + " stays. ";
    }
    text += scraps[random() % scraps.size()];
  }
  source.folder.files.push_back({"source.txt", text});
  return source;
}

RandomSource make_source(unsigned seed) {
  std::mt19937 random(seed);
  RandomSource source;
  const std::size_t files = 1 + random() % 3;
  for (std::size_t file = 0; file < files; ++file) {
    std::string text =
        random() % 3 == 0 ? "---\ntitle: Senior Engineer " + std::to_string(file) + "\n---\n" : "## Junior Engineer\n- a\n## Senior Engineer\n";
    for (std::size_t i = 0, count = 5 + random() % 60; i < count; ++i) {
      if (random() % 4 == 0) {
        source.marked.push_back("marked" + std::to_string(file) + "x" + std::to_string(i) + "q");
        text += " " + source.marked.back() + " stays. ";
      }
      text += scraps[random() % scraps.size()];
    }
    source.folder.files.push_back({"f" + std::to_string(file) + ".md", text});
  }
  return source;
}

}  // namespace

TEST_CASE("whatever the document, no word is lost and the draft loads") {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    const RandomSource source = make_source(seed);
    const auto imported = import_framework(source.folder, {});
    if (!imported) continue;
    CHECK(pathway::load(imported->draft).pathway.has_value());
    std::string accounted;
    for (const Provenance& sentence : imported->sentences) accounted += sentence.sentence + '\n';
    for (const std::string& word : source.marked) {
      CAPTURE(word);
      CHECK(accounted.find(word) != std::string::npos);
    }
  }
}

TEST_CASE("whatever the page, the table or the data, no word is lost and the draft loads") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const RandomSource source = make_other_form(seed);
    const auto imported = import_framework(source.folder, {});
    if (!imported) continue;
    CHECK(pathway::load(imported->draft).pathway.has_value());
    std::string accounted;
    for (const Provenance& sentence : imported->sentences) accounted += sentence.sentence + '\n';
    for (const std::string& word : source.marked) {
      CAPTURE(word);
      CHECK(accounted.find(word) != std::string::npos);
    }
  }
}
