#include "access/audit.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "access/store_test.hpp"

using namespace waymark;
using namespace waymark::access;

namespace {

const AccountId anna = AccountId::from("00000000000000000000000001").value();
const AccountId bo = AccountId::from("00000000000000000000000002").value();

template <class Store>
void append(Store& store, AuditRecord record) {
  store.database->write([&](db::Writer& writer) { append_audit(writer, record, store.clock.now()); });
}

template <class Store>
std::vector<AuditEntry> entries(Store& store) {
  std::vector<AuditEntry> all;
  store.database->read([&](db::Reader& reader) {
    for_each_audit_entry(reader, 1, [&](const AuditEntry& entry) {
      all.push_back(entry);
      return true;
    });
  });
  return all;
}

template <class Store>
void fill(Store& store) {
  append(store, {.doing = Doing::at_the_machine(), .action = "account_created", .subject = AuditPerson::of(anna)});
  append(store, {.doing = Doing::of(anna),
                 .action = "role_granted",
                 .subject = AuditPerson::of(bo),
                 .object = "role:x",
                 .why = "covers for Eva",
                 .facts = {{"role", "analyst"}}});
  append(store, {.doing = {}, .action = "signed_in", .subject = AuditPerson::of(bo)});
}

}  // namespace

TEST_CASE("the encoding is the one of the header") {
  const AuditEntry entry{.sequence = 2,
                         .at = Instant{std::chrono::milliseconds{1'000}},
                         .actor = "system",
                         .action = "é",
                         .subject = "",
                         .object = "",
                         .why = "",
                         .facts = {{"a", "b"}},
                         .hash = {}};
  // printf '2:ab\n15:waymark-audit-1\n1:2\n4:1000\n6:system\n2:é\n0:\n0:\n0:\n1:a\n1:b\n' | sha256sum
  CHECK(hash_of(entry, "ab") == "48094df97f00c80fddba2b27e274e4085c15430d42b3f31e192cdda5145b3d3f");
  AuditEntry moved = entry;
  moved.subject = "x";
  AuditEntry moved_again = entry;
  moved_again.object = "x";
  CHECK(hash_of(moved, "ab") != hash_of(moved_again, "ab"));
}

TEST_CASE_TEMPLATE("entries are chained, people appear by pseudonym, and the chain verifies", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  CHECK(!store.verified().broken);
  fill(store);
  const auto all = entries(store);
  REQUIRE(all.size() == 3);
  CHECK(all[0].actor == "command line");
  CHECK(all[0].subject.starts_with("p-"));
  CHECK(all[1].actor == all[0].subject);
  CHECK(all[1].why == "covers for Eva");
  CHECK(all[1].facts == AuditFacts{{"role", "analyst"}});
  CHECK(all[2].actor == "system");
  CHECK(all[2].subject == all[1].subject);
  const AuditReport report = store.verified();
  CHECK(!report.broken);
  CHECK(report.end.sequence == 3);
  CHECK(report.end.hash == all[2].hash);
  store.database->read([&](db::Reader& reader) {
    CHECK(person_behind(reader, all[2].subject)->id == bo.text());
    const auto newest = newest_audit_entries(reader, AuditPerson::of(bo), {}, 10);
    REQUIRE(newest.size() == 2);
    CHECK(newest[0].sequence == 3);
    CHECK(newest_audit_entries(reader, {}, 3, 1).front().sequence == 2);
    CHECK(newest_audit_entries(reader, AuditPerson{"person", "x"}, {}, 10).empty());
  });
}

TEST_CASE_TEMPLATE("a change, a gap, a cut and a new history are found, and where", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  fill(store);
  const auto all = entries(store);
  const auto broken_after = [&](auto&& damage) {
    TestStore<On> damaged;
    fill(damaged);
    damaged.database->write(damage);
    const AuditReport report = damaged.verified();
    return report.broken ? std::to_string(*report.broken) + " " + report.what : std::string();
  };
  CHECK(broken_after([](db::Writer& w) { w.run("UPDATE audit_entry SET why = 'another reason' WHERE sequence = 2"); }) ==
        "2 Entry 2, or the one before it, was changed.");
  CHECK(broken_after([](db::Writer& w) { w.run("UPDATE audit_entry SET at = at + 1 WHERE sequence = 1"); }) ==
        "1 Entry 1, or the one before it, was changed.");
  CHECK(broken_after([](db::Writer& w) { w.run("DELETE FROM audit_entry WHERE sequence = 2"); }) == "2 Entry 2 is missing.");
  CHECK(broken_after([](db::Writer& w) { w.run("DELETE FROM audit_entry WHERE sequence = 3"); }) ==
        "3 The chain ends with entry 2, but there was an entry 3.");
  CHECK(broken_after([](db::Writer& w) { w.run("UPDATE audit_head SET hash = 'x'"); }) ==
        "3 The record of the chain's end is not that of its last entry.");
  // Written anew from the start, whole in itself: only a mark kept elsewhere tells.
  const AuditReport anew = store.database->read([&](db::Reader& reader) { return verify_audit(reader, {{2, "0000"}}); });
  CHECK(anew.broken == 2);
  CHECK(store.database->read([&](db::Reader& reader) { return verify_audit(reader, {{9, "0000"}}); }).broken == 4);
  CHECK(!store.database->read([&](db::Reader& reader) { return verify_audit(reader, {{2, all[1].hash}}); }).broken);
}

TEST_CASE_TEMPLATE("an erased person cannot be told any more, and the chain holds", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  fill(store);
  const std::string pseudonym = entries(store)[2].subject;
  store.database->write([&](db::Writer& writer) { forget_in_audit(writer, AuditPerson::of(bo)); });
  CHECK(!store.verified().broken);
  CHECK(!store.database->read([&](db::Reader& reader) { return person_behind(reader, pseudonym); }));
  append(store, {.action = "signed_in", .subject = AuditPerson::of(bo)});
  CHECK(entries(store)[3].subject != pseudonym);
  CHECK(!store.verified().broken);
}

TEST_CASE_TEMPLATE("an entry is kept with its change or not at all", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  fill(store);
  struct Stop {};
  CHECK_THROWS_AS(store.database->write([&](db::Writer& writer) {
    append_audit(writer, {.action = "signed_in", .subject = AuditPerson::of(anna)}, store.clock.now());
    throw Stop{};
  }),
                  Stop);
  CHECK(entries(store).size() == 3);
  CHECK(!store.verified().broken);
}

TEST_CASE_TEMPLATE("many who append at once make one chain", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const auto other_node = store.on.open();
  constexpr int each = 20;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      db::Database& database = t % 2 == 0 ? *store.database : *other_node;
      for (int i = 0; i < each; ++i) {
        database.write([&](db::Writer& writer) {
          take_turn_in_audit(writer);
          append_audit(writer, {.action = "signed_in", .subject = AuditPerson::of(anna)}, store.clock.now());
        });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const AuditReport report = store.verified();
  CHECK(!report.broken);
  CHECK(report.end.sequence == 4 * each);
}

TEST_CASE_TEMPLATE("a long chain is read in pages, and long words are cut at a character", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  store.database->write([&](db::Writer& writer) {
    for (int i = 0; i < 2'100; ++i) append_audit(writer, {.action = "x"}, store.clock.now());
    std::string why(499, 'a');
    append_audit(writer, {.action = "x", .why = why + "éé"}, store.clock.now());
  });
  CHECK(store.verified().end.sequence == 2'101);
  CHECK(entries(store).back().why.size() == 499);
}

TEST_CASE("an entry is one line of JSON") {
  const AuditEntry entry{7, Instant{}, "system", "x", "p-1", "role:1", "a \"b\"\n", {{"k", "v"}}, "ff"};
  CHECK(
      to_json_line(entry) ==
      R"({"sequence":7,"at":"1970-01-01T00:00:00.000Z","actor":"system","action":"x","subject":"p-1","object":"role:1","why":"a \"b\"\n","facts":{"k":"v"},"hash":"ff"})");
}
