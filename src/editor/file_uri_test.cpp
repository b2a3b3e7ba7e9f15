#include "editor/file_uri.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace waymark::editor;

TEST_CASE("an address names a path, however the client escapes it") {
  CHECK(path_of("file:///srv/a/path%20way/levels/SSE.md") == "/srv/a/path way/levels/SSE.md");
  CHECK(path_of("FILE://localhost/a%2Fb/../c") == "/a/c");
  CHECK(path_of("file:///%C3%A9#part") == "/é");
}

TEST_CASE("what is no file here is absent") {
  for (const char* const uri : {"", "file:", "file://", "http://example.org/a", "untitled:Untitled-1", "file://elsewhere/a", "file:///a%",
                                "file:///a%zz", "file:///a%00b", "/a", "git:/a"}) {
    CAPTURE(uri);
    CHECK(!path_of(uri));
  }
}

TEST_CASE("a path comes back from its address") {
  CHECK(uri_of("/a b/é#?%") == "file:///a%20b/%C3%A9%23%3F%25");
  CHECK(rc::check([](const std::string& name) {
    RC_PRE(!name.empty() && name.find('\0') == std::string::npos);
    const auto path = std::filesystem::path("/root/" + name).lexically_normal();
    RC_ASSERT(path_of(uri_of(path)) == path);
  }));
}
