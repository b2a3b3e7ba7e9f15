#include "db/reader.hpp"

#include "db/connection.hpp"

namespace waymark::db {

Dialect Reader::dialect() const { return m_connection.dialect(); }

void Reader::select(Sql sql, Parameters parameters, std::span<const Value::Kind> columns, const TakeRow& take) {
  if (m_extent == Extent::one_statement && m_has_asked) {
    throw DatabaseError(DatabaseError::Kind::wrong, "A second statement was asked where there can be one.", "Please report it.", sql.text(dialect()));
  }
  m_has_asked = true;
  try {
    m_connection.select(sql, parameters.list(), columns, take);
  } catch (const Unreadable& unreadable) {
    throw DatabaseError(DatabaseError::Kind::damaged, "What is in the database cannot be: " + unreadable.what + ".",
                        "Keep the database as it is, and please report it.", sql.text(dialect()));
  }
}

void Reader::more_than_one(Sql sql) const {
  throw DatabaseError(DatabaseError::Kind::wrong, "A statement found several records where there can be one.", "Please report it.",
                      sql.text(dialect()));
}

void Reader::none(Sql sql) const {
  throw DatabaseError(DatabaseError::Kind::wrong, "A statement found no record where there is always one.", "Please report it.", sql.text(dialect()));
}

std::int64_t Writer::run(Sql sql, Parameters parameters) { return m_connection.run(sql, parameters.list()); }

}  // namespace waymark::db
