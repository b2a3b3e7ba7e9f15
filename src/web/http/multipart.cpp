#include "web/http/multipart.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "web/http/request_reader.hpp"

namespace waymark::web::http {
namespace {

constexpr std::size_t most_fields = 2000;
constexpr std::size_t longest_head = 4096;
constexpr std::size_t longest_boundary = 70;

/// The value of `name=` in a header, quoted or not; quotes inside come as %22 from browsers.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  const std::string lower = to_lower_ascii(header);
  const std::string wanted = std::string(name) + "=";
  for (std::size_t at = 0; (at = lower.find(wanted, at)) != std::string::npos; at += wanted.size()) {
    const bool begins = at > 0 && (lower[at - 1] == ' ' || lower[at - 1] == ';');
    if (!begins) continue;
    std::string_view value = header.substr(at + wanted.size());
    if (!value.starts_with('"')) return std::string(trim(value.substr(0, value.find(';'))));
    value.remove_prefix(1);
    const std::size_t end = value.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    return replace_all(std::string(value.substr(0, end)), "%22", "\"");
  }
  return std::nullopt;
}

bool is_boundary(std::string_view boundary) {
  return !boundary.empty() && boundary.size() <= longest_boundary &&
         std::all_of(boundary.begin(), boundary.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '"'; });
}

std::optional<FormField> read_head(std::string_view head) {
  for (std::string_view line : split(head, '\n')) {
    line = trim(line);
    if (!to_lower_ascii(line.substr(0, 20)).starts_with("content-disposition:")) continue;
    const std::optional<std::string> name = parameter(line, "name");
    if (to_lower_ascii(line).find("form-data") == std::string::npos || !name || name->empty()) return std::nullopt;
    FormField field;
    field.name = *name;
    const std::string file = parameter(line, "filename").value_or(std::string());
    const std::size_t folder = file.find_last_of("/\\");
    field.file_name = folder == std::string::npos ? file : file.substr(folder + 1);
    if (!is_valid_utf8(field.name) || !is_valid_utf8(field.file_name)) return std::nullopt;
    return field;
  }
  return std::nullopt;
}

std::optional<Form> urlencoded_form(std::string_view body) {
  std::optional<Headers> pairs = parse_urlencoded(body);
  if (!pairs) return std::nullopt;
  Form form;
  form.decoded = std::make_shared<const Headers>(std::move(*pairs));
  for (const auto& [name, value] : *form.decoded) form.fields.push_back({name, "", value});
  return form;
}

}  // namespace

const FormField* Form::find(std::string_view name) const {
  const auto at = std::find_if(fields.begin(), fields.end(), [&](const FormField& field) { return field.name == name; });
  return at == fields.end() ? nullptr : &*at;
}

std::string_view Form::value(std::string_view name) const {
  const FormField* field = find(name);
  return field == nullptr ? std::string_view() : field->value;
}

std::optional<Form> parse_form(std::string_view content_type, std::string_view body) {
  if (to_lower_ascii(content_type).starts_with("application/x-www-form-urlencoded")) return urlencoded_form(body);
  if (!to_lower_ascii(content_type).starts_with("multipart/form-data")) return std::nullopt;
  const std::optional<std::string> boundary = parameter(content_type, "boundary");
  if (!boundary || !is_boundary(*boundary)) return std::nullopt;
  const std::string first = "--" + *boundary;
  const std::string next = "\r\n" + first;
  if (!body.starts_with(first)) return std::nullopt;
  std::size_t at = first.size();
  Form form;
  while (true) {
    if (body.substr(at, 2) == "--") return form;
    if (body.substr(at, 2) != "\r\n" || form.fields.size() >= most_fields) return std::nullopt;
    at += 2;
    const std::size_t head_end = body.substr(at, longest_head).find("\r\n\r\n");
    if (head_end == std::string_view::npos) return std::nullopt;
    std::optional<FormField> field = read_head(body.substr(at, head_end));
    const std::size_t begin = at + head_end + 4;
    const std::size_t end = body.find(next, begin);
    if (!field || end == std::string_view::npos) return std::nullopt;
    field->value = body.substr(begin, end - begin);
    form.fields.push_back(std::move(*field));
    at = end + next.size();
  }
}

}  // namespace waymark::web::http
