// People find what they may see, by the words they remember.
#include "db/search.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/fake_clock_test.hpp"
#include "db/schema.hpp"
#include "test_stores.hpp"

using namespace waymark;
using namespace waymark::db;

namespace {

void create(Database& database) {
  const Schema schema{
      {{1, "db", "full-text search", search_steps()},
       {2, "notes", "notes", {"CREATE TABLE note (id {text} NOT NULL PRIMARY KEY, author {text} NOT NULL, shared_with {text}) {strict}"}}}};
  REQUIRE(make_ready(database, schema, FakeClock(), "0.1.0"));
}

struct Note {
  std::string_view id;
  std::string_view author;
  std::string_view title;
  std::string_view body;
  std::optional<std::string_view> shared_with = {};
};

void add(Writer& writer, const Note& note) {
  writer.run("INSERT INTO note (id, author, shared_with) VALUES (:id, :author, :with)",
             {{"id", note.id}, {"author", note.author}, {"with", note.shared_with}});
  put_search_text(writer, "note", note.id, note.title, note.body);
}

using Found = std::vector<std::string>;

Found find(Database& database, std::string_view me, std::string_view typed) {
  return database.read([&](Reader& reader) {
    return reader.rows(
        "SELECT n.id FROM {matching :words} JOIN note n ON kind = 'note' AND n.id = record WHERE n.author = :me OR n.shared_with = :me ORDER BY "
        "rank, n.id",
        {{"words", search_expression(reader.dialect(), typed)}, {"me", me}}, [](std::string id) { return id; });
  });
}

void fill(Database& database) {
  create(database);
  database.write([](Writer& writer) {
    add(writer, {"bridge", "ada", "A bridge for the harbour", "We designed the crane together and reviewed each other's drawings."});
    add(writer, {"crane", "ada", "Crane repaired", "Repairing it took two nights; the harbour was closed.", "grace"});
    add(writer, {"secret", "grace", "Harbour doubts", "I am not sure about the crane."});
    put_search_text(writer, "page", "crane", "Cranes", "A page about cranes in the harbour.");
  });
}

}  // namespace

TEST_CASE_TEMPLATE("each finds what is theirs or shared with them, and nobody anything else", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  fill(*database);
  CHECK(find(*database, "ada", "harbour") == Found{"bridge", "crane"});
  CHECK(find(*database, "grace", "harbour") == Found{"secret", "crane"});
  CHECK(find(*database, "eve", "harbour").empty());
}

TEST_CASE_TEMPLATE("all words count, in any form, and the last may be a beginning", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  fill(*database);
  CHECK(find(*database, "ada", "crane") == Found{"crane", "bridge"});
  CHECK(find(*database, "ada", "harbour crane").size() == 2);
  CHECK(find(*database, "ada", "HARBOUR drawing") == Found{"bridge"});
  CHECK(find(*database, "ada", "repair") == Found{"crane"});
  CHECK(find(*database, "ada", "nights draw").empty());
  CHECK(find(*database, "ada", "harb") == Found{"bridge", "crane"});
  CHECK(find(*database, "ada", "harb ").empty());
}

TEST_CASE_TEMPLATE("no text is an error, whatever signs it holds", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  fill(*database);
  for (const char* typed : {"",
                            " ",
                            "\"",
                            "'",
                            "crane\"",
                            "\"crane",
                            "crane*",
                            "crane OR",
                            "NOT crane",
                            "title:crane",
                            "crane & !",
                            "(crane",
                            "crane:*",
                            "^crane",
                            "{crane}",
                            "crane'); DROP TABLE note",
                            "NEAR(crane)",
                            "-crane",
                            "ü",
                            "“crane”",
                            "\\crane",
                            "%",
                            "the",
                            "crane <-> harbour"}) {
    CAPTURE(typed);
    CHECK_NOTHROW(find(*database, "ada", typed));
  }
  CHECK(find(*database, "ada", "(crane:*)") == Found{"crane", "bridge"});
  CHECK(find(*database, "ada", "  ").empty());
  rc::check([&](const std::string& any) {
    std::string typed;
    for (const char c : any) typed += static_cast<char>(c & 0x7f) == '\0' ? ' ' : static_cast<char>(c & 0x7f);
    find(*database, "ada", typed);
  });
}

TEST_CASE_TEMPLATE("what is changed is found by its new words, what is gone by none", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  fill(*database);
  database->write([](Writer& writer) { put_search_text(writer, "note", "bridge", "A tunnel", "Under the river."); });
  CHECK(find(*database, "ada", "drawings").empty());
  CHECK(find(*database, "ada", "tunnel") == Found{"bridge"});
  database->write([](Writer& writer) {
    remove_search_text(writer, "note", "bridge");
    remove_search_text(writer, "note", "never there");
  });
  CHECK(find(*database, "ada", "tunnel").empty());
  CHECK(find(*database, "ada", "crane") == Found{"crane"});
}
