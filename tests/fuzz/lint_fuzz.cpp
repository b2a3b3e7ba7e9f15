// Any bytes as the page of a level in a small pathway, and as a statement. Findings lie where there is text, the order of the files does not matter, mending twice is mending once,
// and the parts of a statement lie inside it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "lint/fixing.hpp"
#include "lint/lint.hpp"

using namespace waymark;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

constexpr Date today{std::chrono::year_month_day{std::chrono::year(2026), std::chrono::month(6), std::chrono::day(1)}};
constexpr std::string_view fuzzed = "levels/SSE.md";

constexpr std::string_view settings = R"(name: Small pathway
version: "1"
language: en
scope_axis: [component, system]
tracks:
  - id: ic
    title: Individual Contributor
    summary: For engineers who build.
    levels: [ISE, SSE]
routes:
  - from: ISE
    to: SSE
  - from: SSE
    to: ISE
    kind: return
lint:
  allow: [regularly]
)";

constexpr std::string_view neighbour = R"(---
id: ISE
title: Intermediate Engineer
track: ic
scope: component
scope_position: 1
autonomy: Self-directed
shift: Answering for a component
---

An intermediate engineer answers for one component and for what it does in production.

## Scope of impact

One component, with its tests, its alarms and the people who call its interface.

## Autonomy

The lead agrees a goal with them each month, and hears about it again when it is met.

## What changes here

### Publishes a monthly report {#component-report}

Publishes the error rate and the open faults of a component. The report is read by the teams that call it.

## Not expected yet

Choosing how several components fit together.

## What it looks like

- Halved the memory of the invoice parser after a customer's import had failed twice.
)";

Folder pathway_with(std::string_view page) {
  return {"fuzz", {{"levels/ISE.md", std::string(neighbour)}, {std::string(fuzzed), std::string(page)}, {"pathway.yaml", std::string(settings)}}, {}};
}

lint::Linted linted(const Folder& folder) { return lint::lint(folder, pathway::load(folder), today); }

void expect_places(const Findings& findings, const Folder& folder) {
  for (const Finding& finding : findings) {
    expect(!finding.rule.empty() && !finding.message.empty());
    const FolderFile* const file = folder.find(finding.file);
    if (file == nullptr) continue;  // a file that is missing is found by its name
    expect(finding.span.begin.line >= 1 && finding.span.begin.line <= SourceText(file->path, file->bytes).line_count());
    expect(finding.span.begin <= finding.span.end);
  }
}

std::string mended(const lint::Linted& found, std::string_view page) { return lint::edited(page, lint::mechanical_edits(found.findings, fuzzed)); }

void lint_page(std::string_view page) {
  const Folder folder = pathway_with(page);
  const lint::Linted found = linted(folder);
  expect_places(found.findings, folder);
  expect_places(found.allowed, folder);
  expect(found.criteria_in_doubt <= found.criteria);

  Folder reversed = folder;
  std::reverse(reversed.files.begin(), reversed.files.end());
  const lint::Linted again = linted(reversed);
  expect(again.findings.size() == found.findings.size() && again.allowed.size() == found.allowed.size());

  if (!is_valid_utf8(page)) return;  // lint --fix leaves those alone
  const std::string once = mended(found, page);
  if (once != page) expect(mended(linted(pathway_with(once)), once) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  lint_page(input);
  std::size_t last = 0;
  for (const lint::StatementFinding& finding : lint::lint_statement(input)) {
    expect(finding.begin <= finding.end && finding.end <= input.size() && finding.begin >= last);
    last = finding.begin;
  }
  return 0;
}
