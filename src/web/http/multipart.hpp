/// A form as browsers send it: multipart/form-data (RFC 7578), or application/x-www-form-urlencoded, → its fields. Strict: what is not as a browser
/// writes it is refused.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/http/message.hpp"

namespace waymark::web::http {

struct FormField {
  std::string name;
  std::string file_name;  ///< as the sender calls it, without its folders; empty where the field is no file
  std::string_view value;
};

struct Form {
  std::vector<FormField> fields;            ///< in order
  std::shared_ptr<const Headers> decoded;  ///< what the values of an urlencoded form point into

  /// The first of that name; nullptr when there is none.
  [[nodiscard]] const FormField* find(std::string_view name) const;
  /// Its value; empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view name) const;
};

/// Values point into `body`, or into `decoded`. Absent where the type is another, the boundary is missing or wrong, a field has no name, the last boundary does not come, or
/// there are more than 2,000 fields. Linear.
[[nodiscard]] std::optional<Form> parse_form(std::string_view content_type, std::string_view body);

}  // namespace waymark::web::http
