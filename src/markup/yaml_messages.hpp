/// What yaml-cpp says is wrong, in words for the person who wrote the file.
#pragma once

#include <string>
#include <string_view>

namespace waymark::markup {

struct YamlMessage {
  const char* rule;
  std::string message;
  std::string way_out;
};

/// `said` is the message of a YAML::ParserException, without its place.
[[nodiscard]] YamlMessage explain_yaml_error(std::string_view said);

}  // namespace waymark::markup
