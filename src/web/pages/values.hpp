/// The template engine as pages see it: markers get values, sections are shown or repeated. The only face of ctemplate.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace ctemplate {
class TemplateDictionary;
}

namespace waymark::web::pages {

/// HTML that markup made safe, with its links resolved: the one kind of value that templates take as it is (`{{BODY:x-prose}}`). Everything else is
/// escaped for where it stands; also a plain text given to an `x-prose` marker.
class Prose {
 public:
  Prose() = default;
  explicit Prose(std::string safe_html) : m_html(std::move(safe_html)) {}
  [[nodiscard]] const std::string& html() const { return m_html; }
  [[nodiscard]] bool empty() const { return m_html.empty(); }

 private:
  std::string m_html;
};

/// What one template, or one showing of a section, is filled with. Refers to what render() owns; not to be kept.
class Values {
 public:
  explicit Values(ctemplate::TemplateDictionary& dictionary) : m_dictionary(&dictionary) {}

  void set(std::string_view marker, std::string_view text) const;
  void set(std::string_view marker, const Prose& prose) const;
  void set(std::string_view marker, std::size_t count) const;
  /// One more showing of the section.
  Values add(std::string_view section) const;
  void show_if(bool condition, std::string_view section) const;
  /// Sets the marker and shows the section around it, unless the text is empty.
  void show_text(std::string_view section, std::string_view marker, std::string_view text) const;
  /// Another template in place of `{{>MARKER}}`.
  Values include(std::string_view marker, std::string_view file) const;

 private:
  ctemplate::TemplateDictionary* m_dictionary;
};

/// Expands an embedded template ("level_page.html"). Templates are parsed once, at the first call; one that cannot be parsed or is missing throws
/// std::logic_error. Any thread.
[[nodiscard]] std::string render(std::string_view file, const std::function<void(Values)>& fill);

}  // namespace waymark::web::pages
