/// Failed sign-ins in the store.
#pragma once

#include "access/throttle.hpp"

namespace waymark::access {

/// None counted is zero.
[[nodiscard]] Failures find_failures(db::Reader& reader, std::string_view key);
void write_failures(db::Writer& writer, std::string_view key, const Failures& failures);
void delete_failures(db::Writer& writer, std::string_view key);
std::int64_t delete_failures_before(db::Writer& writer, Instant moment);

[[nodiscard]] std::optional<Instant> find_known_address(db::Reader& reader, std::string_view key);
void write_known_address(db::Writer& writer, std::string_view key, Instant now);
std::int64_t delete_known_addresses_before(db::Writer& writer, Instant moment);

}  // namespace waymark::access
