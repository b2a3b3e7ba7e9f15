// Everything that goes into a store comes out as it was, on both databases; what cannot is refused by both.
#include "db/reader.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <limits>

#include "test_stores.hpp"

using namespace waymark;
using namespace waymark::db;
using Kind = DatabaseError::Kind;

namespace {

/// As rooms have them: a type of its own for the ids of one kind of record.
class PersonId {
 public:
  explicit PersonId(std::int64_t number) : m_text("p" + std::to_string(number)) {}
  [[nodiscard]] static std::optional<PersonId> from(std::string_view text) {
    if (!text.starts_with('p')) return std::nullopt;
    return PersonId(std::stoll(std::string(text.substr(1))));
  }
  [[nodiscard]] const std::string& text() const { return m_text; }
  bool operator==(const PersonId&) const = default;

 private:
  std::string m_text;
};

enum class Track { individual, leadership };

struct Everything {
  PersonId id;
  bool flag;
  double number;
  std::string text;
  Bytes bytes;
  Date date;
  Instant instant;
  Track track;
  bool operator==(const Everything&) const = default;
};

void create(Database& database) {
  database.write([](Writer& writer) {
    writer.run(
        Sql("CREATE TABLE everything (id TEXT NOT NULL PRIMARY KEY, counted INTEGER, flag INTEGER, number REAL, text TEXT, bytes BLOB, date TEXT, "
            "instant INTEGER, "
            "track TEXT) STRICT",
            "CREATE TABLE everything (id {text} NOT NULL PRIMARY KEY, counted {integer}, flag {boolean}, number {real}, text {text}, bytes {bytes}, "
            "date {date}, "
            "instant {instant}, track {text})"));
  });
}

Kind kind_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const DatabaseError& error) {
    CAPTURE(error.what());
    CHECK(!error.way_out().empty());
    return error.kind();
  }
  FAIL("nothing was thrown");
  return Kind::wrong;
}

}  // namespace

template <>
struct waymark::db::Stored<Track> {
  static constexpr auto kind = Value::Kind::text;
  static void put(Value& value, Track track) { value.text = track == Track::individual ? "individual" : "leadership"; }
  static Track take(const Value& value) {
    if (value.text == "individual") return Track::individual;
    if (value.text == "leadership") return Track::leadership;
    throw Unreadable{"`" + value.text + "` is no track"};
  }
};

namespace {

void insert(Writer& writer, const Everything& each) {
  writer.run(
      "INSERT INTO everything (id, flag, number, text, bytes, date, instant, track) VALUES (:id, :flag, :number, :text, :bytes, :date, :instant, "
      ":track)",
      {{"id", each.id},
       {"flag", each.flag},
       {"number", each.number},
       {"text", each.text},
       {"bytes", each.bytes},
       {"date", each.date},
       {"instant", each.instant},
       {"track", each.track}});
}

std::optional<Everything> find(Reader& reader, PersonId id) {
  return reader.row("SELECT id, flag, number, text, bytes, date, instant, track FROM everything WHERE id = :id", {{"id", id}},
                    [](PersonId of, bool flag, double number, std::string text, Bytes bytes, Date date, Instant instant, Track track) {
                      return Everything{of, flag, number, std::move(text), std::move(bytes), date, instant, track};
                    });
}

const Everything ada{PersonId(1),      true, 0.1, "Ada", {"\x01"}, parse_date("2026-03-01").value(), parse_instant("2026-03-01T09:30:00.25Z").value(),
                     Track::leadership};

}  // namespace

