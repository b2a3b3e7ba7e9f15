// A form as a browser might send it. The values lie inside the body.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "web/http/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto form = waymark::web::http::parse_form("multipart/form-data; boundary=bb", body);
  if (!form) return 0;
  for (const auto& field : form->fields) {
    const bool inside = field.value.data() >= body.data() && field.value.data() + field.value.size() <= body.data() + body.size();
    if (!inside || field.name.empty() || field.file_name.find('/') != std::string_view::npos) std::abort();
  }
  return 0;
}
