#include "demo/truth.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace waymark::demo {

const Truth::Value* Truth::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return &value;
  }
  return nullptr;
}

namespace {

/// As it is written, 0.5 and not 5E-1.
std::string to_text(const Truth::Value& value) {
  if (const double* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  return std::visit([](const auto& each) { return boost::json::serialize(boost::json::value_from(each)); }, value);
}

}  // namespace

std::string to_json(const std::vector<Truth>& truths) {
  std::string text = "[";
  for (std::size_t i = 0; i < truths.size(); ++i) {
    const Truth& truth = truths[i];
    const auto quoted = [](const std::string& words) { return boost::json::serialize(boost::json::string(words)); };
    std::string parameters;
    for (const auto& [key, value] : truth.parameters) parameters += (parameters.empty() ? "" : ",") + quoted(key) + ':' + to_text(value);
    text += fmt::format(R"({}{{"id":{},"kind":{},"subject":{},"since":{},"parameters":{{{}}},"should_be_found_by":{}}})", i == 0 ? "\n" : ",\n",
                        quoted(truth.id), quoted(truth.kind), quoted(truth.subject), truth.since ? quoted(to_iso(*truth.since)) : "null", parameters,
                        quoted(truth.should_be_found_by));
  }
  return text + "\n]\n";
}

}  // namespace waymark::demo
