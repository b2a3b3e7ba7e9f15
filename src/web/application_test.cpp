#include "web/application.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "temporary_folder.hpp"
#include "web/small_site_test.hpp"
#include "web/watch.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

http::Request request(const std::string& path) {
  http::Request made;
  made.path = path;
  return made;
}

std::string body(Application& application, const std::string& path) {
  const http::Response response = application.handle(request(path));
  return response.representation != nullptr ? response.representation->body : response.body;
}

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

void write_all(const Folder& folder, const std::filesystem::path& root) {
  for (const FolderFile& file : folder.files) write(root / file.path, file.bytes);
}

}  // namespace

TEST_CASE("pages stand ready, and say the same as when they are made on demand") {
  Application application(Application::Mode::edited);
  application.show(load(small_folder()), {});
  const std::string on_demand = body(application, "/levels/SSE");
  application.wait_until_ready();
  const auto ready = application.ready(request("/levels/SSE"));
  REQUIRE(ready != nullptr);
  CHECK(ready->body == on_demand);
  CHECK(ready->cache_control == "private, no-cache");
  CHECK(!ready->gzip.empty());
  CHECK(!ready->brotli.empty());
  CHECK(application.ready(request("/search")) == nullptr);
  CHECK(application.ready(request("/nothing")) == nullptr);
}

TEST_CASE("a first page weighs less than 60 KB with style and scripts, without fonts") {
  Application application(Application::Mode::settled);
  application.show(load(small_folder()), {});
  application.wait_until_ready();
  std::size_t bytes = 0;
  for (const char* const name : {"waymark.css", "waymark.js", "theme.js"}) {
    const SmallSite small;
    const std::string page = small.page("/");
    const std::size_t at = page.find("/assets/" + std::string(name).substr(0, std::string(name).find('.')) + ".");
    REQUIRE(at != std::string::npos);
    const http::Response asset = small.get(page.substr(at, page.find('"', at) - at));
    REQUIRE(asset.representation != nullptr);
    bytes += asset.representation->gzip.empty() ? asset.representation->body.size() : asset.representation->gzip.size();
  }
  bytes += application.ready(request("/"))->gzip.size();
  CHECK(bytes < 60'000);
}

TEST_CASE("a broken edit keeps the last good pathway and says so on every page, until it is mended") {
  const TemporaryFolder temporary;
  write_all(small_folder(), temporary.path());
  Reading first = read_pathway(temporary.path());
  REQUIRE(first.pathway.has_value());
  Application application(Application::Mode::edited);
  application.show(std::move(*first.pathway), {});

  const std::string sound = level_page({"SSE", "Senior Engineer", "ic", "system", "3", "", ""});
  write(temporary.path() / "levels/SSE.md", "---\nid: SSE\ntitle: [\n---\n");
  show_newest(temporary.path(), application);
  for (const char* const path : {"/", "/levels/SSE", "/about", "/nothing"}) {
    CAPTURE(path);
    const std::string page = body(application, path);
    CHECK(has(page, "The newest edit could not be read."));
    CHECK(has(page, "levels/SSE.md:"));
  }
  CHECK(has(body(application, "/levels/SSE"), "The essence of SSE."));

  write(temporary.path() / "levels/SSE.md", sound + "\n## More\n\nNew words.\n");
  show_newest(temporary.path(), application);
  CHECK(!has(body(application, "/"), "The newest edit could not be read."));
  CHECK(has(body(application, "/levels/SSE"), "New words."));
}

TEST_CASE("a folder that goes away is a broken edit") {
  Application application(Application::Mode::edited);
  application.show(load(small_folder()), {});
  show_newest("/nowhere/at/all", application);
  CHECK(has(body(application, "/"), "The newest edit could not be read."));
  CHECK(has(body(application, "/levels/SSE"), "The essence of SSE."));
}

TEST_CASE("a draft says how many gaps it has and where") {
  Folder folder = small_folder();
  for (FolderFile& file : folder.files) {
    if (file.path == "pathway.yaml") file.bytes += "status: draft\n";
    if (file.path == "levels/TTL.md") file.bytes = file.bytes.substr(0, file.bytes.find("## Watch for")).erase(file.bytes.find("## Not expected yet"), 45);
  }
  const TemporaryFolder temporary;
  write_all(folder, temporary.path());
  Reading read = read_pathway(temporary.path());
  REQUIRE(read.pathway.has_value());
  REQUIRE(!read.findings.empty());
  Application application(Application::Mode::edited);
  application.show(std::move(*read.pathway), read.findings);
  const std::string page = body(application, "/");
  CHECK(has(page, "This pathway is a draft."));
  CHECK(has(page, "levels/TTL.md:"));
}

TEST_CASE("an edit is seen by the time or the size of a file, and by files that come and go") {
  const TemporaryFolder temporary;
  write_all(small_folder(), temporary.path());
  const auto before = fingerprint(temporary.path());
  CHECK(fingerprint(temporary.path()) == before);
  write(temporary.path() / "notes.txt", "no document");
  CHECK(fingerprint(temporary.path()) == before);
  write(temporary.path() / "levels/NEW.md", "x");
  CHECK(fingerprint(temporary.path()) != before);
  std::filesystem::remove(temporary.path() / "levels/NEW.md");
  CHECK(fingerprint(temporary.path()) == before);
  CHECK(fingerprint(temporary.path() / "nowhere") == fingerprint("/nowhere/at/all"));
}

TEST_CASE("an edit made between reading the folder and beginning to watch it is shown") {
  const TemporaryFolder temporary;
  const Folder folder = small_folder();
  write_all(folder, temporary.path());
  Application application(Application::Mode::edited);
  const std::uint64_t shown = fingerprint(temporary.path());
  application.show(std::move(*read_pathway(temporary.path()).pathway), {});
  std::string edited = folder.find("levels/SSE.md")->bytes;
  write(temporary.path() / "levels/SSE.md", edited.replace(edited.find("Asked once a month."), 19, "A wandering lighthouse."));
  std::jthread watcher([&](const std::stop_token& stop) { follow_edits(temporary.path(), application, shown, stop); });
  // A guard against hanging, not a promise of speed.
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const auto shows = [&] { return has(body(application, "/levels/SSE"), "A wandering lighthouse."); };
  while (!shows() && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
  CHECK(shows());
}

TEST_CASE("every response carries the headers that keep it to itself") {
  std::string policy;
  for (const auto& [name, value] : security_headers()) {
    if (name == "Content-Security-Policy") policy = value;
  }
  CHECK(policy.starts_with("default-src 'none'"));
  CHECK(!has(policy, "unsafe"));
}
