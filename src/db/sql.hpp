/// A statement as it stands in the program: a literal, checked while compiling.
#pragma once

#include <cstddef>

#include "db/dialect.hpp"

namespace waymark::db {

/// One statement with named parameters (`:name`) and words in braces (dialect.hpp). Only a string literal becomes one, so that nothing a person
/// wrote can be part of it. A second statement behind a `;` does not compile: SQLite would silently run only the first.
class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const char (&both)[N]) : m_sqlite(both), m_postgresql(both) {  // NOLINT: a literal is a statement wherever one is asked for
    check(both, N - 1);
  }
  /// For the few statements that the databases write differently.
  template <std::size_t N, std::size_t M>
  consteval Sql(const char (&sqlite)[N], const char (&postgresql)[M]) : m_sqlite(sqlite), m_postgresql(postgresql) {
    check(sqlite, N - 1);
    check(postgresql, M - 1);
  }

  /// Points to a literal: lives for ever, and equal addresses mean equal statements.
  [[nodiscard]] constexpr const char* text(Dialect dialect) const { return dialect == Dialect::sqlite ? m_sqlite : m_postgresql; }

 private:
  static consteval bool starts_with(const char* text, const char* beginning) {
    while (*beginning != '\0') {
      if (*text++ != *beginning++) return false;
    }
    return true;
  }

  static consteval void check(const char* text, std::size_t size) {
    // The bodies of triggers and functions are made of statements.
    if (starts_with(text, "CREATE TRIGGER") || starts_with(text, "CREATE FUNCTION")) return;
    bool quoted = false;
    for (std::size_t at = 0; at < size; ++at) {
      if (text[at] == '\0') throw "a statement holds a NUL";
      if (text[at] == '\'') quoted = !quoted;
      if (quoted) continue;
      if (text[at] == ';') throw "one statement only, without a semicolon";
      if (text[at] == '?') throw "parameters have names: write :name";
      if (text[at] == '-' && text[at + 1] == '-') throw "a comment belongs outside the statement";
    }
    if (quoted) throw "a quoted text never ends";
  }

  const char* m_sqlite;
  const char* m_postgresql;
};

}  // namespace waymark::db
