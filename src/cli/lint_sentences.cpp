#include "cli/lint_sentences.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <vector>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "cli/page.hpp"
#include "lint/sentence/judge.hpp"

namespace waymark::cli {
namespace {

using lint::Judgement;
using lint::Verdict;
using lint::Weight;

/// A line longer than this is judged by its beginning; nobody writes one by hand.
constexpr std::size_t longest_line = 4 << 20;

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::specific: return "specific";
    case Verdict::vague: return "vague";
    case Verdict::tenure: return "tenure";
    case Verdict::not_a_criterion: return "not-a-criterion";
  }
  return {};
}

std::string_view name_of(Weight weight) {
  switch (weight) {
    case Weight::none: return "none";
    case Weight::info: return "info";
    case Weight::warning: return "warning";
  }
  return {};
}

std::string json_text(std::string_view text) { return boost::json::serialize(boost::json::string(text)); }

class Teller {
 public:
  Teller(Terminal& terminal, bool json) : m_terminal(terminal), m_json(json) {}

  /// REQUIRES that `bytes` has no line end.
  void take(std::string_view bytes) {
    ++m_line;
    if (m_line == 1 && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.ends_with('\r')) bytes.remove_suffix(1);
    if (trim(bytes).empty()) return;
    if (is_valid_utf8(bytes) && bytes.find('\0') == std::string_view::npos) return tell(bytes);
    const SourceText mended("", bytes);
    tell(mended.text());
  }

  void tell_sum() {
    if (m_json) return;
    std::vector<std::string> parts;
    for (const Verdict verdict : {Verdict::specific, Verdict::vague, Verdict::tenure, Verdict::not_a_criterion}) {
      const std::size_t count = m_counts[static_cast<std::size_t>(verdict)];
      if (count > 0) parts.push_back(fmt::format("{} {}", count, verdict == Verdict::not_a_criterion ? "no criterion" : name_of(verdict)));
    }
    m_terminal.print(parts.empty() ? "There is no sentence to judge.\n"
                                   : fmt::format("{}: {}.\n", counted(m_sentences, "sentence"), in_words(parts)));
  }

 private:
  void tell(std::string_view text) {
    const Judgement judgement = lint::judge_sentence(text);
    ++m_sentences;
    ++m_counts[static_cast<std::size_t>(judgement.verdict)];
    m_terminal.print(m_json ? object(text, judgement) : paragraph(text, judgement));
  }

  [[nodiscard]] std::string object(std::string_view text, const Judgement& judgement) const {
    std::string line;
    fmt::format_to(std::back_inserter(line), R"({{"line":{},"text":{},"verdict":"{}","severity":"{}","score":{:.3f},"reasons":[)", m_line,
                   json_text(text), name_of(judgement.verdict), name_of(judgement.weight), judgement.score);
    for (std::size_t i = 0; i < judgement.reasons.size(); ++i) line += (i == 0 ? "" : ",") + json_text(judgement.reasons[i]);
    return line + "]}\n";
  }

  [[nodiscard]] std::string paragraph(std::string_view text, const Judgement& judgement) const {
    const bool finding = judgement.weight != Weight::none;
    const bool colour = m_terminal.colour();
    std::string said = judgement.verdict == Verdict::not_a_criterion ? "no criterion" : std::string(name_of(judgement.verdict));
    if (judgement.verdict == Verdict::vague) said += fmt::format(" ({:.2f})", judgement.score);
    const Ink ink = judgement.weight == Weight::warning ? Ink::warning : finding ? Ink::note : Ink::faint;
    Page page(m_terminal.prose_columns(), colour);
    page.say(Runs{{fmt::format("{}: ", m_line), Ink::faint}, {said + ":", ink}, {" " + printable(text), Ink::plain}}, Margin{"", "    "});
    for (const std::string& reason : judgement.reasons) page.say(printable(reason), Margin::of(4).with("- "));
    if (finding) page.say(lint::question_for(judgement.verdict), Margin::of(4));
    return page.text() + "\n";
  }

  Terminal& m_terminal;
  bool m_json;
  std::size_t m_line = 0;
  std::size_t m_sentences = 0;
  std::array<std::size_t, 4> m_counts{};
};

/// An open file, or standard input.
class Source {
 public:
  explicit Source(const std::string& path) : m_file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)), m_ours(path != "-") {}
  ~Source() {
    if (m_ours && m_file >= 0) close(m_file);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Bytes read, 0 at the end, below 0 when it would not be read (errno says why).
  [[nodiscard]] ssize_t read_some(std::vector<char>& into) const {
    if (m_file < 0) return -1;
    ssize_t count = -1;
    do count = read(m_file, into.data(), into.size());
    while (count < 0 && errno == EINTR);
    return count;
  }

 private:
  int m_file;
  bool m_ours;
};

}  // namespace

Outcome lint_sentences(Terminal& terminal, const std::string& path, const std::string& format) {
  if (format != "text" && format != "json") {
    return tl::unexpected<Trouble>(
        Error{Error::Kind::wrong_usage, fmt::format("Sentences cannot be told as {}.", format), "Use --format text or --format json."});
  }
  const Source source(path);
  Teller teller(terminal, format == "json");
  std::vector<char> chunk(std::size_t{1} << 18);
  std::string begun;  // a line whose end has not been read yet
  for (;;) {
    const ssize_t count = source.read_some(chunk);
    if (count < 0) {
      return tl::unexpected<Trouble>(Error{errno == ENOENT ? Error::Kind::not_found : Error::Kind::unavailable,
                                           fmt::format("{}: {}.", path == "-" ? "standard input" : path, std::strerror(errno)),
                                           "Name a file with one sentence a line, or - for standard input."});
    }
    if (count == 0) break;
    std::string_view rest(chunk.data(), static_cast<std::size_t>(count));
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view piece = rest.substr(0, end);
      if (end != std::string_view::npos && begun.empty()) {
        teller.take(piece);
      } else {
        begun += piece.substr(0, longest_line - std::min(longest_line, begun.size()));
        if (end != std::string_view::npos) teller.take(begun);
        if (end != std::string_view::npos) begun.clear();
      }
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (const auto flushed = terminal.flush(); !flushed) return tl::unexpected<Trouble>(flushed.error());
  }
  if (!begun.empty()) teller.take(begun);
  teller.tell_sum();
  return {};
}

}  // namespace waymark::cli
