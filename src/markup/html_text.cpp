#include "markup/html_text.hpp"

#include <array>

#include <cmark-gfm/scanners.h>

#include "markup/markdown.hpp"

namespace waymark::markup {
namespace {

using ByteSet = std::array<bool, 256>;

constexpr ByteSet byte_set(std::string_view members) {
  ByteSet set{};
  for (const char each : members) set[static_cast<unsigned char>(each)] = true;
  return set;
}

constexpr ByteSet escaped_in_html = byte_set("&<>\"");
// As houdini, which cmark renders with: brackets, quotes, spaces and all that is not ASCII are encoded, what is reserved stands for itself.
constexpr ByteSet kept_in_address = byte_set("-_.+!*(),%#@?=;:/$~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

bool is_dangerous(std::string_view address) {
  // The scanner stops at the first byte that cannot go on; none of its patterns is longer than this.
  std::array<unsigned char, 32> head{};
  for (std::size_t i = 0; i + 1 < head.size() && i < address.size(); ++i) head[i] = static_cast<unsigned char>(address[i]);
  return _scan_dangerous_url(head.data()) > 0;
}

}  // namespace

void append_escaped(std::string& html, std::string_view text) {
  std::size_t kept_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!escaped_in_html[static_cast<unsigned char>(text[i])]) continue;
    html.append(text, kept_from, i - kept_from);
    kept_from = i + 1;
    switch (text[i]) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      default: html += "&quot;"; break;
    }
  }
  html.append(text, kept_from, text.size() - kept_from);
}

void append_address(std::string& html, std::string_view address) {
  if (is_dangerous(address)) return;
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char each : address) {
    const auto byte = static_cast<unsigned char>(each);
    if (kept_in_address[byte]) {
      html += each;
    } else if (each == '&') {
      html += "&amp;";
    } else if (each == '\'') {
      html += "&#x27;";
    } else {
      html += '%';
      html += digits[byte >> 4];
      html += digits[byte & 15];
    }
  }
}

std::string escape_html(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  append_escaped(html, text);
  return html;
}

}  // namespace waymark::markup
