#include "access/housekeeping.hpp"

#include <doctest/doctest.h>

#include "access/link.hpp"
#include "access/store_test.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace std::chrono_literals;

TEST_CASE_TEMPLATE("what has ended is taken out, and what has not stays", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId ada = store.add("Ada", "ada@example.org");
  Sessions sessions(*store.database, store.clock);
  const AttemptKeys keys = attempt_keys("ada@example.org", "192.0.2.1");
  (void)sessions.start({.account = ada}, {});
  store.database->write([&](db::Writer& writer) {
    (void)issue_link(writer, LinkPurpose::new_password, ada, "", store.clock.now());
    (void)begin_attempt(writer, keys, {}, store.clock.now());
  });
  CHECK(forget_what_has_ended(*store.database, store.clock).sessions == 0);

  store.clock.advance(24h * 200);
  const Secret fresh = sessions.start({.account = ada}, {});
  const Secret link =
      store.database->write([&](db::Writer& writer) { return issue_link(writer, LinkPurpose::invitation, ada, "", store.clock.now()); });
  const Forgotten forgotten = forget_what_has_ended(*store.database, store.clock);
  CHECK(forgotten.sessions == 1);
  CHECK(forgotten.links == 1);
  CHECK(forgotten.attempts == 3);
  CHECK(sessions.find(fresh.reveal()));
  CHECK(store.database->read([&](db::Reader& reader) { return look_at_link(reader, LinkPurpose::invitation, link.reveal(), store.clock.now()); }));
  CHECK(forget_what_has_ended(*store.database, store.clock).links == 0);
}
