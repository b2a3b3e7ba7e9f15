/// For tests: a small pathway from documents in memory, and ways to ask its site for pages.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/folder.hpp"
#include "pathway/pathway.hpp"
#include "pathway/search.hpp"
#include "web/routes.hpp"
#include "web/site.hpp"

namespace waymark::web::testing {

struct LevelWords {
  std::string id, title, track, scope, position, more, stops;
};

inline std::string level_page(const LevelWords& words) {
  return "---\nid: " + words.id + "\ntitle: " + words.title + "\ntrack: " + words.track + "\nscope: " + words.scope + "\nscope_position: " + words.position +
         "\nautonomy: Trusted\nshift: What changes at " + words.id + "\n" + words.more + "---\n\nThe essence of " + words.id +
         ".\n\n## Scope of impact\n\nA whole " + words.scope + ".\n\nAnd its edges.\n\n## Autonomy\n\nAsked once a month.\n\n## What changes here\n\nMore than before.\n\n### Writes it down {#writes}\n\nWrites the " +
         words.id + " record. See [the fork](../fork.md).\n\n### Shows it {#shows}\n\nShows the " + words.id + " result.\n" + words.stops + "\n## Not expected yet\n\n- Anything beyond " + words.id +
         ".\n\n## What it looks like\n\n- An example at " + words.id + ".\n- A second one.\n\n## Watch for\n\n- Haste.\n";
}

inline Folder small_folder() {
  Folder folder;
  folder.name = "small";
  const auto add = [&](std::string path, std::string bytes) { folder.files.push_back({std::move(path), std::move(bytes)}); };
  add("pathway.yaml", R"(name: Small pathway
version: "1.2"
language: en
url: https://pathway.example
scope_axis: [task, component, system, domain]
tracks:
  - {id: ic, title: Individual Contributor, summary: They build., levels: [JSE, SSE, LSE, STAFF]}
  - {id: leadership, title: Leadership, summary: They lead., levels: [TTL]}
routes:
  - {from: JSE, to: SSE, note: From a task to a system.}
  - {from: SSE, to: LSE, note: One branch.}
  - {from: SSE, to: TTL, note: The other branch.}
  - {from: LSE, to: STAFF, note: Where it is in use.}
  - {from: TTL, to: SSE, kind: return, note: An ordinary way back.}
fork: {at: SSE, branches: [LSE, TTL], page: fork.md}
equivalences:
  - {place: SSE, equals: [TTL], note: Side by side.}
dormant: [STAFF]
thresholds:
  - {id: team-size, level: TTL, measure: engineers on the team, unit: engineers, from: 4, to: 8, reason: Time to lead., also: A team may be forming., ask: "Is this one team?"}
retired:
  - {id: SSE.old-habit, in: "1.1", because: Nobody could judge it., now: SSE.writes}
)");
  add("levels/JSE.md", level_page({"JSE", "Junior Engineer", "ic", "task", "1", "", ""}));
  add("levels/SSE.md", level_page({"SSE", "Senior Engineer", "ic", "system", "3", "", "\n## What stops counting\n\n- [Shows it](JSE.md#shows): others do.\n"}));
  add("levels/LSE.md", level_page({"LSE", "Lead Engineer", "ic", "domain", "4", "", ""}));
  add("levels/STAFF.md", level_page({"STAFF", "Staff Engineer", "ic", "domain", "4.5", "when: When people already do this work.\n", ""}));
  add("levels/TTL.md", level_page({"TTL", "Team Lead", "leadership", "system", "3", "", ""}));
  add("fork.md",
      "---\nid: fork\ntitle: The fork\n---\n\nHere the way parts.\n\n## Towards lead engineer {#LSE}\n\n### What it costs\n\nSlow answers.\n\n## Towards team lead {#TTL}\n\n### What it costs\n\n"
      "Deep work.\n\n## Stay, deliberately {#stay}\n\n### What it costs\n\nSome patience.\n\n## Having the conversation {#conversation}\n\nTake an hour.\n");
  add("capabilities/design.md",
      "---\nid: design\ntitle: Design\nsummary: Giving form.\n---\n\nA design is a choice.\n\n## How it deepens\n\n### At SSE {#SSE}\n\nIt [is written down](../levels/SSE.md#writes) and [shown](../levels/SSE.md#shows).\n");
  add("archetypes/platform.md",
      "---\nid: platform\ntitle: Platform engineer\nsummary: Users next door.\n---\n\nSoftware for colleagues.\n\n## At SSE {#SSE}\n\nA platform system holds together because of you.\n\n- A platform example.\n");
  return folder;
}

/// REQUIRES a folder that loads.
inline pathway::Pathway load(const Folder& folder) {
  pathway::Loaded loaded = pathway::load(folder);
  std::string problems;
  for (const Finding& finding : loaded.findings) problems += to_line(finding) + "\n";
  CAPTURE(problems);
  REQUIRE(loaded.pathway.has_value());
  return std::move(*loaded.pathway);
}

/// A pathway, its site and its index, together.
struct SmallSite {
  explicit SmallSite(pathway::Pathway read = load(small_folder()), Links::Form form = Links::Form::served) : pathway(std::move(read)), site(pathway, form), search(pathway) {}
  SmallSite(const SmallSite&) = delete;
  SmallSite& operator=(const SmallSite&) = delete;

  [[nodiscard]] http::Response get(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {}, std::vector<std::pair<std::string, std::string>> headers = {}) const {
    http::Request request;
    request.path = path;
    request.query = std::move(query);
    request.headers = std::move(headers);
    return answer(site, &search, request);
  }
  [[nodiscard]] std::string page(const std::string& path) const {
    const http::Response response = get(path);
    CAPTURE(path);
    CHECK(response.status == 200);
    return response.body;
  }

  pathway::Pathway pathway;
  Site site;
  pathway::SearchIndex search;
};

inline std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

inline bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace waymark::web::testing
