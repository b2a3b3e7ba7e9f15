#include "db/search.hpp"

namespace waymark::db {

std::vector<Sql> search_steps() {
  return {
      Sql("CREATE TABLE search_text (at {counter}, kind {text} NOT NULL, record {text} NOT NULL, title {text} NOT NULL, body {text} NOT NULL, "
          "UNIQUE (kind, record)) {strict}",
          "CREATE TABLE search_text (at {counter}, kind {text} NOT NULL, record {text} NOT NULL, title {text} NOT NULL, body {text} NOT NULL, "
          "words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english'::regconfig, title), 'A') || "
          "setweight(to_tsvector('english'::regconfig, body), 'D')) STORED, UNIQUE (kind, record))"),
      // The index of SQLite is kept in step by triggers, so that no writer can forget it (FTS5, "External Content Tables").
      Sql("CREATE VIRTUAL TABLE search_index USING fts5(title, body, content='search_text', content_rowid='at', "
          "tokenize='porter unicode61 remove_diacritics 0')",
          "CREATE INDEX search_text_words ON search_text USING gin (words)"),
      Sql("INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(4.0, 1.0)')", ""),
      Sql("CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN "
          "INSERT INTO search_index (rowid, title, body) VALUES (new.at, new.title, new.body); END",
          ""),
      Sql("CREATE TRIGGER search_text_removed AFTER DELETE ON search_text BEGIN "
          "INSERT INTO search_index (search_index, rowid, title, body) VALUES ('delete', old.at, old.title, old.body); END",
          ""),
      Sql("CREATE TRIGGER search_text_changed AFTER UPDATE ON search_text BEGIN "
          "INSERT INTO search_index (search_index, rowid, title, body) VALUES ('delete', old.at, old.title, old.body); "
          "INSERT INTO search_index (rowid, title, body) VALUES (new.at, new.title, new.body); END",
          ""),
  };
}

void put_search_text(Writer& writer, std::string_view kind, std::string_view record, std::string_view title, std::string_view body) {
  writer.run(
      "INSERT INTO search_text (kind, record, title, body) VALUES (:kind, :record, :title, :body) "
      "ON CONFLICT (kind, record) DO UPDATE SET title = excluded.title, body = excluded.body",
      {{"kind", kind}, {"record", record}, {"title", title}, {"body", body}});
}

void remove_search_text(Writer& writer, std::string_view kind, std::string_view record) {
  writer.run("DELETE FROM search_text WHERE kind = :kind AND record = :record", {{"kind", kind}, {"record", record}});
}

namespace {

bool is_part_of_a_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// More words than a person types; a pasted document is not a question.
constexpr std::size_t most_words = 32;

std::vector<std::string_view> words_of(std::string_view typed) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < typed.size() && words.size() < most_words;) {
    std::size_t end = at;
    while (end < typed.size() && is_part_of_a_word(typed[end])) ++end;
    if (end > at) words.push_back(typed.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

std::string search_expression(Dialect dialect, std::string_view typed) {
  const bool for_sqlite = dialect == Dialect::sqlite;
  std::string expression;
  for (const std::string_view word : words_of(typed)) {
    if (!expression.empty()) expression += for_sqlite ? " " : " & ";
    // Quoted, so that AND, NEAR and the like are words here.
    expression += for_sqlite ? '"' : '\'';
    expression += word;
    expression += for_sqlite ? '"' : '\'';
  }
  if (!expression.empty() && is_part_of_a_word(typed.back())) expression += for_sqlite ? "*" : ":*";
  // FTS5 takes a phrase of no words for a question, but not the empty text.
  if (expression.empty() && for_sqlite) expression = "\"\"";
  return expression;
}

}  // namespace waymark::db
