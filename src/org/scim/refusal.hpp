/// What a directory is told when something cannot be: RFC 7644, section 3.12.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace waymark::org::scim {

struct Refusal {
  int status = 400;
  std::string type = {};  ///< scimType: "uniqueness", "invalidFilter", …; empty where the status says it all
  std::string detail;     ///< one or two sentences for whoever reads the directory's log
};

template <class T>
using Answer = tl::expected<T, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> refuse(int status, std::string type, std::string detail) {
  return tl::unexpected<Refusal>(Refusal{status, std::move(type), std::move(detail)});
}

/// The body of the answer.
[[nodiscard]] std::string to_json(const Refusal& refusal);

}  // namespace waymark::org::scim
