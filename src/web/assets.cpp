#include "web/assets.hpp"

#include <array>
#include <stdexcept>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "embedded/assets.hpp"

namespace waymark::web {
namespace {

// The order of the cascade.
constexpr std::array<std::string_view, 9> style_sheets{"tokens.css",    "fonts.css", "base.css",  "frame.css", "prose.css",
                                                       "landscape.css", "pages.css", "sheet.css", "print.css"};

std::string_view content_type_of(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  if (name.ends_with(".woff2")) return "font/woff2";
  return "text/plain; charset=utf-8";
}

Asset make_asset(std::string name, std::string bytes) {
  const std::size_t dot = name.rfind('.');
  std::string file = name.substr(0, dot) + "." + sha256_hex(bytes).substr(0, 10) + name.substr(dot);
  std::string type(content_type_of(name));
  return {std::move(name), std::move(file), std::move(type), std::move(bytes)};
}

std::string_view embedded_bytes(std::string_view name) {
  for (const embedded::File& file : embedded::assets()) {
    if (file.name == name) return file.bytes;
  }
  throw std::logic_error("No embedded asset is called " + std::string(name));
}

/// Comments say why in the source; a reader's browser has no use for them.
std::string without_comments(std::string_view css) {
  std::string out;
  for (;;) {
    const std::size_t begin = css.find("/*");
    out += css.substr(0, begin);
    if (begin == std::string_view::npos) return out;
    const std::size_t end = css.find("*/", begin + 2);
    if (end == std::string_view::npos) return out;
    css = css.substr(end + 2);
  }
}

std::string without_indents(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) {
    if (!trim(line).empty()) out += std::string(trim(line)) + "\n";
  }
  return out;
}

}  // namespace

Assets::Assets() {
  for (const embedded::File& file : embedded::assets()) {
    if (!file.name.ends_with(".css")) m_all.push_back(make_asset(std::string(file.name), std::string(file.bytes)));
  }
  std::string style;
  for (const std::string_view name : style_sheets) style += without_comments(embedded_bytes(name));
  style = without_indents(style);
  for (const Asset& asset : m_all) style = replace_all(std::move(style), "url(" + asset.name + ")", "url(" + asset.file + ")");
  m_all.push_back(make_asset("waymark.css", std::move(style)));
}

const Assets& Assets::embedded() {
  static const Assets assets;
  return assets;
}

const Asset& Assets::named(std::string_view name) const {
  for (const Asset& asset : m_all) {
    if (asset.name == name) return asset;
  }
  throw std::logic_error("No asset is called " + std::string(name));
}

const Asset* Assets::find_file(std::string_view file) const {
  for (const Asset& asset : m_all) {
    if (asset.file == file) return &asset;
  }
  return nullptr;
}

}  // namespace waymark::web
