#include "editor/server.hpp"

#include <doctest/doctest.h>

#include <fmt/core.h>

#include "editor/file_uri.hpp"
#include "editor/good_folder_test.hpp"

using namespace waymark;
using namespace waymark::editor;
using editor::testing::GoodFolder;

namespace {

class StoppedClock : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant{editor::testing::a_day.time_since_epoch()}; }
};

/// A server and everything it sent.
struct Talk {
  std::vector<std::string> sent;
  StoppedClock clock;
  Server server{[this](std::string_view body) { sent.emplace_back(body); }, clock};

  void work() {
    while (server.has_work()) server.work();
  }
  void say(const std::string& body) { server.receive(framed(body)); }
  void tell(const std::string& method, const std::string& params) {
    say(fmt::format(R"({{"jsonrpc":"2.0","method":"{}","params":{}}})", method, params));
  }
  void begin() {
    say(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})");
    tell("initialized", "{}");
    work();
    sent.clear();
  }
  [[nodiscard]] std::size_t count(std::string_view words) const {
    std::size_t found = 0;
    for (const std::string& body : sent) found += body.find(words) != std::string::npos ? 1 : 0;
    return found;
  }
};

std::string opened(const GoodFolder& good, const std::string& file) {
  return fmt::format(R"({{"textDocument":{{"uri":"{}","version":1,"text":"# Words"}}}})", uri_of(good.root() / file));
}

}  // namespace

TEST_CASE("a burst of keys costs one check") {
  GoodFolder good;
  Talk talk;
  talk.begin();
  talk.tell("textDocument/didOpen", opened(good, "levels/SSE.md"));
  for (int version = 2; version < 50; ++version) {
    talk.tell("textDocument/didChange", fmt::format(R"({{"textDocument":{{"uri":"{}","version":{}}},"contentChanges":[{{"text":"# {}"}}]}})",
                                                    uri_of(good.root() / "levels/SSE.md"), version, version));
  }
  talk.work();
  const std::string about_it = R"("uri":")" + uri_of(good.root() / "levels/SSE.md");
  CHECK(talk.count(about_it) == 1);
  CHECK(talk.count(R"("version":49)") == 1);
  // Looking more closely says nothing new.
  talk.server.settle();
  CHECK(!talk.server.wants_to_settle());
  CHECK(talk.count(about_it) <= 2);
}

TEST_CASE("only a request that waits can be cancelled") {
  Talk talk;
  talk.begin();
  talk.say(R"({"jsonrpc":"2.0","id":"a","method":"workspace/symbol","params":{"query":""}})");
  talk.tell("$/cancelRequest", R"({"id":"a"})");
  talk.tell("$/cancelRequest", R"({"id":7})");
  talk.say(R"({"jsonrpc":"2.0","id":7,"method":"workspace/symbol","params":{"query":""}})");
  talk.work();
  REQUIRE(talk.sent.size() == 2);
  CHECK(talk.sent[0].find("-32800") != std::string::npos);
  CHECK(talk.sent[1] == R"({"jsonrpc":"2.0","id":7,"result":[]})");
}

TEST_CASE("diagnostics of a folder without open documents come once it is a workspace folder, and go with it") {
  GoodFolder good;
  std::filesystem::remove(good.root() / "levels/TTL.md");
  Talk talk;
  talk.begin();
  const std::string folder = fmt::format(R"([{{"uri":"{}","name":"x"}}])", uri_of(good.root()));
  talk.tell("workspace/didChangeWorkspaceFolders", R"({"event":{"added":)" + folder + R"(,"removed":[]}})");
  talk.work();
  CHECK(talk.count("publishDiagnostics") > 0);
  talk.sent.clear();
  talk.tell("workspace/didChangeWorkspaceFolders", R"({"event":{"added":[],"removed":)" + folder + "}}");
  talk.work();
  CHECK(talk.count(R"("diagnostics":[])") > 0);
  CHECK(talk.count("message") == 0);
}

TEST_CASE("exit ends it, in order or not") {
  Talk rude;
  rude.tell("exit", "null");
  rude.work();
  CHECK(rude.server.exit_code() == 1);
  Talk polite;
  polite.begin();
  polite.say(R"({"jsonrpc":"2.0","id":9,"method":"shutdown"})");
  polite.tell("exit", "null");
  polite.work();
  CHECK(polite.server.exit_code() == 0);
}
