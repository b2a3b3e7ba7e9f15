#include "access/throttle_records.hpp"

namespace waymark::access {

Failures find_failures(db::Reader& reader, std::string_view key) {
  return reader
      .row("SELECT failures, last_failure_at FROM sign_in_failure WHERE throttle_key = :key", {{"key", key}},
           [](int count, Instant last) {
             return Failures{count, last};
           })
      .value_or(Failures{});
}

void write_failures(db::Writer& writer, std::string_view key, const Failures& failures) {
  writer.run(
      "INSERT INTO sign_in_failure (throttle_key, failures, last_failure_at) VALUES (:key, :failures, :at) "
      "ON CONFLICT (throttle_key) DO UPDATE SET failures = excluded.failures, last_failure_at = excluded.last_failure_at",
      {{"key", key}, {"failures", failures.count}, {"at", failures.last}});
}

void delete_failures(db::Writer& writer, std::string_view key) {
  writer.run("DELETE FROM sign_in_failure WHERE throttle_key = :key", {{"key", key}});
}

std::int64_t delete_failures_before(db::Writer& writer, Instant moment) {
  return writer.run("DELETE FROM sign_in_failure WHERE last_failure_at < :moment", {{"moment", moment}});
}

std::optional<Instant> find_known_address(db::Reader& reader, std::string_view key) {
  return reader.row("SELECT last_success_at FROM known_address WHERE throttle_key = :key", {{"key", key}}, [](Instant at) { return at; });
}

void write_known_address(db::Writer& writer, std::string_view key, Instant now) {
  writer.run(
      "INSERT INTO known_address (throttle_key, last_success_at) VALUES (:key, :at) "
      "ON CONFLICT (throttle_key) DO UPDATE SET last_success_at = excluded.last_success_at",
      {{"key", key}, {"at", now}});
}

std::int64_t delete_known_addresses_before(db::Writer& writer, Instant moment) {
  return writer.run("DELETE FROM known_address WHERE last_success_at < :moment", {{"moment", moment}});
}

}  // namespace waymark::access
