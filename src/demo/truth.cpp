#include "demo/truth.hpp"

#include <boost/json.hpp>

namespace waymark::demo {

const Truth::Value* Truth::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string to_json(const std::vector<Truth>& truths) {
  std::string text = "[";
  for (std::size_t i = 0; i < truths.size(); ++i) {
    const Truth& truth = truths[i];
    boost::json::object parameters;
    for (const auto& [key, value] : truth.parameters) {
      parameters[key] = std::visit([](const auto& each) { return boost::json::value_from(each); }, value);
    }
    const boost::json::value since = truth.since ? boost::json::value(to_iso(*truth.since)) : boost::json::value(nullptr);
    const boost::json::object object{{"id", truth.id},       {"kind", truth.kind},         {"subject", truth.subject},
                                     {"since", since},       {"parameters", parameters},   {"should_be_found_by", truth.should_be_found_by}};
    text += (i == 0 ? "\n" : ",\n") + boost::json::serialize(object);
  }
  return text + "\n]\n";
}

}  // namespace waymark::demo
