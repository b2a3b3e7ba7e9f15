#include "access/throttle.hpp"

#include <doctest/doctest.h>

#include "access/store_test.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace std::chrono_literals;

namespace {

/// Waits as a person would, and fails again; gives the waits in seconds.
template <class Store>
std::vector<std::int64_t> fail_times(Store& store, const AttemptKeys& keys, int times) {
  std::vector<std::int64_t> waits;
  for (int i = 0; i < times; ++i) {
    auto wait = store.database->write([&](db::Writer& writer) { return begin_attempt(writer, keys, {}, store.clock.now()); });
    waits.push_back(wait ? std::chrono::ceil<std::chrono::seconds>(*wait).count() : 0);
    if (!wait) continue;
    store.clock.advance(*wait);
    CHECK(!store.database->write([&](db::Writer& writer) { return begin_attempt(writer, keys, {}, store.clock.now()); }));
  }
  return waits;
}

template <class Store>
std::int64_t wait(Store& store, const AttemptKeys& keys) {
  const auto found = store.database->write([&](db::Writer& writer) { return begin_attempt(writer, keys, {}, store.clock.now()); });
  return found ? found->count() : 0;
}

}  // namespace

TEST_CASE("the wait doubles, has a limit, runs out and is forgotten") {
  const ThrottleRule rule{3, 60s};
  const Instant now{std::chrono::hours{1'000'000}};
  CHECK(wait_of(rule, {}, now) == 0s);
  CHECK(wait_of(rule, {2, now}, now) == 0s);
  CHECK(wait_of(rule, {3, now}, now) == 1s);
  CHECK(wait_of(rule, {4, now}, now) == 2s);
  CHECK(wait_of(rule, {8, now}, now) == 32s);
  CHECK(wait_of(rule, {9, now}, now) == 60s);
  CHECK(wait_of(rule, {1'000'000'000, now}, now) == 60s);
  CHECK(wait_of(rule, {8, now - 31s}, now) == 1s);
  CHECK(wait_of(rule, {8, now - 32s}, now) == 0s);
  CHECK(wait_of(rule, {8, now - 24h}, now) == 0s);
  CHECK(wait_of(rule, {8, now + 5h}, now) == 32s);  // a clock that was set back
}

TEST_CASE("an attempt is counted by account and network, and nothing can be read back") {
  const AttemptKeys keys = attempt_keys("Anna@Example.org", "192.0.2.7");
  CHECK(keys.account_from_anywhere == attempt_keys("anna@example.org", "198.51.100.1").account_from_anywhere);
  CHECK(keys.address == attempt_keys("bo@example.org", "192.0.2.7").address);
  CHECK(keys.address == attempt_keys("bo@example.org", "::ffff:192.0.2.7").address);
  CHECK(keys.account_from_address != attempt_keys("anna@example.org", "192.0.2.8").account_from_address);
  CHECK(attempt_keys("a", "2001:db8:1:2::1").address == attempt_keys("a", "2001:db8:1:2:ffff::9").address);
  CHECK(attempt_keys("a", "2001:db8:1:2::1").address != attempt_keys("a", "2001:db8:1:3::1").address);
  CHECK((keys.account_from_anywhere + keys.address).find("anna") == std::string::npos);
}

TEST_CASE_TEMPLATE("five failures are free, then every one doubles the wait, and success ends it", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AttemptKeys keys = attempt_keys("anna@example.org", "192.0.2.7");
  CHECK(fail_times(store, keys, 8) == std::vector<std::int64_t>{0, 0, 0, 0, 0, 1, 2, 4});
  store.clock.advance(1h);
  store.database->write([&](db::Writer& writer) { attempt_succeeded(writer, keys, store.clock.now()); });
  CHECK(wait(store, keys) == 0);
}

TEST_CASE_TEMPLATE("attempts during a wait do not make it longer", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AttemptKeys keys = attempt_keys("anna@example.org", "192.0.2.7");
  static_cast<void>(fail_times(store, keys, 5));
  for (int i = 0; i < 10; ++i) CHECK(wait(store, keys) == 1'000);
  store.clock.advance(1s);
  CHECK(wait(store, keys) == 0);
}

TEST_CASE_TEMPLATE("who guesses from many addresses slows the account down, and not its owner", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AttemptKeys home = attempt_keys("anna@example.org", "192.0.2.7");
  CHECK(wait(store, home) == 0);
  store.database->write([&](db::Writer& writer) { attempt_succeeded(writer, home, store.clock.now()); });
  for (int i = 0; i < 40; ++i) {
    CHECK(wait(store, attempt_keys("anna@example.org", "203.0.113." + std::to_string(i))) <= 30'000);
    store.clock.advance(30s);
  }
  CHECK(wait(store, attempt_keys("anna@example.org", "203.0.113.200")) == 0);
  CHECK(wait(store, attempt_keys("anna@example.org", "203.0.113.201")) == 30'000);
  CHECK(wait(store, home) == 0);
  store.clock.advance(24h * 91);
  CHECK(store.database->write([&](db::Writer& writer) { return forget_old_attempts(writer, {}, store.clock.now()); }) > 40);
}

TEST_CASE_TEMPLATE("two nodes count together", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const auto other = store.on.open();
  const AttemptKeys keys = attempt_keys("anna@example.org", "192.0.2.7");
  for (int i = 0; i < 5; ++i) {
    db::Database& node = i % 2 == 0 ? *store.database : *other;
    CHECK(!node.write([&](db::Writer& writer) { return begin_attempt(writer, keys, {}, store.clock.now()); }));
  }
  CHECK(other->write([&](db::Writer& writer) { return begin_attempt(writer, keys, {}, store.clock.now()); }) == 1s);
}
