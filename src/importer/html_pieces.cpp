#include "importer/html_pieces.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

using Kind = HtmlPiece::Kind;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_left_out(std::string_view tag) { return one_of(tag, {"script", "style", "head", "svg", "template", "noscript"}); }

/// Text goes on through these.
bool is_inline(std::string_view tag) {
  return one_of(tag, {"a",   "abbr", "b", "bdi", "cite",  "code", "del",    "dfn", "em",  "font", "i", "img", "ins",
                      "kbd", "mark", "q", "s",   "small", "span", "strong", "sub", "sup", "tt",   "u", "var", "wbr"});
}

std::optional<Kind> kind_of(std::string_view tag) {
  if (tag == "li" || tag == "dd" || tag == "dt") return Kind::item;
  if (tag == "td") return Kind::cell;
  if (tag == "th") return Kind::header_cell;
  if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') return Kind::heading;
  return std::nullopt;
}

void append_code_point(std::string& text, std::uint32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

bool append_entity(std::string& text, std::string_view name) {
  struct Named {
    std::string_view name;
    std::uint32_t point;
  };
  static constexpr std::array<Named, 17> known{{{"amp", '&'},
                                                {"lt", '<'},
                                                {"gt", '>'},
                                                {"quot", '"'},
                                                {"apos", '\''},
                                                {"nbsp", ' '},
                                                {"ndash", 0x2013},
                                                {"mdash", 0x2014},
                                                {"lsquo", 0x2018},
                                                {"rsquo", 0x2019},
                                                {"ldquo", 0x201C},
                                                {"rdquo", 0x201D},
                                                {"hellip", 0x2026},
                                                {"bull", 0x2022},
                                                {"middot", 0xB7},
                                                {"pound", 0xA3},
                                                {"euro", 0x20AC}}};
  if (name.starts_with('#')) {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string digits(name.substr(hexadecimal ? 2 : 1));
    if (digits.empty() || digits.size() > 7 || digits.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789") != std::string::npos)
      return false;
    const auto point = static_cast<std::uint32_t>(std::stoul(digits, nullptr, hexadecimal ? 16 : 10));
    append_code_point(text, point == 0xA0 ? ' ' : point);
    return true;
  }
  const auto at = std::find_if(known.begin(), known.end(), [&](const Named& entry) { return entry.name == name; });
  if (at != known.end()) append_code_point(text, at->point);
  return at != known.end();
}

bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::string_view(" \t\n|/,;:.-*()[]").find(c) == std::string_view::npos;
  });
}

class Scanner {
 public:
  Scanner(std::string_view html, std::size_t first_line) : m_html(html), m_line(first_line) {}

  std::vector<HtmlPiece> scan() {
    while (m_at < m_html.size()) {
      if (m_html.substr(m_at).starts_with("<!--")) {
        read_comment();
      } else if (opens_tag()) {
        read_tag();
      } else {
        add(m_html[m_at]);
        advance(m_at + 1);
      }
    }
    flush();
    return std::move(m_pieces);
  }

 private:
  [[nodiscard]] bool opens_tag() const {
    if (m_html[m_at] != '<' || m_at + 1 >= m_html.size()) return false;
    const char next = m_html[m_at + 1];
    return next == '/' || next == '!' || next == '?' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  }

