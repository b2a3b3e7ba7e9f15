/// Inside the room only: the steps that migrate and restore_backup share.
#pragma once

#include "db/connection.hpp"
#include "db/schema.hpp"

namespace waymark::db {

[[nodiscard]] SchemaReport examine(Connection& connection, const Schema& schema);
/// Begins a transaction that no other change of the schema runs beside.
void begin_schema_change(Connection& connection);
void create_version_table(Connection& connection);
/// REQUIRES a transaction of begin_schema_change and, on SQLite, references that are off.
void apply(Connection& connection, const Migration& migration, const Clock& clock, std::string_view version);

}  // namespace waymark::db
