/// A text as a picture that a telephone reads (QR code, ISO/IEC 18004).
#pragma once

#include <optional>
#include <string>

namespace waymark::web {

struct QrCode {
  int size = 0;      ///< of a side, in modules, with the quiet zone of four around it
  std::string path;  ///< of the dark modules, as the `d` of SVG has it
};

/// With 15 % of it to spare (level M). None for a text of more than 2,331 bytes, and where the library is not there, which is logged: the text itself must do
/// then. Safe from any thread.
[[nodiscard]] std::optional<QrCode> qr_code_of(const std::string& text);

}  // namespace waymark::web
