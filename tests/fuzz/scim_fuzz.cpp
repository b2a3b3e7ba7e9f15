// Any bytes as a filter, as the path of a patch, and as a body: an answer or a refusal, never more than its bounds.
#include <boost/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "org/scim/body.hpp"
#include "org/scim/filter.hpp"
#include "org/scim/patch.hpp"

namespace {

using namespace waymark::org::scim;
namespace json = boost::json;

void require(bool holds) {
  if (!holds) std::abort();
}

const json::object& somebody() {
  static const json::object resource = json::parse(R"({"id": "a", "userName": "ada", "name": {"givenName": "Ada"}, "active": true,
    "emails": [{"value": "a@b", "type": "work", "primary": true}], "meta": {"created": "2026-01-02T03:04:05Z"},
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "m"}}})").as_object();
  return resource;
}

void refused_in_words(const Refusal& refusal) {
  require(refusal.status >= 400 && !refusal.detail.empty());
  require(json::parse(to_json(refusal)).is_object());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const ResourceType* type : {&user_type(), &group_type()}) {
    if (const auto filter = Filter::parse(text, *type)) {
      (void)filter->matches(somebody());
      (void)filter->only_equals();
    } else {
      refused_in_words(filter.error());
    }
    if (const auto path = parse_patch_path(text, *type); !path) refused_in_words(path.error());
    if (const auto body = read_body(text)) {
      if (const auto kept = kept_of(*body, *type); !kept) refused_in_words(kept.error());
      json::object resource = kept_of(somebody(), *type).value();
      if (const auto done = apply_patch(*body, *type, resource); !done) refused_in_words(done.error());
    } else {
      refused_in_words(body.error());
    }
  }
  return 0;
}
