#include "importer/html_bounds.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t deepest = 200;
constexpr std::size_t most_formatting = 30;
constexpr std::size_t most_attributes_length = 20'000;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_void(std::string_view name) {
  return one_of(name, {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"});
}
bool is_formatting(std::string_view name) {
  return one_of(name, {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"});
}
/// An end tag inside one of these closes nothing outside it.
bool is_wall(std::string_view name) {
  return one_of(name, {"applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "button"});
}
bool holds_raw_text(std::string_view name) { return one_of(name, {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}); }

class Bounder {
 public:
  explicit Bounder(std::string_view html) : m_html(html), m_result{std::string(html), 0} {}

  BoundedHtml bound() {
    for (std::size_t at = 0; (at = m_html.find('<', at)) != std::string_view::npos;) at = read(at);
    return std::move(m_result);
  }

 private:
  std::size_t read(std::size_t at) {
    if (m_html.substr(at, 4) == "<!--") {
      const std::size_t end = m_html.find("-->", at + 4);
      return end == std::string_view::npos ? m_html.size() : end + 3;
    }
    const bool closes = m_html.substr(at + 1, 1) == "/";
    const std::size_t name_at = at + (closes ? 2 : 1);
    if (name_at >= m_html.size() || !is_letter(m_html[name_at])) return at + 1;
    const std::size_t name_end = std::min(m_html.find_first_of(" \t\n\f/>", name_at), m_html.size());
    const std::string name = to_lower_ascii(m_html.substr(name_at, std::min<std::size_t>(name_end - name_at, 40)));
    const std::size_t end = tag_end(name_end);
    if (closes) {
      close(name);
    } else if (!open(name) || end - at > most_attributes_length) {
      blank(at, end);
    } else if (holds_raw_text(name)) {
      return raw_text_end(name, end);
    }
    return end;
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  [[nodiscard]] std::size_t tag_end(std::size_t at) const {
    char quote = 0;
    for (; at < m_html.size(); ++at) {
      const char c = m_html[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if ((c == '"' || c == '\'') && m_html[at - 1] == '=') {
        quote = c;
      } else if (c == '>') {
        return at + 1;
      }
    }
    return at;
  }

  [[nodiscard]] std::size_t raw_text_end(std::string_view name, std::size_t from) const {
    for (std::size_t at = from; (at = m_html.find("</", at)) != std::string_view::npos; ++at) {
      if (to_lower_ascii(m_html.substr(at + 2, name.size())) == name) return at;
    }
    return m_html.size();
  }

  bool open(const std::string& name) {
    if (is_void(name) || holds_raw_text(name)) return true;
    const auto formatting =
        static_cast<std::size_t>(std::count_if(m_open.begin(), m_open.end(), [](const auto& each) { return is_formatting(each); }));
    if (m_open.size() >= deepest || (is_formatting(name) && formatting >= most_formatting)) return false;
    // A parser closes these by itself; counted twice, a long list without end tags would look deep.
    if (one_of(name, {"li", "p", "tr", "td", "th", "dd", "dt", "option"}) && !m_open.empty() && m_open.back() == name) m_open.pop_back();
    m_open.push_back(name);
    return true;
  }

  void close(std::string_view name) {
    for (std::size_t i = m_open.size(); i > 0; --i) {
      if (m_open[i - 1] == name) {
        m_open.resize(i - 1);
        return;
      }
      if (is_wall(m_open[i - 1])) return;
    }
  }

  void blank(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (m_result.text[i] != '\n') m_result.text[i] = ' ';
    }
    ++m_result.blanked;
  }

  std::string_view m_html;
  BoundedHtml m_result;
  std::vector<std::string> m_open;
};

}  // namespace

BoundedHtml bound_html(std::string_view html) { return Bounder(html).bound(); }

}  // namespace waymark::importer
