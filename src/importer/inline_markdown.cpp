#include "importer/inline_markdown.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/entities.hpp"

namespace waymark::importer {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// What begins a block is disarmed at the front of a text only.
std::string disarm_front(std::string text) {
  if (text.empty()) return text;
  if (std::string_view("#-+=>:|~").find(text[0]) != std::string_view::npos) return "\\" + text;
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits != 0 && digits != std::string::npos && digits < 10 && (text[digits] == '.' || text[digits] == ')')) text.insert(digits, "\\");
  return text;
}

std::string escape_inside(std::string_view text) {
  const bool many_tildes = std::count(text.begin(), text.end(), '~') > 1;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    const bool inside_word = i > 0 && is_letter_or_digit(text[i - 1]) && is_letter_or_digit(next);
    const bool special = c == '\\' || c == '`' || c == '*' || c == '[' || c == ']' || c == '<' || (c == '_' && !inside_word) ||
                         (c == '~' && many_tildes) || (c == '&' && (is_letter_or_digit(next) || next == '#')) ||
                         (c == '{' && std::string_view("#:.{%<").find(next) != std::string_view::npos) || (c == '{' && i > 0 && text[i - 1] == '{') ||
                         (c == '!' && next == '[');
    if (special) result += '\\';
    result += c;
  }
  return result;
}

std::string code_span(const std::string& text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  const bool pad = text.starts_with('`') || text.ends_with('`');
  return fence + (pad ? " " : "") + text + (pad ? " " : "") + fence;
}

bool is_address(std::string_view target) { return target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:"); }

std::string link_target(std::string_view target) {
  std::string safe;
  for (const char c : target) {
    if (c == ' ' || c == '<' || c == '>' || c == '(' || c == ')' || c == '{' || c == '}' || c == '\\') {
      safe += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else if (c != '\n') {
      safe += c;
    }
  }
  return safe;
}

std::string attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(fmt::format(" {}=\"", name));
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return decode_entities(tag.substr(begin, tag.find('"', begin) - begin));
}

class Converter {
 public:
  Converter(std::string_view html, const LinkResolver& resolve) : m_html(html), m_resolve(resolve) {}

  std::string convert() {
    while (m_at < m_html.size()) {
      if (m_html[m_at] == '<') {
        const std::size_t end = m_html.find('>', m_at);
        if (end == std::string_view::npos) break;
        read_tag(m_html.substr(m_at + 1, end - m_at - 1));
        m_at = end + 1;
      } else {
        const std::size_t end = m_html.find('<', m_at);
        read_text(decode_entities(m_html.substr(m_at, end - m_at)));
        m_at = std::min(end, m_html.size());
      }
    }
    return disarm_front(std::string(trim(m_result)));
  }

 private:
  void read_text(const std::string& text) {
    if (m_in_code) {
      m_code += text;
      return;
    }
    std::string flat;
    for (const char c : text) {
      const bool white = c == '\n' || c == '\t' || c == ' ';
      if (!white) flat += c;
      if (white && (flat.empty() || flat.back() != ' ')) flat += ' ';
    }
    if (!m_result.empty() && m_result.back() == ' ' && flat.starts_with(' ')) flat.erase(0, 1);
    m_result += escape_inside(flat);
  }

  void read_tag(std::string_view tag) {
    const bool closes = tag.starts_with('/');
    const std::string_view name = tag.substr(closes ? 1 : 0, tag.find_first_of(" /", 1) - (closes ? 1 : 0));
    if (name == "code") {
      if (closes) m_result += code_span(collapse_white_space(m_code));
      m_code.clear();
      m_in_code = !closes;
    } else if (name == "strong" || name == "em" || name == "del") {
      mark(name == "strong" ? "**" : name == "em" ? "*" : "~~", closes);
    } else if (name == "a") {
      if (closes) {
        close_link();
      } else {
        m_links.emplace_back(m_result.size(), attribute(tag, "href"));
      }
    } else if (name == "img") {
      const std::string source = attribute(tag, "src");
      const std::string words = escape_inside(attribute(tag, "alt"));
      m_result += is_address(source) ? fmt::format("![{}]({})", words, link_target(source)) : words;
    } else if (name == "br" || name == "p" || name == "li" || name == "input") {
      if (!m_result.empty() && m_result.back() != ' ') m_result += ' ';
    }
  }

  void mark(std::string_view with, bool closes) {
    // A mark that would enclose nothing is taken back.
    if (closes && m_result.ends_with(with)) {
      m_result.resize(m_result.size() - with.size());
    } else {
      m_result += with;
    }
  }

  void close_link() {
    if (m_links.empty()) return;
    const auto [begin, target] = m_links.back();
    m_links.pop_back();
    const std::string words = m_result.substr(std::min(begin, m_result.size()));
    const std::optional<std::string> leads_to = is_address(target) ? std::optional(target) : target.empty() ? std::nullopt : m_resolve(target);
    if (leads_to && !words.empty()) m_result = m_result.substr(0, begin) + fmt::format("[{}]({})", words, link_target(*leads_to));
  }

  std::string_view m_html;
  const LinkResolver& m_resolve;
  std::size_t m_at = 0;
  std::string m_result;
  bool m_in_code = false;
  std::string m_code;
  std::vector<std::pair<std::size_t, std::string>> m_links;
};

}  // namespace

std::string inline_markdown(std::string_view html, const LinkResolver& resolve) { return Converter(html, resolve).convert(); }

std::string escape_markdown(std::string_view text) { return disarm_front(escape_inside(collapse_white_space(text))); }

std::string comment_text(std::string_view text) {
  std::string result = replace_all(collapse_white_space(text), "--", "-%2D");
  result = replace_all(std::move(result), "<", "(");
  result = replace_all(std::move(result), ">", ")");
  if (result.ends_with('-')) result += ' ';
  return result;
}

std::string yaml_value(std::string_view text) {
  const std::string flat = collapse_white_space(text);
  const bool bare = !flat.empty() && ((flat[0] >= 'a' && flat[0] <= 'z') || (flat[0] >= 'A' && flat[0] <= 'Z')) &&
                    std::all_of(flat.begin(), flat.end(), [](char c) { return is_letter_or_digit(c) || c == ' ' || c == '-' || c == '_'; });
  const std::string lower = to_lower_ascii(flat);
  const bool reserved = lower == "true" || lower == "false" || lower == "null" || lower == "yes" || lower == "no" || lower == "on" ||
                        lower == "off" || lower == "y" || lower == "n";
  if (bare && !reserved) return flat;
  std::string quoted = "\"";
  for (const char c : flat) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) quoted += c;
  }
  return quoted + '"';
}

}  // namespace waymark::importer
