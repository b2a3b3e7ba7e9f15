// What the language server makes of bytes: no crash, nothing but whole JSON-RPC messages in return, and the same ones however the bytes are cut. Lines of the
// input become messages of a session that has begun, so that a mutation reaches the requests; what follows a zero byte is sent as it is.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "editor/frame_reader.hpp"
#include "editor/message.hpp"
#include "editor/server.hpp"

namespace {

using namespace waymark::editor;

void require(bool promise) {
  if (!promise) std::abort();
}

const std::string beginning = framed(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}})") +
                              framed(R"({"jsonrpc":"2.0","method":"initialized","params":{}})");

class StoppedClock : public waymark::Clock {
 public:
  [[nodiscard]] waymark::Instant now() const override { return {}; }
};

std::vector<std::string> answers(std::string_view bytes, std::size_t step) {
  std::vector<std::string> sent;
  const StoppedClock clock;
  Server server([&](std::string_view body) { sent.emplace_back(body); }, clock, {1024, 1u << 16});
  for (std::size_t at = 0; at < bytes.size(); at += step) server.receive(bytes.substr(at, step));
  for (int i = 0; i < 1000 && server.has_work() && !server.exit_code(); ++i) server.work();
  server.settle();
  for (const std::string& body : sent) require(waymark::is_valid_utf8(body) && Message::read(body).has_value());
  return sent;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = 1 + data[0] % 64;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t raw = std::min(input.find('\0'), input.size());
  std::string bytes = beginning;
  for (const std::string_view line : waymark::split(input.substr(0, raw), '\n')) bytes += framed(line);
  bytes += input.substr(raw);
  require(answers(bytes, bytes.size()) == answers(bytes, step));
  return 0;
}
