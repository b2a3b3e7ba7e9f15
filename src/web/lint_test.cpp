// The pages about lint: findings beside their words, rules explained, nothing of it in an export.
#include <doctest/doctest.h>

#include "lint/rule.hpp"
#include "web/small_site_test.hpp"

using namespace waymark;
using namespace waymark::web;
using testing::has;
using testing::small_folder;
using testing::SmallSite;

namespace {

constexpr Date today{std::chrono::local_days{std::chrono::year(2026) / 6 / 1}};

std::string lint_page(const Folder& folder, std::vector<std::pair<std::string, std::string>> query = {}) {
  const pathway::Loaded loaded = pathway::load(folder);
  REQUIRE(loaded.pathway.has_value());
  const Site site(*loaded.pathway, Links::Form::served, {}, make_lint_view(folder, loaded, today));
  http::Request request;
  request.path = "/lint";
  request.query = std::move(query);
  const http::Response response = answer(site, nullptr, request);
  CHECK(response.status == 200);
  return response.body;
}

std::string& bytes_of(Folder& folder, std::string_view path) {
  return std::find_if(folder.files.begin(), folder.files.end(), [&](const FolderFile& file) { return file.path == path; })->bytes;
}

}  // namespace

TEST_CASE("a finding stands beside its words, and leads to its page and its rule") {
  Folder folder = small_folder();
  bytes_of(folder, "capabilities/design.md") += "\nA <b>guru</b> & a guru.\n";
  const std::string page = lint_page(folder);
  CHECK(has(page, "<a href=\"/capabilities/design\">Design</a>"));
  CHECK(has(page, "<mark>guru</mark>"));
  CHECK(has(page, "A &lt;b&gt;"));
  CHECK(has(page, "<a href=\"/lint/exclusive-word\">exclusive-word</a>"));
  CHECK(has(page, "<code>guru</code>"));
}

TEST_CASE("of many findings the first hundred are shown, and each page can be chosen") {
  Folder folder = small_folder();
  for (int i = 0; i < 150; ++i) bytes_of(folder, "capabilities/design.md") += "\nThis is a guru.\n";
  bytes_of(folder, "levels/SSE.md") += "\nThis is a guru.\n";
  CHECK(has(lint_page(folder), "Shown are the first 100 of "));
  const std::string one = lint_page(folder, {{"file", "levels/SSE.md"}});
  CHECK_FALSE(has(one, "Shown are"));
  CHECK_FALSE(has(one, "capabilities/design.md"));
  CHECK(has(one, "This is a <mark>guru</mark>."));
  CHECK(has(one, "<a href=\"/lint\">All pages</a>"));
  const std::string clean = lint_page(folder, {{"file", "levels/<b>.md"}});
  CHECK(has(clean, "There is nothing to mend in levels/&lt;b&gt;.md."));
  CHECK_FALSE(has(clean, "no link leads nowhere"));
}

TEST_CASE("every rule has its page, a misspelt one a suggestion") {
  const SmallSite small;
  for (const lint::RuleInfo& rule : lint::all_rules()) {
    CAPTURE(rule.id);
    const std::string page = small.page("/lint/" + std::string(rule.id));
    CHECK(has(page, "<h2>How to get there</h2>"));
  }
  const http::Response missing = small.get("/lint/vague-criterium");
  CHECK(missing.status == 404);
  CHECK(has(missing.body, "/lint/vague-criterion"));
}

TEST_CASE("where the documents are not at hand there is no such page, and nothing leads to it") {
  const SmallSite small;
  CHECK(small.get("/lint").status == 404);
  CHECK_FALSE(has(small.page("/about"), "What lint found"));
}
