#include "cli/hidden_line.hpp"

#include <termios.h>
#include <unistd.h>

namespace waymark::cli {
namespace {

/// What is typed is not shown while this lives.
class Unseen {
 public:
  Unseen() : m_is_terminal(::tcgetattr(STDIN_FILENO, &m_before) == 0) {
    if (!m_is_terminal) return;
    termios unseen = m_before;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  ~Unseen() {
    if (m_is_terminal) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios m_before{};
  bool m_is_terminal;
};

/// Byte by byte, so that what follows the line stays for whoever reads next, and no buffer of the library keeps it.
Result<access::Secret> read_line() {
  constexpr std::size_t longest = 4096;
  std::string line;
  line.reserve(longest);  // it does not move, and leaves no copies behind
  for (char c = 0; line.size() < longest;) {
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count <= 0 && line.empty()) return fail(Error::Kind::wrong_usage, "There was no password on standard input.", "Give it as one line.");
    if (count <= 0 || c == '\n') break;
    line += c;
  }
  if (line.ends_with('\r')) line.pop_back();
  return access::Secret(std::move(line));
}

}  // namespace

Result<access::Secret> read_new_password(Terminal& terminal) {
  if (::isatty(STDIN_FILENO) != 1) return read_line();
  const Unseen unseen;
  terminal.complain("Password: ");
  auto first = read_line();
  terminal.complain("\n");
  if (!first) return first;
  terminal.complain("Once more: ");
  const auto second = read_line();
  terminal.complain("\n");
  if (!second) return tl::unexpected<Error>(second.error());
  if (first->reveal() != second->reveal()) return fail(Error::Kind::wrong_usage, "The two are not the same.", "Try again.");
  return first;
}

}  // namespace waymark::cli
