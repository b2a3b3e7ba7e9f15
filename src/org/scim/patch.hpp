/// PATCH of RFC 7644, section 3.5.2, as directories really send it: operations in any case ("Replace"), "True" and "False" as texts, dotted paths and
/// URNs as paths and as names in a value without a path, a manager as a text or an object, members taken out by a filter or by a list.
///
/// Where the filter of an `add` or `replace` fits nothing and says what the value would be (emails[type eq "work"].value), that value is made. Otherwise a
/// `replace` is refused with noTarget. What is to be removed and is not there is removed already.
#pragma once

#include "org/scim/json.hpp"
#include "org/scim/refusal.hpp"
#include "org/scim/schema.hpp"

namespace waymark::org::scim {

inline constexpr std::size_t most_operations = 1'000;

/// Changes `resource`, which says what is kept (body.hpp). All operations or none: on a refusal `resource` is to be thrown away.
[[nodiscard]] Answer<void> apply_patch(const boost::json::object& request, const ResourceType& type, boost::json::object& resource);

}  // namespace waymark::org::scim
