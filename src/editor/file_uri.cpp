#include "editor/file_uri.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

#include "base/text.hpp"

namespace waymark::editor {

namespace urls = boost::urls;

std::optional<std::filesystem::path> path_of(std::string_view uri) {
  const auto parsed = urls::parse_uri(urls::string_view(uri.data(), uri.size()));
  if (!parsed || parsed->scheme_id() != urls::scheme::file) return std::nullopt;
  const std::string host(parsed->host());
  if (!host.empty() && to_lower_ascii(host) != "localhost") return std::nullopt;
  const std::string path(parsed->path());
  if (!path.starts_with('/') || path.find('\0') != std::string::npos) return std::nullopt;
  return std::filesystem::path(path).lexically_normal();
}

std::string uri_of(const std::filesystem::path& path) {
  const std::string& text = path.native();
  return "file://" + urls::encode(urls::string_view(text.data(), text.size()), urls::unreserved_chars + '/');
}

}  // namespace waymark::editor
