#include "editor/serve.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "base/clock.hpp"
#include "editor/server.hpp"

namespace waymark::editor {
namespace {

constexpr int look_around_every_ms = 2000;
constexpr int settle_after_ms = 200;
constexpr std::size_t most_waiting = 256u << 20;

/// False when nobody reads any more.
bool write_all(int out, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(out, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool is_alive(std::int64_t process) { return process > 0 && (kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH); }

/// Watches the client's process, where it can be seen: a client in another container or on another machine names one that cannot.
class ClientWatch {
 public:
  bool is_gone(const Server& server) {
    const auto process = server.client_process();
    if (!process) return false;
    const bool alive = is_alive(*process);
    m_seen = m_seen || alive;
    return m_seen && !alive;
  }

 private:
  bool m_seen = false;
};

enum class Input { ready, quiet, ended };

Input wait_for(int in, int milliseconds) {
  pollfd waiting{in, POLLIN, 0};
  const int ready = poll(&waiting, 1, milliseconds);
  if (ready < 0) return errno == EINTR ? Input::quiet : Input::ended;
  if (ready == 0) return Input::quiet;
  // What was written before the other end closed is still read.
  return (waiting.revents & (POLLIN | POLLHUP)) != 0 ? Input::ready : Input::ended;
}

}  // namespace

int serve(int in, int out) {
  bool has_reader = true;
  const SystemClock clock;
  Server server([&](std::string_view body) { has_reader = has_reader && write_all(out, framed(body)); }, clock);
  std::array<char, 64u << 10> bytes{};
  bool has_writer = true;
  ClientWatch client;
  while (!server.exit_code() && has_reader) {
    const bool has_work = server.has_work();
    // Whatever has arrived is read before the next message is worked on: it may cancel it, or be the next key of a burst.
    const bool may_read = has_writer && server.waiting_bytes() < most_waiting;
    const int patience_ms = has_work ? 0 : server.wants_to_settle() ? settle_after_ms : look_around_every_ms;
    const Input input = may_read ? wait_for(in, patience_ms) : Input::quiet;
    if (input == Input::ready) {
      const ssize_t count = read(in, bytes.data(), bytes.size());
      if (count > 0) {
        server.receive({bytes.data(), static_cast<std::size_t>(count)});
      } else if (count == 0 || errno != EINTR) {
        has_writer = false;
      }
    } else if (input == Input::ended) {
      has_writer = false;
    } else if (has_work) {
      server.work();
    } else if (has_writer && server.wants_to_settle()) {
      server.settle();
    } else if (!has_writer || client.is_gone(server)) {
      break;
    } else {
      server.look_around();
    }
  }
  return server.exit_code().value_or(1);
}

}  // namespace waymark::editor
