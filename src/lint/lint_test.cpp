#include "lint/lint.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "lint/fixing.hpp"
#include "lint/fixtures_test.hpp"
#include "lint/rule.hpp"

using namespace waymark;
using namespace waymark::lint;
using testing::as_text;
using testing::bytes_of;
using testing::good;
using testing::linted;

namespace {

/// Every example laid over the good pathway at once would contradict itself; these can stand together.
Folder with_findings() {
  Folder folder = good();
  std::string& senior = bytes_of(folder, "levels/SSE.md");
  senior = replace_all(senior, "A system of several components, and",
                       "Rock stars with gravitas keep a blacklist. He has at least five years of experience. A system of several components, and");
  senior = replace_all(senior, "- Stopped a rewrite", "- E.g. stops a rewrite");
  std::string& lead = bytes_of(folder, "levels/LSE.md");
  lead = replace_all(lead, "Deciding for domains", "They may step down later. Deciding for domains");
  return folder;
}

Findings moved_by_a_line(Findings findings, const std::string& file, std::size_t from_line) {
  const auto move = [&](Span& span) {
    if (span.begin.line >= from_line) ++span.begin.line;
    if (span.end.line >= from_line) ++span.end.line;
  };
  for (Finding& finding : findings) {
    if (finding.file == file) move(finding.span);
  }
  return findings;
}

std::size_t lines_of(std::string_view text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

/// The lines before which a blank line changes nothing: between blocks, behind the front matter.
std::vector<std::size_t> gaps_of(const std::string& text) {
  std::vector<std::size_t> gaps;
  std::size_t line = 1;
  bool in_front_matter = true;
  for (const auto each : split(text, '\n')) {
    if (!in_front_matter && each.empty() && line <= lines_of(text)) gaps.push_back(line);
    if (line > 1 && each == "---") in_front_matter = false;
    ++line;
  }
  return gaps;
}

std::string with_line(const std::string& text, std::size_t line, const std::string& inserted) {
  std::string result;
  std::size_t number = 1;
  for (const auto each : split(text, '\n')) {
    if (number == line) result += inserted + "\n";
    result += std::string(each) + "\n";
    ++number;
  }
  result.pop_back();
  return result;
}

}  // namespace

TEST_CASE("a blank line added moves what is found behind it by one line, and nothing else") {
  const Folder folder = with_findings();
  const Findings before = linted(folder).findings;
  REQUIRE(before.size() >= 6);
  rc::check("wherever it is added", [&] {
    const std::string file = *rc::gen::element<std::string>("levels/SSE.md", "levels/LSE.md", "levels/TTL.md");
    Folder changed = folder;
    std::string& bytes = bytes_of(changed, file);
    const std::size_t line = *rc::gen::elementOf(gaps_of(bytes));
    bytes = with_line(bytes, line, "");
    RC_ASSERT(as_text(linted(changed).findings) == as_text(moved_by_a_line(before, file, line)));
  });
}

TEST_CASE("the order of the files does not matter") {
  const Folder folder = with_findings();
  const std::string before = as_text(linted(folder).findings);
  rc::check("however they are shuffled", [&] {
    Folder shuffled = folder;
    std::vector<FolderFile> files;
    while (!shuffled.files.empty()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, shuffled.files.size());
      files.push_back(shuffled.files[at]);
      shuffled.files.erase(shuffled.files.begin() + static_cast<std::ptrdiff_t>(at));
    }
    shuffled.files = files;
    // Folder::find asks for files by path; the loader itself promises no order.
    std::sort(shuffled.files.begin(), shuffled.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    RC_ASSERT(as_text(linted(shuffled).findings) == before);
  });
}

TEST_CASE("allowing a finding takes out that one, and its reason is asked for") {
  const Folder folder = with_findings();
  const Linted before = linted(folder);
  Folder changed = folder;
  std::string& bytes = bytes_of(changed, "levels/SSE.md");
  bytes = replace_all(bytes, "## Scope of impact\n",
                      "## Scope of impact\n\n<!-- waymark: allow gut-feeling because the word stands in the charter -->\n");
  const Linted after = linted(changed);
  CHECK(after.findings.size() + 1 == before.findings.size());
  REQUIRE(after.allowed.size() == 1);
  CHECK(after.allowed[0].rule == "gut-feeling");
}

TEST_CASE("allowed before the first heading, a rule is silent on the whole page and on no other") {
  Folder folder = with_findings();
  for (const char* const file : {"levels/SSE.md", "levels/LSE.md"}) {
    std::string& bytes = bytes_of(folder, file);
    bytes = replace_all(bytes, "\n---\n", "\n---\n\n<!-- waymark: allow ladder-words because we quote the old handbook -->\n");
  }
  const Linted after = linted(folder);
  CHECK(as_text(after.findings).find(":ladder-words:") == std::string::npos);
  CHECK(after.allowed.size() == 1);
  CHECK(as_text(after.findings).find("levels/SSE.md:11:1:unused-suppression") != std::string::npos);
}

TEST_CASE("allowed before a heading, a rule is silent until the next heading of its kind") {
  Folder folder = good();
  std::string& bytes = bytes_of(folder, "levels/SSE.md");
  bytes = replace_all(bytes, "## Autonomy\n", "<!-- waymark: allow gut-feeling because of the charter -->\n## Autonomy\n\nThey have gravitas.\n");
  bytes = replace_all(bytes, "## What changes here\n", "## What changes here\n\nThey have executive presence.\n");
  const Linted after = linted(folder);
  CHECK(after.allowed.size() == 1);
  REQUIRE(after.findings.size() == 1);
  CHECK(after.findings[0].message.find("executive presence") != std::string::npos);
}

TEST_CASE("in pathway.yaml a comment allows what the entry below it says") {
  Folder folder = good();
  std::string& bytes = bytes_of(folder, "pathway.yaml");
  bytes = replace_all(bytes, "  - from: SSE\n    to: TTL\n",
                      "  - from: SSE\n    to: TTL\n  # waymark: allow early-leadership because the team is new\n  - from: ISE\n    to: TTL\n");
  const Linted after = linted(folder);
  CHECK(as_text(after.findings).empty());
  CHECK(after.allowed.size() == 1);
}

TEST_CASE("house style switches a rule off, changes its severity, and allows words") {
  Folder folder = with_findings();
  bytes_of(folder, "pathway.yaml") += "lint:\n  rules:\n    gendered-word: off\n    ladder-words: error\n  allow: [Rock-Stars, gravitas]\n";
  const Linted after = linted(folder);
  const std::string text = as_text(after.findings);
  CHECK(text.find(":gendered-word:") == std::string::npos);
  CHECK(text.find("Rock stars") == std::string::npos);
  CHECK(text.find("gravitas") == std::string::npos);
  CHECK(text.find("blacklist") != std::string::npos);
  const auto ladder =
      std::find_if(after.findings.begin(), after.findings.end(), [](const Finding& finding) { return finding.rule == "ladder-words"; });
  REQUIRE(ladder != after.findings.end());
  CHECK(ladder->severity == Severity::error);
}

TEST_CASE("a folder with errors still hears about its words") {
  Folder folder = with_findings();
  bytes_of(folder, "pathway.yaml") = "name: [";
  const std::string text = as_text(linted(folder).findings);
  CHECK(text.find(":yaml-syntax:") != std::string::npos);
  CHECK(text.find(":gut-feeling:") != std::string::npos);
  CHECK(text.find(":unreachable-level:") == std::string::npos);
}

TEST_CASE("a page in another language is left alone, and says so") {
  Folder folder = with_findings();
  std::string& bytes = bytes_of(folder, "levels/SSE.md");
  bytes = bytes.substr(0, bytes.find("\n---\n") + 5) +
          "\nEine erfahrene Ingenieurin entscheidet, wie die Teile eines Systems zusammenpassen, und nimmt andere dabei mit.\n\n## Scope of "
          "impact\n\nDas System und die Teams, die es bauen, mit "
          "gravitas und executive presence in allen Fragen, die sich zwischen den Teilen stellen.\n\n## Autonomy\n\nSie setzen sich ihre Aufgaben "
          "selbst und sprechen einmal im Monat "
          "mit der Leitung.\n\n## What changes here\n\n### Bringt einen Entwurf durch die Prüfung {#drives-design}\n\nSchreibt den Entwurf einer "
          "Änderung und bringt ihn durch die Prüfung.\n\n### "
          "Lehrt {#teaches-incident}\n\nGibt eine Störung ab.\n\n## Not expected yet\n\nAlles andere.\n\n## What it looks like\n\n- Eins\n- Zwei\n- "
          "Drei\n";
  const std::string text = as_text(linted(folder).findings);
  CHECK(text.find("levels/SSE.md:1:1:english-only:") != std::string::npos);
  CHECK(text.find("levels/SSE.md:13") == std::string::npos);
  CHECK(text.find("levels/LSE.md") != std::string::npos);
}

TEST_CASE("mending does what it says, keeps line ends, and has nothing to do the second time") {
  Folder folder = good();
  bytes_of(folder, "pathway.yaml") += "status: draft\n";
  std::string& bytes = bytes_of(folder, "levels/SSE.md");
  bytes = replace_all(bytes, "### Teaches an engineer to run an incident {#teaches-incident}", "### Teaches an engineer to run an incident");
  bytes = replace_all(bytes, "## Autonomy\n", "## Autonomy\n\n<!-- waymark: allow gut-feeling because of nothing -->\n\nAsk his or her manager.\n");
  bytes_of(folder, "capabilities/teaching.md") =
      replace_all(bytes_of(folder, "capabilities/teaching.md"), "#teaches-incident", "#teaches-an-engineer-to-run-an-incident");
  bytes = "\xEF\xBB\xBF" + replace_all(bytes, "\n", "\r\n");
  const Findings before = linted(folder).findings;
  bytes = edited(bytes, mechanical_edits(before, "levels/SSE.md"));
  CHECK(bytes.starts_with("\xEF\xBB\xBF---\r\n"));
  CHECK(bytes.find("### Teaches an engineer to run an incident {#teaches-an-engineer-to-run-an-incident}\r\n") != std::string::npos);
  CHECK(bytes.find("waymark:") == std::string::npos);
  CHECK(bytes.find("Ask their manager.") != std::string::npos);
  CHECK(bytes.find("\n\n") == std::string::npos);
  CHECK(mechanical_edits(linted(folder).findings, "levels/SSE.md").empty());
}

TEST_CASE("edits that overlap or lie outside are left out") {
  const auto edit = [](std::size_t line, std::size_t from, std::size_t to, const char* text) { return Edit{"x", {{line, from}, {line, to}}, text}; };
  CHECK(edited("one\ntwo\n", {edit(2, 1, 4, "2"), edit(1, 1, 4, "1")}) == "1\n2\n");
  CHECK(edited("one\n", {edit(1, 1, 4, "1"), edit(1, 2, 3, "!")}) == "1\n");
  CHECK(edited("one\n", {edit(9, 1, 4, "1"), edit(1, 7, 9, "!")}) == "one\n");
  CHECK(edited("größe\n", {edit(1, 3, 5, "OS")}) == "grOSe\n");
}

TEST_CASE("hostile documents are read to the end") {
  Folder folder = good();
  std::string& bytes = bytes_of(folder, "levels/SSE.md");
  SUBCASE("a line of a megabyte") { bytes += "\n" + std::string(1 << 20, 'x') + " he " + std::string(1000, ' ') + "\n"; }
  SUBCASE("control characters") { bytes += "\n\x01\x02\x1b[31m he \x7f\n"; }
  SUBCASE("right to left") { bytes += "\nמהנדסת בכירה קובעת כיצד חלקי המערכת נפגשים he\n"; }
  SUBCASE("comments without an end") { bytes += "\n<!-- waymark: allow gut-feeling because\n"; }
  SUBCASE("a thousand allowances") {
    for (int i = 0; i < 1000; ++i) bytes += "\n<!-- waymark: allow gut-feeling because of nothing -->\n";
  }
  CHECK_FALSE(linted(folder).findings.empty());
}

TEST_CASE("criteria in doubt are counted once, and notes do not count") {
  Folder folder = good();
  CHECK(linted(folder).criteria == 8);
  CHECK(linted(folder).criteria_in_doubt == 0);
  std::string& bytes = bytes_of(folder, "levels/SSE.md");
  bytes = replace_all(bytes, "ends in a recorded decision.", "ends in a recorded decision. They are passionate and outgoing.");
  CHECK(linted(folder).criteria_in_doubt == 1);
}

namespace {

Findings of_rule(const Linted& linted, std::string_view rule) {
  Findings found;
  std::copy_if(linted.findings.begin(), linted.findings.end(), std::back_inserter(found), [&](const Finding& each) { return each.rule == rule; });
  return found;
}

/// The first criterion of SSE in other words.
Folder with_criterion(const std::string& heading, const std::string& narrative) {
  Folder folder = good();
  std::string& page = bytes_of(folder, "levels/SSE.md");
  page = replace_all(page, "Takes the design of a system change through review", heading);
  page = replace_all(page,
                     "Writes the design document of a change that touches more than one component, and takes it through a review that ends in a "
                     "recorded decision.",
                     narrative);
  return folder;
}

}  // namespace

TEST_CASE("what surely cannot be judged is a warning, what perhaps cannot is a note") {
  const Linted sure = linted(with_criterion("Is a strong engineer", "Understands trade-offs and is proactive about quality."));
  REQUIRE(of_rule(sure, "vague-criterion").size() == 1);
  CHECK(of_rule(sure, "vague-criterion")[0].severity == Severity::warning);
  CHECK(sure.criteria_vague == 1);
  CHECK(sure.criteria_perhaps_vague == 0);
  const Linted perhaps = linted(with_criterion("Improves the system", "Solves problems in the system."));
  REQUIRE(of_rule(perhaps, "vague-criterion").size() == 1);
  CHECK(of_rule(perhaps, "vague-criterion")[0].severity == Severity::note);
  CHECK(perhaps.criteria_vague == 0);
  CHECK(perhaps.criteria_perhaps_vague == 1);
  CHECK(perhaps.criteria_in_doubt == 0);
}

TEST_CASE("house style that makes a rule louder does not make it surer") {
  Folder folder = with_criterion("Improves the system", "Solves problems in the system.");
  bytes_of(folder, "pathway.yaml") += "lint:\n  rules:\n    vague-criterion: error\n";
  REQUIRE(of_rule(linted(folder), "vague-criterion").size() == 1);
  CHECK(of_rule(linted(folder), "vague-criterion")[0].severity == Severity::note);
  Folder sure = with_criterion("Is a strong engineer", "Understands trade-offs and is proactive about quality.");
  bytes_of(sure, "pathway.yaml") += "lint:\n  rules:\n    vague-criterion: error\n";
  REQUIRE(of_rule(linted(sure), "vague-criterion").size() == 1);
  CHECK(of_rule(linted(sure), "vague-criterion")[0].severity == Severity::error);
}

TEST_CASE("the share of a pathway that is to be mended or cannot be judged is told in plain words") {
  Linted linted;
  CHECK(told_share(linted).empty());
  linted.criteria = 200;
  CHECK(told_share(linted).empty());
  linted.criteria_perhaps_vague = 30;
  CHECK(told_share(linted) == "As written, 30 criteria (15 %) are in doubt.");
  linted.criteria_in_doubt = 100;
  linted.criteria_vague = 81;
  CHECK(told_share(linted) ==
        "Something is to be mended in 100 of 200 criteria (50 %). As written, 81 criteria (41 %) cannot be judged, and 30 more (15 %) are in doubt.");
}

TEST_CASE("words of one list in one sentence are one finding, in two sentences two") {
  CHECK(of_rule(linted(with_criterion("Is approachable and humble", "Pairs on two incidents.")), "personality-criterion").size() == 1);
  CHECK(of_rule(linted(with_criterion("Pairs on incidents", "Is approachable. Is humble.")), "personality-criterion").size() == 2);
}

TEST_CASE("a capability frame is not told beside the vagueness of its sentence") {
  const Linted vague = linted(with_criterion("Able to understand the domain", "Able to understand the domain."));
  CHECK(of_rule(vague, "capability-frame").empty());
  CHECK(of_rule(vague, "vague-criterion").size() == 1);
  const Linted specific = linted(with_criterion("Able to write the runbook of a service", "Able to write the runbook of a service."));
  CHECK_FALSE(of_rule(specific, "capability-frame").empty());
  CHECK(of_rule(specific, "vague-criterion").empty());
}

TEST_CASE("a word behind a hyphen is part of another word") {
  CHECK(of_rule(linted(with_criterion("Writes a business-friendly report", "Writes a business-friendly report.")), "personality-criterion").empty());
  CHECK(of_rule(linted(with_criterion("Is friendly", "Is friendly to everybody.")), "personality-criterion").size() >= 1);
}

TEST_CASE("a place without any route is told once") {
  Folder folder = good();
  std::string& pathway = bytes_of(folder, "pathway.yaml");
  pathway = replace_all(pathway, "  - from: SSE\n    to: TTL\n  - from: TTL\n    to: SSE\n    kind: return\n", "");
  const Linted found = linted(folder);
  REQUIRE(of_rule(found, "dead-end-level").size() == 1);
  CHECK(of_rule(found, "dead-end-level")[0].message == "No route leads to `TTL` or on from it.");
  CHECK(of_rule(found, "unreachable-level").empty());
  CHECK(of_rule(found, "no-way-back").empty());
}

TEST_CASE("a sentence that only leads in to what follows is no copy") {
  const auto both = [](const std::string& sentence) {
    Folder folder = good();
    for (const char* const file : {"levels/ISE.md", "levels/SSE.md"}) {
      std::string& page = bytes_of(folder, file);
      page = replace_all(page, "## Autonomy\n", "## Autonomy\n\n" + sentence + "\n");
    }
    return of_rule(linted(folder), "copied-sentence").size();
  };
  CHECK(both("Somebody reads their plan for the week and asks about what is missing.") == 1);
  CHECK(both("The week of somebody at this place is divided in the following parts.") == 0);
  CHECK(both("Time: the week of somebody at this place has five days of work.") == 0);
}
