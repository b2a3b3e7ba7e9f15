// Given this pathway, this page: what a reader finds on every kind of page.
#include <doctest/doctest.h>

#include "web/small_site_test.hpp"

using namespace waymark::web;
using namespace waymark::web::testing;

TEST_CASE("the landscape shows every place with its shift, its routes, and the same as a list") {
  const SmallSite small;
  const std::string page = small.page("/");
  for (const char* const words : {"Junior Engineer", "Senior Engineer", "Team Lead", "What changes at SSE", "Individual Contributor", "Leadership", "The same as a list"}) CHECK(has(page, words));
  CHECK(has(page, R"(href="/levels/SSE")"));
  CHECK(has(page, R"(data-ways="onward:LSE onward:TTL")"));
  CHECK(has(page, R"(data-ways="return:SSE")"));
  CHECK(has(page, "TTL Team Lead. What changes at TTL. Scope: system. Track: Leadership."));
  CHECK(has(page, "Not in use here."));
  CHECK(has(page, "When people already do this work."));
  CHECK(has(page, "Scope: system. Equal standing: Team Lead"));
  CHECK(has(page, "a return"));
}

TEST_CASE("a level page is an essay with permalinks and a margin") {
  const SmallSite small;
  const std::string page = small.page("/levels/SSE");
  CHECK(has(page, "<h1>Senior Engineer</h1>"));
  CHECK(has(page, "The essence of SSE."));
  CHECK(has(page, R"(id="scope-of-impact-2" data-cite="SSE.scope-of-impact-2")"));
  CHECK(has(page, R"(id="writes" data-cite="SSE.writes")"));
  CHECK(has(page, R"(href="/cite/SSE.writes")"));
  CHECK(has(page, R"(<a href="/capabilities/design#SSE">Design</a>)"));
  CHECK(has(page, R"(id="what-stops-counting-1")"));
  CHECK(has(page, R"(id="stops-1")"));
  CHECK(has(page, R"(href="/levels/JSE#shows")"));
  CHECK(has(page, R"(href="/from/SSE/to/LSE")"));
  CHECK(has(page, R"(href="/archetypes/platform/SSE")"));
  CHECK(has(page, "Routes that lead here"));
  CHECK(has(page, "1 more criterion counts here, from places before"));
}

TEST_CASE("a dormant level says so, and when it would be worth switching on") {
  const SmallSite small;
  CHECK(has(small.page("/levels/STAFF"), "<strong>This place is not in use here.</strong> When people already do this work."));
}

TEST_CASE("read for a kind of work, a level has that work's examples in place of the general ones") {
  const SmallSite small;
  const std::string page = small.page("/archetypes/platform/SSE");
  CHECK(has(page, "A platform system holds together because of you."));
  CHECK(has(page, "A platform example."));
  CHECK(!has(page, "An example at SSE."));
  CHECK(has(page, R"(href="/levels/SSE#what-it-looks-like")"));
  CHECK(has(page, R"(href="/archetypes/platform/SSE" aria-current="page")"));
  CHECK(has(page, R"(href="/levels/SSE">Any engineer)"));
}

TEST_CASE("what would change is told in four parts") {
  const SmallSite small;
  const std::string page = small.page("/from/JSE/to/SSE");
  for (const char* const words : {"What you keep doing", "What is new", "What you stop being measured by", "What nobody expects yet", "From a task to a system."}) CHECK(has(page, words));
  CHECK(has(page, "Writes the SSE record."));
  CHECK(has(page, ": others do."));
  CHECK(has(page, "Anything beyond SSE."));
  CHECK(has(page, "1 criterion counts at both places."));
  CHECK(has(page, R"(href="/from/SSE/to/JSE")"));
}

TEST_CASE("where no route leads directly, the page says what lies between, or that none does") {
  const SmallSite small;
  CHECK(has(small.page("/from/JSE/to/TTL"), "The shortest way goes through"));
  CHECK(has(small.page("/from/STAFF/to/JSE"), "No route in this pathway leads there."));
}

TEST_CASE("at the fork both branches stand side by side and staying is an answer") {
  const SmallSite small;
  const std::string reach = small.page("/from/SSE");
  CHECK(has(reach, "columns-2"));
  CHECK(has(reach, "One branch."));
  CHECK(has(reach, "The other branch."));
  CHECK(has(reach, "Stay, deliberately"));
  CHECK(has(reach, "Staying is an answer"));
  const std::string fork = small.page("/fork");
  for (const char* const words : {"Here the way parts.", "Towards lead engineer", "Towards team lead", "Stay, deliberately", "Slow answers.", "Deep work.", "Some patience.", "Take an hour."}) CHECK(has(fork, words));
  CHECK(!has(fork, "checked"));
}

TEST_CASE("a place that no route leaves teaches what to do about it") {
  const SmallSite small;
  CHECK(has(small.page("/from/STAFF"), "No route leaves this place so far."));
}

TEST_CASE("any two places can be chosen in a form, which says what is wrong with a choice") {
  const SmallSite small;
  CHECK(has(small.page("/compare"), R"(<option value="SSE">SSE · Senior Engineer</option>)"));
  const auto chosen = small.get("/compare", {{"from", "SSE"}, {"to", "ttl"}});
  CHECK(chosen.status == 303);
  CHECK(header(chosen, "Location") == "/from/SSE/to/TTL");
  const auto same = small.get("/compare", {{"from", "SSE"}, {"to", "SSE"}});
  CHECK(same.status == 422);
  CHECK(has(same.body, "Choose two different places"));
  CHECK(has(same.body, R"(<option value="SSE" selected>)"));
  CHECK(small.get("/compare", {{"from", "SSE"}, {"to", "Nowhere"}}).status == 422);
  CHECK(has(small.get("/compare", {{"from", ""}, {"to", "SSE"}}).body, "Choose the place to begin at."));
}

TEST_CASE("capabilities and archetypes have a list and a page each") {
  const SmallSite small;
  CHECK(has(small.page("/capabilities"), "Giving form."));
  const std::string design = small.page("/capabilities/design");
  CHECK(has(design, "A design is a choice."));
  CHECK(has(design, R"(id="SSE")"));
  CHECK(has(design, R"(<a href="/levels/SSE#writes">is written down</a>)"));
  CHECK(has(small.page("/archetypes"), "Users next door."));
  CHECK(has(small.page("/archetypes/platform"), "Software for colleagues."));
}

TEST_CASE("a search shows the passage with the words marked, and finds nothing kindly") {
  const SmallSite small;
  const auto found = small.get("/search", {{"q", "record"}});
  CHECK(has(found.body, "<mark>record</mark>"));
  CHECK(has(found.body, "<h1>Search</h1>"));
  CHECK(has(small.get("/search", {{"q", "zebra"}}).body, "Nothing here speaks of “zebra”"));
  const auto live = small.get("/search", {{"q", "record"}}, {{"hx-request", "true"}});
  CHECK(!has(live.body, "<html"));
  CHECK(has(live.body, "<mark>record</mark>"));
}

TEST_CASE("a citation shows its words, its version, its link and where it is used") {
  const SmallSite small;
  const std::string page = small.page("/cite/SSE.writes");
  CHECK(has(page, "Writes the SSE record."));
  CHECK(has(page, small.pathway.short_hash()));
  CHECK(has(page, R"(href="/levels/SSE#writes")"));
  CHECK(has(page, "https://pathway.example/levels/SSE#writes"));
  CHECK(has(page, "Design"));
}

TEST_CASE("a retired id keeps its meaning and says what stands for it now") {
  const SmallSite small;
  const std::string page = small.page("/cite/SSE.old-habit");
  CHECK(has(page, "Nobody could judge it."));
  CHECK(has(page, "version 1.1"));
  CHECK(has(page, R"(<a href="/levels/SSE#writes">Writes it down</a>)"));
}

TEST_CASE("contents and about hold what there is") {
  const SmallSite small;
  const std::string contents = small.page("/contents");
  CHECK(has(contents, R"(<a href="/levels/TTL#shows">Shows it</a>)"));
  CHECK(has(contents, "TTL.shows"));
  const std::string about = small.page("/about");
  CHECK(has(about, small.pathway.hash));
  CHECK(has(about, "4–8 engineers"));
  CHECK(has(about, "Is this one team?"));
  CHECK(has(about, "never used for appraisal"));
  CHECK(has(about, R"(id="team-size")"));
}

TEST_CASE("hostile words stay words, wherever they stand") {
  waymark::Folder folder = small_folder();
  const std::string evil = "\"><script>alert('x')</script>{{TITLE}}";
  for (waymark::FolderFile& file : folder.files) {
    if (file.path == "levels/SSE.md") {
      file.bytes = level_page({"SSE", "'" + std::string("\"><script>alert(1)</script>") + "'", "ic", "system", "3", "band: '<img src=x onerror=alert(2)>'\n", ""});
      file.bytes += "\n## Other <script>alert(3)</script> {#other}\n\n[click](javascript:alert(4)) <img src=x onerror=alert(5)> [data](data:text/html,x)\n";
    }
  }
  const SmallSite small(load(folder));
  for (const std::string& address : small.site.addresses()) {
    const std::string page = small.page(address);
    CAPTURE(address);
    CHECK(!has(page, "<script>alert"));
    CHECK(!has(page, "<img"));
    CHECK(!has(page, "href=\"javascript:"));
  }
  CHECK(has(small.page("/levels/SSE"), "&lt;script&gt;alert(1)"));
  const auto search = small.get("/search", {{"q", evil}});
  CHECK(!has(search.body, "<script>alert"));
  CHECK(has(search.body, "{{TITLE}}"));
  CHECK(!has(small.get("/levels/<script>alert(1)<").body, "<script>alert"));
}

TEST_CASE("every page has one first heading, a language and a way past the navigation") {
  const SmallSite small;
  for (const std::string& address : small.site.addresses()) {
    const std::string page = small.page(address);
    CAPTURE(address);
    CHECK(has(page, R"(<html lang="en">)"));
    CHECK(has(page, "Skip to the page"));
    CHECK(page.find("<h1") != std::string::npos);
    CHECK(page.find("<h1") == page.rfind("<h1"));
    CHECK(!has(page, "waymark:"));
    CHECK(!has(page, "style=\""));
  }
}
