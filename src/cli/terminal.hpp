/// What the program speaks into: standard output and standard error, how wide they are and whether they take colour.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace waymark::cli {

class Terminal {
 public:
  /// Looks at COLUMNS, NO_COLOR, TERM and the two streams, once.
  Terminal();

  /// COLUMNS, else what the terminal says, else 80; 20 at least.
  [[nodiscard]] int columns() const { return m_columns; }
  /// As columns(), but never more than 100: longer lines are hard to read.
  [[nodiscard]] int prose_columns() const;
  /// Standard output is a terminal and nobody asked for no colour.
  [[nodiscard]] bool colour() const { return m_colour; }
  [[nodiscard]] bool colour_on_errors() const { return m_colour_on_errors; }

  /// To standard output, at the next flush.
  void print(std::string_view text) { m_out += text; }
  /// To standard error, behind everything printed so far.
  void complain(std::string_view text);
  /// To standard error, at the very end: what a reader should see below a long page.
  void remark(std::string_view text) { m_remarks += text; }

  /// A bar on standard error, where that is a terminal and the work takes longer than half a second; gone again at 1.
  void show_progress(std::string_view what, double share);

  /// Everything that was printed, now. A reader that has gone away (`| head`) is no failure, and nothing is written to it from
  /// then on; a full disk is.
  [[nodiscard]] Result<void> flush();
  /// flush(), then the remarks.
  [[nodiscard]] Result<void> finish();

 private:
  int m_columns = 80;
  bool m_colour = false;
  bool m_colour_on_errors = false;
  bool m_reader_gone = false;
  bool m_shows_progress = false;
  std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point m_progress_at{};
  std::string m_out;
  std::string m_remarks;
};

}  // namespace waymark::cli
