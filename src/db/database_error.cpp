#include "db/database_error.hpp"

namespace waymark::db {

DatabaseError::DatabaseError(Kind kind, std::string message, std::string way_out, std::string detail)
    : std::runtime_error(std::move(message)), m_kind(kind), m_way_out(std::move(way_out)), m_detail(std::move(detail)) {}

Error DatabaseError::error() const {
  switch (m_kind) {
    case Kind::unique:
    case Kind::reference:
    case Kind::constraint: return {Error::Kind::conflict, what(), m_way_out};
    case Kind::refused: return {Error::Kind::bad_input, what(), m_way_out};
    default: return {Error::Kind::unavailable, what(), m_way_out};
  }
}

}  // namespace waymark::db
