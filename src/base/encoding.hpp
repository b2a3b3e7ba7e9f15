/// Bytes in the encodings that spreadsheets and old editors save → UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark {

struct Decoded {
  std::string text;
  std::string_view from;  ///< "UTF-16", "Windows-1252": what the bytes, or those that are no UTF-8, were read as
  std::size_t line = 1;   ///< of the first of them
};

/// Begins with the byte order mark of UTF-16.
[[nodiscard]] bool has_utf16_mark(std::string_view bytes);

/// Absent where the bytes are UTF-8 already, or hold what no text holds. UTF-16 is known by its byte order mark; any byte that is no UTF-8 is a letter of
/// Windows-1252, of which Latin-1 is a part, also in the midst of UTF-8.
[[nodiscard]] std::optional<Decoded> decode(std::string_view bytes);

/// The same, piece by piece, for files that are too long to hold: whatever the pieces, the text is that of the whole. A byte order mark is left out.
class StreamDecoder {
 public:
  /// The text of what has come so far and was not given yet; a character that is cut waits for its rest.
  [[nodiscard]] std::string feed(std::string_view bytes);
  /// What is left at the end.
  [[nodiscard]] std::string finish();
  /// "UTF-8", "UTF-16", "Windows-1252": what the bytes so far were read as, or those that are no UTF-8.
  [[nodiscard]] std::string_view from() const { return m_from; }

 private:
  enum class Form { unknown, utf8, utf16_little, utf16_big };
  std::string take(bool is_end);

  Form m_form = Form::unknown;
  std::string m_waiting;
  std::string_view m_from = "UTF-8";
};

}  // namespace waymark