  void advance(std::size_t to) {
    to = std::min(to, m_html.size());
    m_line += static_cast<std::size_t>(
        std::count(m_html.begin() + static_cast<std::ptrdiff_t>(m_at), m_html.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    m_at = to;
  }

  void add(char c) {
    const bool white = c == ' ' || c == '\n' || c == '\t';
    if (!white && m_first_line == 0) m_first_line = m_line;
    if (!white) m_last_line = m_line;
    m_text += white ? ' ' : c;
    if (m_link_depth == 0 && !white) m_outside_links += c;
  }

  void read_comment() {
    const std::size_t end = m_html.find("-->", m_at + 4);
    const std::string text = collapse_white_space(m_html.substr(m_at + 4, end == std::string_view::npos ? end : end - m_at - 4));
    const std::size_t begin_line = m_line;
    advance(end == std::string_view::npos ? m_html.size() : end + 3);
    if (!text.empty()) m_pieces.push_back({Kind::comment, 0, text, begin_line, m_line, {}, false});
  }

  void read_tag() {
    std::size_t end = m_at + 1;
    for (char quote = 0; end < m_html.size() && (quote != 0 || m_html[end] != '>'); ++end) {
      const char c = m_html[end];
      if (quote != 0 ? c == quote : (c == '"' || c == '\'') && m_html[end - 1] == '=') quote = quote != 0 ? static_cast<char>(0) : c;
    }
    const std::string_view inside = m_html.substr(m_at + 1, end - m_at - 1);
    const bool closes = inside.starts_with('/');
    const std::string_view from_name = inside.substr(closes ? 1 : 0);
    const std::string name = to_lower_ascii(from_name.substr(0, from_name.find_first_of(" \t\n/>")));
    if (!closes && is_left_out(name)) {
      flush();
      const std::size_t close = closing_tag(name, end);
      const std::string text = collapse_white_space(end + 1 < close ? m_html.substr(end + 1, close - end - 1) : std::string_view());
      const std::size_t begin_line = m_line;
      advance(close);
      if (has_word(text)) m_pieces.push_back({Kind::hidden, 0, text, begin_line, m_line, {}, false});
      return;
    }
    if (name == "a") read_link(inside, closes);
    if (name == "br") m_text += ' ';
    if (name != "br" && !is_inline(name)) {
      flush();
      update_kind(name, closes);
    }
    advance(end + 1);
  }

  [[nodiscard]] std::size_t closing_tag(std::string_view name, std::size_t from) const {
    for (std::size_t at = from; (at = m_html.find("</", at)) != std::string_view::npos; ++at) {
      if (to_lower_ascii(m_html.substr(at + 2, name.size())) == name) return at;
    }
    return m_html.size();
  }

  void read_link(std::string_view inside, bool closes) {
    m_link_depth = closes ? std::max(0, m_link_depth - 1) : m_link_depth + 1;
    if (const std::size_t at = inside.find("href="); !closes && at != std::string_view::npos && at + 6 < inside.size()) {
      const char quote = inside[at + 5];
      const bool quoted = quote == '"' || quote == '\'';
      const std::string_view value = inside.substr(at + (quoted ? 6 : 5));
      m_links.emplace_back(value.substr(0, quoted ? value.find(quote) : value.find_first_of(" \t\n")));
    }
  }

  void update_kind(const std::string& name, bool closes) {
    const std::optional<Kind> kind = kind_of(name);
    if (!kind) return;
    if (!closes) {
      m_open.emplace_back(*kind, name[0] == 'h' && name != "head" ? name[1] - '0' : 0);
    } else if (!m_open.empty()) {
      m_open.pop_back();
    }
  }

  void flush() {
    const std::string text = collapse_white_space(decode_entities(m_text));
    if (has_word(text)) {
      const auto [kind, level] = m_open.empty() ? std::pair(Kind::paragraph, 0) : m_open.back();
      m_pieces.push_back({kind, level, text, m_first_line, m_last_line, m_links, !m_links.empty() && !has_word(m_outside_links)});
    }
    m_text.clear();
    m_outside_links.clear();
    m_links.clear();
    m_first_line = m_last_line = 0;
  }

  std::string_view m_html;
  std::size_t m_at = 0;
  std::size_t m_line;
  std::string m_text, m_outside_links;
  std::vector<std::string> m_links;
  std::size_t m_first_line = 0, m_last_line = 0;
  int m_link_depth = 0;
  std::vector<std::pair<Kind, int>> m_open;
  std::vector<HtmlPiece> m_pieces;
};

}  // namespace

std::string decode_entities(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '&' ? text.substr(at, 12).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && append_entity(result, text.substr(at + 1, end - 1))) {
      at += end;
    } else {
      result += text[at];
    }
  }
  return replace_all(std::move(result), "\xC2\xA0", " ");
}

std::vector<HtmlPiece> html_pieces(std::string_view html, std::size_t first_line) { return Scanner(html, first_line).scan(); }

}  // namespace waymark::importer