TEST_CASE_TEMPLATE("a record comes back as it was", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) { insert(writer, ada); });
  CHECK(database->read([](Reader& reader) { return find(reader, ada.id); }) == ada);
  CHECK_FALSE(database->read([](Reader& reader) { return find(reader, PersonId(2)); }));

  SUBCASE("whatever it holds") {
    std::int64_t next = 10;
    rc::check([&](bool flag, std::string bytes, std::int64_t any) {
      const std::u32string letters =
          *rc::gen::container<std::u32string>(rc::gen::element<char32_t>(U'a', U'\'', U'"', U':', U'\\', U'ß', U'語', U'🙂', U'\n', U'%'));
      std::string text;
      for (const char32_t letter : letters) {
        if (letter < 0x80)
          text += static_cast<char>(letter);
        else if (letter < 0x800)
          text += {static_cast<char>(0xC0 | letter >> 6), static_cast<char>(0x80 | (letter & 63))};
        else if (letter < 0x10000)
          text += {static_cast<char>(0xE0 | letter >> 12), static_cast<char>(0x80 | (letter >> 6 & 63)), static_cast<char>(0x80 | (letter & 63))};
        else
          text += {static_cast<char>(0xF0 | letter >> 18), static_cast<char>(0x80 | (letter >> 12 & 63)),
                   static_cast<char>(0x80 | (letter >> 6 & 63)), static_cast<char>(0x80 | (letter & 63))};
      }
      const double number = std::ldexp(static_cast<double>(any), static_cast<int>(any % 900));
      const Everything given{
          PersonId(next++), flag, number, text, {bytes}, Date{std::chrono::days{any % 600'000}}, Instant{std::chrono::milliseconds{any}},
          Track::individual};
      const auto taken = database->write([&](Writer& writer) {
        insert(writer, given);
        return find(writer, given.id);
      });
      RC_ASSERT(taken.has_value());
      RC_ASSERT((*taken == given));
    });
  }
  SUBCASE("at the ends of what a number can be") {
    for (const std::int64_t end : {INT64_MIN, INT64_MAX, std::int64_t{0}}) {
      CHECK(database->read([&](Reader& reader) { return reader.value<std::int64_t>("SELECT CAST(:n AS BIGINT)", {{"n", end}}); }) == end);
    }
    for (const double end : {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(), -0.0, 1e-7}) {
      CHECK(database->read([&](Reader& reader) { return reader.value<double>("SELECT CAST(:n AS {real})", {{"n", end}}); }) == end);
    }
  }
  SUBCASE("bytes with a zero, and none at all, which is not the same as nothing") {
    for (const std::string& bytes : {std::string("a\0b", 3), std::string(), std::string(200'000, '\xff')}) {
      Everything other = ada;
      other.id = PersonId(static_cast<std::int64_t>(bytes.size() + 5));
      other.bytes = {bytes};
      CHECK(database->write([&](Writer& writer) {
        insert(writer, other);
        return find(writer, other.id);
      }) == other);
    }
    CHECK(database->read([](Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM everything WHERE bytes IS NULL"); }) == 0);
  }
}

TEST_CASE_TEMPLATE("an absent value is absent, not zero and not empty", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) {
    const auto add = [&](int number, std::optional<std::string> text, std::optional<Date> date, std::optional<Bytes> bytes) {
      writer.run("INSERT INTO everything (id, text, date, bytes) VALUES (:id, :text, :date, :bytes)",
                 {{"id", PersonId(number)}, {"text", text}, {"date", date}, {"bytes", bytes}});
    };
    // Filled first, so that a statement that is used again is seen not to remember.
    add(1, "Ada", parse_date("2026-03-01"), Bytes{"x"});
    add(2, std::nullopt, std::nullopt, std::nullopt);
    add(3, "", std::nullopt, Bytes{});
  });
  using Row = std::tuple<std::optional<std::string>, std::optional<Date>, std::optional<Bytes>>;
  const auto rows = database->read([](Reader& reader) {
    return reader.rows("SELECT text, date, bytes FROM everything ORDER BY id", {},
                       [](std::optional<std::string> text, std::optional<Date> date, std::optional<Bytes> bytes) {
                         return Row{text, date, bytes};
                       });
  });
  REQUIRE(rows.size() == 3);
  CHECK(rows[1] == Row{});
  CHECK(rows[2] == Row{"", std::nullopt, Bytes{}});

  CHECK(kind_of([&] {
          database->read([](Reader& reader) { return reader.rows("SELECT text FROM everything", {}, [](std::string text) { return text; }); });
        }) == Kind::damaged);
}

TEST_CASE_TEMPLATE("a column of another type is refused, never read as zero", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) { insert(writer, ada); });
  const auto reading = [&](auto type, Sql sql) {
    return kind_of([&] { database->read([&](Reader& reader) { return reader.rows(sql, {}, [](decltype(type) value) { return value; }); }); });
  };
  CHECK(reading(std::int64_t{}, "SELECT text FROM everything") == Kind::wrong);
  CHECK(reading(double{}, "SELECT text FROM everything") == Kind::wrong);
  CHECK(reading(std::int64_t{}, "SELECT text || '' FROM everything") == Kind::wrong);
  CHECK(reading(std::string{}, "SELECT counted FROM everything") == Kind::wrong);
  CHECK(reading(std::string{}, "SELECT bytes FROM everything") == Kind::wrong);
  CHECK(reading(Bytes{}, "SELECT text FROM everything") == Kind::wrong);
  CHECK(reading(std::int64_t{}, "SELECT counted, text FROM everything") == Kind::wrong);
  CHECK(reading(Date{}, "SELECT text FROM everything") == Kind::damaged);
  CHECK(reading(Track{}, "SELECT text FROM everything") == Kind::damaged);
  CHECK(kind_of([&] { database->read([&](Reader& reader) { return reader.value<std::int8_t>("SELECT CAST(300 AS BIGINT)"); }); }) == Kind::damaged);
  CHECK(kind_of([&] {
          database->read([&](Reader& reader) { return reader.value<std::int64_t>("SELECT counted FROM everything WHERE id = 'p77'"); });
        }) == Kind::wrong);
}

TEST_CASE_TEMPLATE("what one of the databases could not keep is refused by both, before anything is sent", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  const auto storing = [&](auto change) {
    Everything each = ada;
    change(each);
    return kind_of([&] { database->write([&](Writer& writer) { insert(writer, each); }); });
  };
  CHECK(storing([](Everything& each) { each.text = std::string("before\0after", 12); }) == Kind::refused);
  CHECK(storing([](Everything& each) { each.text = "\xff"; }) == Kind::refused);
  CHECK(storing([](Everything& each) { each.text = "\xed\xa0\x80"; }) == Kind::refused);
  CHECK(storing([](Everything& each) { each.number = std::nan(""); }) == Kind::refused);
  CHECK(storing([](Everything& each) { each.number = INFINITY; }) == Kind::refused);
  CHECK(database->read([](Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM everything"); }) == 0);
}

TEST_CASE_TEMPLATE("a text into a number is an error, not a zero", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  CHECK(kind_of([&] {
          database->write([](Writer& writer) { writer.run("INSERT INTO everything (id, counted) VALUES ('p1', :counted)", {{"counted", "soon"}}); });
        }) == Kind::constraint);
}

TEST_CASE_TEMPLATE("texts are compared and ordered by code point on both", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  database->write([](Writer& writer) {
    writer.run("CREATE TABLE word (word {text} NOT NULL PRIMARY KEY) {strict}");
    for (const char* word : {"b", "B", "ä", "a", "Z", "é", "_", "a b", "ab"}) writer.run("INSERT INTO word (word) VALUES (:word)", {{"word", word}});
  });
  const auto words =
      database->read([](Reader& reader) { return reader.rows("SELECT word FROM word ORDER BY word", {}, [](std::string word) { return word; }); });
  CHECK(words == std::vector<std::string>{"B", "Z", "_", "a", "a b", "ab", "b", "ä", "é"});
}

TEST_CASE_TEMPLATE("a list goes in as one parameter", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) {
    for (int i = 1; i <= 5; ++i) {
      Everything each = ada;
      each.id = PersonId(i);
      each.text = i == 4 ? "quote \" and \\ and\nline" : "number " + std::to_string(i);
      insert(writer, each);
    }
  });
  database->read([](Reader& reader) {
    const auto by_id = [&](std::vector<PersonId> ids) {
      return reader.rows("SELECT id FROM everything WHERE id IN {texts :ids} ORDER BY id", {{"ids", ids}}, [](PersonId id) { return id; });
    };
    CHECK(by_id({PersonId(2), PersonId(5), PersonId(9)}) == std::vector{PersonId(2), PersonId(5)});
    const std::vector<int> numbers{5, 7};
    CHECK(reader.value<std::int64_t>("SELECT COUNT(*) FROM everything WHERE CAST(SUBSTR(id, 2) AS BIGINT) IN {integers :numbers}",
                                     {{"numbers", numbers}}) == 1);
    CHECK(by_id({}).empty());
    const std::vector<std::string> texts{"quote \" and \\ and\nline", "number 1"};
    CHECK(reader.rows("SELECT id FROM everything WHERE text IN {texts :texts} ORDER BY id", {{"texts", texts}}, [](PersonId id) { return id; }) ==
          std::vector{PersonId(1), PersonId(4)});
  });
}

TEST_CASE_TEMPLATE("records that are changed are counted, and RETURNING gives them back", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  database->write([](Writer& writer) {
    for (int i = 1; i <= 3; ++i) writer.run("INSERT INTO everything (id, text) VALUES (:id, :text)", {{"id", PersonId(i)}, {"text", "x"}});
    CHECK(writer.run("UPDATE everything SET text = 'y' WHERE id > :id", {{"id", PersonId(1)}}) == 2);
    CHECK(writer.run("DELETE FROM everything WHERE id = :id", {{"id", PersonId(9)}}) == 0);
    CHECK(writer.run("INSERT INTO everything (id, text) VALUES (:id, :text) ON CONFLICT (id) DO UPDATE SET text = excluded.text",
                     {{"id", PersonId(1)}, {"text", "z"}}) == 1);
    CHECK(writer.run("INSERT INTO everything (id) VALUES (:id) ON CONFLICT DO NOTHING", {{"id", PersonId(1)}}) == 0);
    const auto gone = writer.rows("DELETE FROM everything WHERE text = :text RETURNING id", {{"text", "y"}}, [](PersonId id) { return id; });
    CHECK(gone.size() == 2);
  });
  CHECK(database->read([](Reader& reader) { return reader.value<std::string>("SELECT text FROM everything"); }) == "z");
}

TEST_CASE_TEMPLATE("parameters must be exactly those of the statement", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  create(*database);
  const auto with = [&](Sql sql, std::vector<Parameter> parameters) {
    return kind_of([&] { database->read([&](Reader& reader) { return reader.rows(sql, parameters, [](std::int64_t id) { return id; }); }); });
  };
  CHECK(with("SELECT counted FROM everything WHERE counted = :id", {}) == Kind::wrong);
  CHECK(with("SELECT counted FROM everything WHERE counted = :id", {{"id", 1}, {"other", 2}}) == Kind::wrong);
  CHECK(with("SELECT counted FROM everything WHERE counted = :id", {{"id", 1}, {"id", 2}}) == Kind::wrong);
  database->read([](Reader& reader) {
    // A colon inside a text is no parameter, one parameter may stand twice, and a statement can be used again with another kind of value.
    CHECK(reader.value<std::string>("SELECT 'at 9:30 :id' || CAST(:text AS TEXT)", {{"text", "!"}}) == "at 9:30 :id!");
    CHECK(reader.value<std::int64_t>("SELECT CAST(:n AS BIGINT) * CAST(:n AS BIGINT)", {{"n", 3}}) == 9);
    for (const std::optional<std::int64_t> id : {std::optional<std::int64_t>(1), std::optional<std::int64_t>()}) {
      CHECK(reader.rows("SELECT counted FROM everything WHERE counted = :id", {{"id", id}}, [](std::int64_t found) { return found; }).empty());
    }
  });
}

TEST_CASE_TEMPLATE("a broken rule is told by its kind", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  database->write([](Writer& writer) {
    writer.run("CREATE TABLE team (id {integer} NOT NULL PRIMARY KEY, name {text} NOT NULL UNIQUE CHECK (name <> '')) {strict}");
    writer.run("CREATE TABLE member (id {integer} NOT NULL PRIMARY KEY, team {integer} NOT NULL REFERENCES team (id)) {strict}");
    writer.run("INSERT INTO team (id, name) VALUES (1, 'Harbour')");
    writer.run("INSERT INTO member (id, team) VALUES (1, 1)");
  });
  const auto running = [&](Sql sql) { return kind_of([&] { database->write([&](Writer& writer) { writer.run(sql); }); }); };
  CHECK(running("INSERT INTO team (id, name) VALUES (1, 'Other')") == Kind::unique);
  CHECK(running("INSERT INTO team (id, name) VALUES (2, 'Harbour')") == Kind::unique);
  CHECK(running("INSERT INTO member (id, team) VALUES (2, 9)") == Kind::reference);
  CHECK(running("DELETE FROM team WHERE id = 1") == Kind::reference);
  CHECK(running("INSERT INTO team (id, name) VALUES (2, '')") == Kind::constraint);
  CHECK(running("INSERT INTO team (id, name) VALUES (2, NULL)") == Kind::constraint);
  CHECK(running("INSERT INTO nothing (id) VALUES (2)") == Kind::wrong);
  CHECK(running("not SQL at all") == Kind::wrong);
  CHECK(database->read([](Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM member"); }) == 1);
}

TEST_CASE_TEMPLATE("one statement is asked without a transaction, only one, and changes nothing", On, ON_BOTH_DATABASES) {
  On store;
  const auto database = store.open();
  database->write([](Writer& writer) { writer.run("CREATE TABLE counter (id {integer} NOT NULL PRIMARY KEY) {strict}"); });
  CHECK(database->read_once([](Reader& reader) { return reader.value<int>("SELECT COUNT(*) FROM counter"); }) == 0);
  const auto ask_twice = [&] {
    (void)database->read_once([](Reader& reader) {
      return reader.value<int>("SELECT COUNT(*) FROM counter") + reader.value<int>("SELECT COUNT(*) FROM counter");
    });
  };
  CHECK_THROWS_AS(ask_twice(), DatabaseError);
  const auto change = [&] { (void)database->read_once([](Reader& reader) { return reader.value<int>("INSERT INTO counter (id) VALUES (1) RETURNING id"); }); };
  CHECK_THROWS_AS(change(), DatabaseError);
  CHECK(database->read_once([](Reader& reader) { return reader.value<int>("SELECT COUNT(*) FROM counter"); }) == 0);
  database->write([](Writer& writer) { writer.run("INSERT INTO counter (id) VALUES (2)"); });
  CHECK(database->read_once([](Reader& reader) { return reader.value<int>("SELECT COUNT(*) FROM counter"); }) == 1);
}
