#include "editor/checking.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "lint/lint.hpp"
#include "pathway/small_pathway_test.hpp"

using namespace waymark;
using namespace waymark::editor;

namespace {

const Date today = Date{std::chrono::local_days{std::chrono::year(2026) / 3 / 2}};

/// The starter with something wrong in every way: one page's words, two pages side by side, a link, an allowed finding.
Folder folder() {
  Folder folder = read_folder(WAYMARK_SOURCE_DIR "/starter", pathway::document_extensions()).value();
  const auto put = [&](const char* file, const std::string& text) {
    for (FolderFile& each : folder.files) {
      if (each.path == file) each.bytes += text;
    }
  };
  put("levels/SSE.md",
      "\n## Notes\n\nThe young engineer has ten years of experience, and the craziest manpower in the company by far.\n\n"
      "Everybody here writes one long sentence that stands on another page as well, word for word.\n");
  put("levels/LSE.md", "\n## Notes\n\nEverybody here writes one long sentence that stands on another page as well, word for word.\n");
  put("levels/TTL.md",
      "\n## Notes\n\n[Nowhere](SSE.md#nowhere)\n\n<!-- waymark: allow exclusive-word because it is quoted -->\n\nManpower is counted.\n");
  return folder;
}

FolderFile& page(Folder& folder, std::string_view file) {
  return *std::find_if(folder.files.begin(), folder.files.end(), [&](const FolderFile& each) { return each.path == file; });
}

std::vector<std::string> lines(const Findings& findings) {
  std::vector<std::string> all;
  for (const Finding& finding : findings) all.push_back(to_line(finding));
  return all;
}

}  // namespace

TEST_CASE("looking whole finds what lint finds") {
  const Folder documents = folder();
  Checking checking;
  checking.check_all(documents, today);
  CHECK(lines(checking.findings()) == lines(lint::lint(documents, pathway::load(documents), today).findings));
  CHECK(checking.findings().size() > 4);
}

TEST_CASE("looking quickly finds the same, when the change is one of lines or of words on one page") {
  for (const auto& [name, from, with] : {std::tuple{"levels/SSE.md", "\n## Scope of impact", "\nAnother line.\n\n## Scope of impact"},
                                       {"levels/SSE.md", "ten years", "twenty years"},
                                       {"levels/SSE.md", "manpower", "people"},
                                       {"levels/TTL.md", "#nowhere", "#drives-design"},
                                       {"levels/SSE.md", "## Notes", "### Notes {#nowhere}"},
                                       {"capabilities/design.md", "---\n", "---\n"},
                                       {"levels/LSE.md", "## Notes\n", "## Notes\n\nMore manpower.\n"}}) {
    const std::string file = name;
    const std::string to = with;
    CAPTURE(file);
    CAPTURE(to);
    Folder documents = folder();
    Checking checking;
    checking.check_all(documents, today);
    FolderFile& changed = page(documents, file);
    const std::size_t at = changed.bytes.find(from);
    REQUIRE(at != std::string::npos);
    changed.bytes.replace(at, std::string_view(from).size(), to);
    REQUIRE(checking.check_quickly(documents, today));
    const auto quick = lines(checking.findings());
    checking.check_all(documents, today);
    CHECK(quick == lines(checking.findings()));
  }
}

TEST_CASE("looking quickly is declined when it would not do") {
  Folder documents = folder();
  Checking checking;
  CHECK(!checking.check_quickly(documents, today));
  checking.check_all(documents, today);
  CHECK(checking.check_quickly(documents, today));
  page(documents, "pathway.yaml").bytes += "\n";
  CHECK(!checking.check_quickly(documents, today));
  checking.check_all(documents, today);
  documents.files.pop_back();
  CHECK(!checking.check_quickly(documents, today));
  checking.check_all(documents, today);
  for (const char* const file : {"levels/SSE.md", "levels/TTL.md", "levels/EM.md"}) page(documents, file).bytes += "\n";
  CHECK(!checking.check_quickly(documents, today));
}

TEST_CASE("the last pathway that could be loaded stays") {
  Folder documents = read_folder(WAYMARK_SOURCE_DIR "/starter", pathway::document_extensions()).value();
  Checking checking;
  checking.check_all(documents, today);
  REQUIRE(checking.pathway());
  const std::string hash = checking.pathway()->hash;
  page(documents, "levels/SSE.md").bytes = "nothing";
  REQUIRE(checking.check_quickly(documents, today));
  CHECK(has_errors(checking.findings()));
  CHECK(checking.pathway()->hash == hash);
}

TEST_CASE("lines move with what was written above them") {
  const LineShift shift("a\nb\nc\nd\n", "a\nx\ny\nc\nd\n");
  CHECK(shift.moved({{1, 1}, {1, 2}}) == Span{{1, 1}, {1, 2}});
  CHECK(!shift.moved({{2, 1}, {2, 2}}));
  CHECK(!shift.moved({{1, 1}, {3, 2}}));
  CHECK(shift.moved({{4, 1}, {4, 2}}) == Span{{5, 1}, {5, 2}});
}
