/// What the database would not do.
#pragma once

#include <stdexcept>
#include <string>

#include "base/error.hpp"

namespace waymark::db {

/// Thrown by everything that talks to a database. `unique`, `reference` and `constraint` are answers to what was asked, and a use case may expect
/// them; the others mean that the machine would not do it. Nothing of a write that throws is kept, except as `uncertain` says.
class DatabaseError : public std::runtime_error {
 public:
  enum class Kind {
    unique,       ///< a record with this key is there already
    reference,    ///< it points to a record that is not there, or a record that is pointed to would go
    constraint,   ///< another rule of the table: NOT NULL, CHECK, the type of a column
    refused,      ///< a text with a NUL or that is not UTF-8, a number that is not finite; nothing was sent
    contended,    ///< others changed the same records again and again; all retries are used up
    busy,         ///< locked by another process, or no connection was free in time
    full,         ///< no space left on the disk
    read_only,    ///< the file or the server takes no writes
    unavailable,  ///< no connection, or the machine failed to read or write
    uncertain,    ///< the connection broke while committing: whether the write was kept is not known
    damaged,      ///< not a database, or what is in it cannot be
    wrong,        ///< the statement makes no sense to the database: a mistake in the program
  };

  DatabaseError(Kind kind, std::string message, std::string way_out, std::string detail = {});

  [[nodiscard]] Kind kind() const { return m_kind; }
  [[nodiscard]] const std::string& way_out() const { return m_way_out; }
  /// What the database said, for the log. May hold names of tables and columns; never shown to a person.
  [[nodiscard]] const std::string& detail() const { return m_detail; }
  /// For a person: message and way out, conflict for the first three kinds, bad_input for `refused`, else unavailable.
  [[nodiscard]] Error error() const;

 private:
  Kind m_kind;
  std::string m_way_out;
  std::string m_detail;
};

}  // namespace waymark::db
