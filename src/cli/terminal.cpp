#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace waymark::cli {
namespace {

int columns_of(int stream) {
  if (const char* const columns = std::getenv("COLUMNS")) {
    int value = 0;
    const char* const end = columns + std::strlen(columns);
    const auto [at, error] = std::from_chars(columns, end, value);
    if (error == std::errc{} && at == end && value > 0) return std::clamp(value, 20, 1000);
  }
  winsize size{};
  if (ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::clamp<int>(size.ws_col, 20, 1000);
  return 80;
}

bool takes_colour(int stream) {
  const char* const no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* const kind = std::getenv("TERM");
  return isatty(stream) == 1 && kind != nullptr && std::strcmp(kind, "dumb") != 0;
}

/// 0, or the error that stopped it.
int write_all(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(stream, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Terminal::Terminal() : m_columns(columns_of(STDOUT_FILENO)), m_colour(takes_colour(STDOUT_FILENO)), m_colour_on_errors(takes_colour(STDERR_FILENO)) {}

int Terminal::prose_columns() const { return std::min(m_columns, 100); }

void Terminal::complain(std::string_view text) {
  // A failure to write the output is reported when it is finished.
  if (auto flushed = flush(); !flushed) m_out.clear();
  write_all(STDERR_FILENO, text);
}

void Terminal::show_progress(std::string_view what, double share) {
  constexpr std::size_t width = 30;
  const auto now = std::chrono::steady_clock::now();
  const bool is_end = share >= 1;
  if (isatty(STDERR_FILENO) != 1 || now - m_started < std::chrono::milliseconds(500)) return;
  if (is_end ? !m_shows_progress : now - m_progress_at < std::chrono::milliseconds(100)) return;
  m_progress_at = now;
  m_shows_progress = true;
  const auto filled = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * width);
  std::string line = "\r" + std::string(what) + " [" + std::string(filled, '#') + std::string(width - filled, ' ') + "] " +
                     std::to_string(static_cast<int>(std::clamp(share, 0.0, 1.0) * 100)) + " %";
  if (is_end) line = "\r" + std::string(line.size(), ' ') + "\r";
  write_all(STDERR_FILENO, line);
}

Result<void> Terminal::flush() {
  const std::string text = std::move(m_out);
  m_out.clear();
  if (m_reader_gone) return {};
  const int error = write_all(STDOUT_FILENO, text);
  if (error == EPIPE) m_reader_gone = true;
  if (error != 0 && error != EPIPE) {
    m_reader_gone = true;
    return fail(Error::Kind::unavailable, std::string("The output cannot be written: ") + std::strerror(error) + ".");
  }
  return {};
}

Result<void> Terminal::finish() {
  Result<void> flushed = flush();
  if (!m_reader_gone) write_all(STDERR_FILENO, m_remarks);
  m_remarks.clear();
  return flushed;
}

}  // namespace waymark::cli
