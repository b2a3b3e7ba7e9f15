#include "db/database.hpp"

#include "db/stores.hpp"

namespace waymark::db {

std::unique_ptr<Database> Database::open(const DatabaseLocation& location, DatabaseOptions options) {
  return location.dialect == Dialect::sqlite ? open_sqlite(location, options) : open_postgresql(location, options);
}

}  // namespace waymark::db
