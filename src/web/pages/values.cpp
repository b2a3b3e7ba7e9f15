#include "web/pages/values.hpp"

#include <array>
#include <cstdint>
#include <random>
#include <stdexcept>

#include <ctemplate/template.h>

#include "embedded/pages.hpp"

namespace waymark::web::pages {
namespace {

using ctemplate::TemplateString;

TemplateString as_template_string(std::string_view text) { return {text.data() == nullptr ? "" : text.data(), text.size()}; }

/// An included template stands within a line, also when its file ends with one.
std::string_view without_last_line_end(std::string_view text) { return text.substr(0, text.find_last_not_of('\n') + 1); }

/// Put before prose on its way through the engine and taken off by the modifier, so that nothing else can pass for it.
const std::string& seal() {
  static const std::string value = [] {
    std::random_device device;
    std::string made;
    for (int i = 0; i < 4; ++i) made += std::to_string(device()) + ":";
    return made;
  }();
  return value;
}

class ProseModifier : public ctemplate::TemplateModifier {
 public:
  void Modify(const char* in, std::size_t length, const ctemplate::PerExpandData* data, ctemplate::ExpandEmitter* out, const std::string& argument) const override {
    const std::string_view text(in, length);
    if (text.starts_with(seal())) {
      out->Emit(in + seal().size(), length - seal().size());
    } else {
      ctemplate::html_escape.Modify(in, length, data, out, argument);
    }
  }
};

/// All templates, parsed. Never destroyed: a worker may still be rendering while the program ends.
class Templates {
 public:
  Templates() {
    static const ProseModifier modifier;
    ctemplate::AddXssSafeModifier("x-prose", &modifier);
    for (const embedded::File& file : embedded::pages()) {
      const TemplateString name = as_template_string(file.name);
      const bool taken = m_cache.StringToTemplateCache(name, as_template_string(without_last_line_end(file.bytes)), ctemplate::STRIP_BLANK_LINES);
      if (!taken || !m_cache.LoadTemplate(name, ctemplate::STRIP_BLANK_LINES)) throw std::logic_error("The template " + std::string(file.name) + " cannot be parsed");
    }
    m_cache.Freeze();
  }

  [[nodiscard]] std::string expand(std::string_view file, const ctemplate::TemplateDictionary& dictionary) const {
    std::string out;
    if (!m_cache.ExpandNoLoad(as_template_string(file), ctemplate::STRIP_BLANK_LINES, &dictionary, nullptr, &out)) {
      throw std::logic_error("The template " + std::string(file) + " cannot be expanded");
    }
    return out;
  }

 private:
  ctemplate::TemplateCache m_cache;
};

}  // namespace

void Values::set(std::string_view marker, std::string_view text) const { m_dictionary->SetValue(as_template_string(marker), as_template_string(text)); }

void Values::set(std::string_view marker, const Prose& prose) const { set(marker, std::string_view(seal() + prose.html())); }

void Values::set(std::string_view marker, std::size_t count) const { set(marker, std::string_view(std::to_string(count))); }

Values Values::add(std::string_view section) const { return Values(*m_dictionary->AddSectionDictionary(as_template_string(section))); }

void Values::show_if(bool condition, std::string_view section) const {
  if (condition) (void)add(section);
}

void Values::show_text(std::string_view section, std::string_view marker, std::string_view text) const {
  if (!text.empty()) add(section).set(marker, text);
}

Values Values::include(std::string_view marker, std::string_view file) const {
  ctemplate::TemplateDictionary* const included = m_dictionary->AddIncludeDictionary(as_template_string(marker));
  included->SetFilename(as_template_string(file));
  return Values(*included);
}

std::string render(std::string_view file, const std::function<void(Values)>& fill) {
  static const Templates& templates = *new Templates;
  ctemplate::TemplateDictionary dictionary("page");
  fill(Values(dictionary));
  return templates.expand(file, dictionary);
}

}  // namespace waymark::web::pages
