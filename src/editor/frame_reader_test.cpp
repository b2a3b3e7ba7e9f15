#include "editor/frame_reader.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <vector>

using namespace waymark;
using namespace waymark::editor;

namespace {

/// Bodies as they are, "!" for each fault.
std::vector<std::string> read_all(FrameReader& reader) {
  std::vector<std::string> seen;
  while (auto frame = reader.next()) seen.push_back(*frame ? **frame : "!");
  return seen;
}

std::vector<std::string> read_all(std::string_view bytes, FrameLimits limits = {}) {
  FrameReader reader(limits);
  reader.feed(bytes);
  return read_all(reader);
}

using Bodies = std::vector<std::string>;

}  // namespace

TEST_CASE("bodies come out as they went in, however the bytes are cut") {
  CHECK(rc::check([](const std::vector<std::string>& bodies, unsigned char step) {
    std::string bytes;
    for (const std::string& body : bodies) bytes += framed(body);
    FrameReader reader;
    Bodies seen;
    const std::size_t size = std::size_t{step} + 1;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      reader.feed(std::string_view(bytes).substr(at, size));
      for (std::string& body : read_all(reader)) seen.push_back(std::move(body));
    }
    RC_ASSERT(seen == bodies);
  }));
}

TEST_CASE("a header may say more, in any case, with bare line feeds") {
  CHECK(read_all("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:  2 \r\n\r\n{}") == Bodies{"{}"});
  CHECK(read_all("Content-Length: 2\n\n{}") == Bodies{"{}"});
}

TEST_CASE("behind a fault the next message is read") {
  const std::string good = framed("good");
  for (const char* const broken : {"Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 1 2\r\n\r\n", "no header\r\n\r\n",
                                   "Content-Length: 99999999999999999999999\r\n\r\n", "\r\n\r\n\r\n"}) {
    CAPTURE(broken);
    const Bodies seen = read_all(broken + good);
    CHECK(seen.front() == "!");
    CHECK(seen.back() == "good");
  }
  // A body that is longer than announced leaves its end in front of the next header.
  CHECK(read_all("Content-Length: 2\r\n\r\n{}garbage" + good) == Bodies{"{}", "!", "good"});
}

TEST_CASE("too much is passed over, not kept") {
  const FrameLimits limits{100, 10};
  CHECK(read_all(framed("eleven bytes") + framed("good"), limits) == Bodies{"!", "good"});
  CHECK(read_all(std::string(1000, 'x'), limits) == Bodies{"!"});
  CHECK(read_all("Content-Length: 18446744073709551615\r\n\r\nabc", limits) == Bodies{"!"});
}
