/// For the aggregate engine alone (insight): who declared what, to be counted and never shown. See attributes.hpp.
#pragma once

#include <unordered_map>

#include "org/attributes.hpp"

namespace waymark::org {

/// The option of everybody who answered, by PersonIndex. Throws std::runtime_error when a key is missing. A place where Feature::attributes is switched
/// off is the caller's to leave out.
[[nodiscard]] std::unordered_map<std::uint32_t, std::string> declared_values(db::Reader& reader, const access::KeyRing& keys, const AttributeId& attribute);

}  // namespace waymark::org
