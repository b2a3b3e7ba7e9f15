#include "access/session.hpp"

#include <doctest/doctest.h>

#include "access/secret.hpp"
#include "access/store_test.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace std::chrono_literals;

namespace {

const Browser firefox{"192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"};

}  // namespace

TEST_CASE_TEMPLATE("a session is found by its token and by nothing that is stored", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna Berg", "anna@example.org", good_password, {Role::analyst});
  Sessions sessions(*store.database, store.clock);
  const Secret token = sessions.start({anna}, firefox);
  const auto session = sessions.find(token.reveal());
  REQUIRE(session);
  CHECK(session->account == anna);
  CHECK(session->account_name == "Anna Berg");
  REQUIRE(session->roles.size() == 1);
  CHECK(session->roles[0].role == Role::analyst);
  CHECK(!session->must_rotate);
  CHECK(!sessions.find(""));
  CHECK(!sessions.find("0000"));
  CHECK(!sessions.find(hash_of_token(token.reveal())));
  const auto other_node = store.on.open();
  CHECK(Sessions(*other_node, store.clock).find(token.reveal()));
}

TEST_CASE_TEMPLATE("a session ends when it is idle, when it is old, and when the account is locked", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna", "anna@example.org");
  Sessions sessions(*store.database, store.clock, {.idle = 1h, .absolute = 24h});
  const Secret idle = sessions.start({anna}, firefox);
  store.clock.advance(1h - 1ms);
  CHECK(sessions.find(idle.reveal()));
  store.clock.advance(1h - 1ms);
  CHECK(sessions.find(idle.reveal()));
  store.clock.advance(1h);
  CHECK(!sessions.find(idle.reveal()));

  const Secret busy = sessions.start({anna}, firefox);
  for (int i = 0; i < 47; ++i) {
    store.clock.advance(30min);
    CHECK(sessions.find(busy.reveal()));
  }
  store.clock.advance(30min);
  CHECK(!sessions.find(busy.reveal()));
  CHECK(sessions.forget_ended() == 2);

  const Secret locked = sessions.start({anna}, firefox);
  REQUIRE(store.accounts().lock(anna, "left", Doing::at_the_machine()));
  CHECK(!sessions.find(locked.reveal()));
  CHECK(!store.verified().broken);
}

TEST_CASE_TEMPLATE("a new role asks for a new token, and requests under way still arrive with the old one", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna", "anna@example.org");
  Sessions sessions(*store.database, store.clock);
  const Secret old = sessions.start({anna}, firefox);
  REQUIRE(store.accounts().grant_role(anna, {Role::analyst, {}}, date_of(store.clock.now()), {}, "asked for it", Doing::at_the_machine()));
  REQUIRE(sessions.find(old.reveal())->must_rotate);
  const auto fresh = sessions.rotate(old.reveal());
  REQUIRE(fresh);
  CHECK(fresh->reveal() != old.reveal());
  CHECK(!sessions.find(fresh->reveal())->must_rotate);
  CHECK(sessions.find(fresh->reveal())->id == sessions.find(old.reveal())->id);
  CHECK(!sessions.find(old.reveal())->must_rotate);
  store.clock.advance(60s);
  CHECK(!sessions.find(old.reveal()));
  CHECK(!sessions.rotate(old.reveal()));
  CHECK(sessions.find(fresh->reveal()));
  CHECK(sessions.list(anna).size() == 1);
}

TEST_CASE_TEMPLATE("sessions are listed with their device, and revoked one by one or all but this", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna", "anna@example.org");
  const AccountId bo = store.add("Bo", "bo@example.org");
  Sessions sessions(*store.database, store.clock);
  const Secret first = sessions.start({anna}, firefox);
  store.clock.advance(5min);
  const Secret second = sessions.start({anna, Through::provider}, {"192.0.2.8", "curl/7.88.1"});
  const Secret third = sessions.start({anna}, firefox);
  const auto listed = sessions.list(anna);
  REQUIRE(listed.size() == 3);
  CHECK(listed[2].device == "Firefox on Linux");
  CHECK(listed[2].address == "192.0.2.7");
  CHECK(sessions.list(bo).empty());
  CHECK(!sessions.revoke(bo, listed[0].id, Doing::of(bo)));
  CHECK(sessions.revoke(anna, sessions.find(first.reveal())->id, Doing::of(anna)));
  CHECK(!sessions.find(first.reveal()));
  CHECK(sessions.revoke_all(anna, sessions.find(third.reveal())->id, Doing::of(anna)) == 1);
  CHECK(!sessions.find(second.reveal()));
  sessions.sign_out(third.reveal());
  CHECK(!sessions.find(third.reveal()));
  sessions.sign_out("nothing");
  CHECK(store.audited() == "account_created account_created signed_in signed_in signed_in session_revoked sessions_revoked signed_out");
}

TEST_CASE("a form's token belongs to one session and is never the same twice") {
  const std::string session(new_token().reveal());
  const std::string one = form_token(session);
  CHECK(one != form_token(session));
  CHECK(is_form_token(session, one));
  CHECK(is_form_token(session, form_token(session)));
  CHECK(!is_form_token(std::string(new_token().reveal()), one));
  CHECK(!is_form_token(session, ""));
  CHECK(!is_form_token(session, one.substr(1)));
  CHECK(!is_form_token(session, one + one + one));
  for (std::size_t i = 0; i < one.size(); i += 5) {
    std::string changed = one;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK(!is_form_token(session, changed));
  }
}

TEST_CASE("devices are told in words") {
  CHECK(device_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0") ==
        "Edge on Windows");
  CHECK(device_words("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36") ==
        "Chrome on Android");
  CHECK(device_words("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1") ==
        "Safari on iPhone");
  CHECK(device_words("curl/7.88.1") == "curl");
  CHECK(device_words("SomethingNew (Linux)") == "a browser on Linux");
  CHECK(device_words("") == "an unknown browser");
}
