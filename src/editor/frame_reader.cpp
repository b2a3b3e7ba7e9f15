#include "editor/frame_reader.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::editor {
namespace {

constexpr std::string_view length_header = "content-length";

/// Where the header ends and where the body begins; a bare LF is forgiven.
struct HeaderEnd {
  std::size_t header;
  std::size_t body;
};

std::optional<HeaderEnd> find_end(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with("\r\n")) return HeaderEnd{at, at + 3};
    if (rest.starts_with("\n")) return HeaderEnd{at, at + 2};
  }
  return std::nullopt;
}

std::optional<std::size_t> content_length(std::string_view header) {
  std::optional<std::size_t> length;
  for (const std::string_view line : split(header, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    if (to_lower_ascii(trim(line.substr(0, colon))) != length_header) continue;
    const std::string_view digits = trim(line.substr(colon + 1));
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || length) return std::nullopt;
    length = value;
  }
  return length;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  const std::size_t skipped = std::min(m_skip, bytes.size());
  m_skip -= skipped;
  if (m_begin > 0) {
    m_bytes.erase(0, m_begin);
    m_begin = 0;
  }
  m_bytes.append(bytes.substr(skipped));
}

void FrameReader::drop(std::size_t count) { m_begin += std::min(count, m_bytes.size() - m_begin); }

void FrameReader::seek_header() {
  const std::string_view bytes = std::string_view(m_bytes).substr(m_begin);
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  const auto found = std::search(bytes.begin(), bytes.end(), length_header.begin(), length_header.end(), same);
  m_seeking = found == bytes.end();
  // The last bytes may be the beginning of the word.
  drop(m_seeking ? bytes.size() - std::min(bytes.size(), length_header.size() - 1) : static_cast<std::size_t>(found - bytes.begin()));
}

std::optional<Result<std::string>> FrameReader::read_header() {
  const std::string_view bytes = std::string_view(m_bytes).substr(m_begin);
  const std::optional<HeaderEnd> end = find_end(bytes.substr(0, m_limits.header_bytes));
  if (!end && bytes.size() < m_limits.header_bytes) return std::nullopt;
  const std::optional<std::size_t> length = end ? content_length(bytes.substr(0, end->header)) : std::nullopt;
  if (!length) {
    // The next good header may stand in the same lines: a body that was longer than announced ends right before it.
    drop(1);
    m_seeking = true;
    return fail(Error::Kind::bad_input, "The message does not begin with `Content-Length: N` and an empty line.");
  }
  drop(end->body);
  if (*length > m_limits.body_bytes) {
    const std::size_t here = std::min(*length, m_bytes.size() - m_begin);
    drop(here);
    m_skip = *length - here;
    return fail(Error::Kind::bad_input, fmt::format("The message has {} bytes; {} are the most that is read.", *length, m_limits.body_bytes));
  }
  m_expected = *length;
  return std::nullopt;
}

std::optional<Result<std::string>> FrameReader::next() {
  if (m_seeking) seek_header();
  if (m_seeking) return std::nullopt;
  if (!m_expected) {
    if (auto fault = read_header()) return fault;
    if (!m_expected) return std::nullopt;
  }
  if (m_bytes.size() - m_begin < *m_expected) return std::nullopt;
  std::string body = m_bytes.substr(m_begin, *m_expected);
  drop(*m_expected);
  m_expected.reset();
  return body;
}

std::string framed(std::string_view body) { return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body); }

}  // namespace waymark::editor
