/// Full-text search of stored records, on SQLite (FTS5) and PostgreSQL (tsvector).
///
/// One table holds the words of all records that can be found, so that a person's one question has one ranking. What a person may see is no part of
/// it: the room that owns a kind of record writes the condition into the same statement, so that nothing is found first and hidden later:
///
///     reader.rows("SELECT e.id, e.title FROM {matching :words} JOIN evidence e ON kind = 'evidence' AND e.id = record "
///                 "WHERE e.author = :me OR EXISTS (SELECT 1 FROM share s WHERE s.evidence = e.id AND s.person = :me) "
///                 "ORDER BY rank, e.id LIMIT :limit",
///                 {{"words", search_expression(reader.dialect(), typed)}, …}, …)
///
/// `{matching :words}` stands for a table `matching` with the columns kind, record and rank; the best have the lowest rank. Ranks compare within one
/// answer and mean nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/reader.hpp"

namespace waymark::db {

/// The steps of a migration that make the table.
[[nodiscard]] std::vector<Sql> search_steps();

/// Makes a record findable, or changes by what. Words of the title weigh four times as much. English words are found in their other forms.
void put_search_text(Writer& writer, std::string_view kind, std::string_view record, std::string_view title, std::string_view body);
/// Nothing happens when it is not there.
void remove_search_text(Writer& writer, std::string_view kind, std::string_view record);

/// What a person typed, as the database asks it: all words must be there, the last may be a beginning. Signs mean nothing, so that no text is an error.
/// One without any word finds nothing.
[[nodiscard]] std::string search_expression(Dialect dialect, std::string_view typed);

}  // namespace waymark::db
