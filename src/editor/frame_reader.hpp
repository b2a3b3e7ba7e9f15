/// The envelope of the language server protocol: `Content-Length: N`, an empty line, N bytes of JSON (LSP 3.17, "Base protocol").
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace waymark::editor {

struct FrameLimits {
  std::size_t header_bytes = 8u << 10;
  std::size_t body_bytes = 64u << 20;
};

/// Bytes, cut anywhere, → bodies. After a fault it goes on at the next header that can be read, so that one broken message does not end the
/// session. Holds at most one body and what was fed behind it. For one thread.
class FrameReader {
 public:
  explicit FrameReader(FrameLimits limits = {}) : m_limits(limits) {}

  void feed(std::string_view bytes);

  /// The next body; bad_input for a header that is none or a body past the limit (which is passed over); nothing when more bytes are needed.
  [[nodiscard]] std::optional<Result<std::string>> next();

 private:
  [[nodiscard]] std::optional<Result<std::string>> read_header();
  void seek_header();
  void drop(std::size_t count);

  FrameLimits m_limits;
  std::string m_bytes;
  std::size_t m_begin = 0;                ///< of m_bytes, what was used already
  std::optional<std::size_t> m_expected;  ///< length of the body whose header was read
  std::size_t m_skip = 0;                 ///< bytes of a body that is too long
  bool m_seeking = false;                 ///< behind a fault: everything up to the next header goes
};

[[nodiscard]] std::string framed(std::string_view body);

}  // namespace waymark::editor
