/// How a database goes about statements: for tests that an index is used where it is what makes a statement fast.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "db/database.hpp"

namespace waymark::db {

/// What the database says of each statement that `work` executes, one after the other, as it says it; each is also executed, and nothing is kept.
/// PostgreSQL is told to read whole tables only where it has no other way, so that small ones behave as large ones do. Throws DatabaseError.
[[nodiscard]] std::vector<std::string> plans_of(Database& database, const std::function<void(Writer&)>& work);

/// Those of them that read a whole table.
[[nodiscard]] std::vector<std::string> whole_table_reads(const std::vector<std::string>& plans);

}  // namespace waymark::db
