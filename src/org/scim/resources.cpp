#include "org/scim/resources.hpp"

#include <boost/json.hpp>

#include "org/scim/body.hpp"

namespace waymark::org::scim {

std::string to_json(const Refusal& refusal) {
  boost::json::object body{{"schemas", {"urn:ietf:params:scim:api:messages:2.0:Error"}}, {"status", std::to_string(refusal.status)}, {"detail", refusal.detail}};
  if (!refusal.type.empty()) body["scimType"] = refusal.type;
  return boost::json::serialize(body);
}

std::vector<boost::json::object> Resources::read_all(const View& view, const std::vector<std::uint32_t>& indices) const {
  std::vector<boost::json::object> resources;
  resources.reserve(indices.size());
  for (const std::uint32_t index : indices) resources.push_back(read(view, index));
  return resources;
}

boost::json::object Resources::read_kept(const View& view, std::uint32_t index) const {
  return kept_of(read(view, index), type()).value_or(boost::json::object());
}

Refusal refusal_of(const Problem& problem) {
  using What = Problem::What;
  switch (problem.what) {
    case What::reference_taken: return {409, "uniqueness", "Another resource has this userName or externalId already."};
    case What::email_taken:
    case What::number_taken: return {409, "uniqueness", problem.message + ' ' + problem.way_out};
    default: return {400, "invalidValue", problem.message + ' ' + problem.way_out};
  }
}

}  // namespace waymark::org::scim
