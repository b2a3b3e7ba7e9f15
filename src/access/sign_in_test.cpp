#include "access/sign_in.hpp"

#include <doctest/doctest.h>

#include <liboath/oath.h>

#include "access/account_records.hpp"
#include "access/link.hpp"
#include "access/store_test.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace std::chrono_literals;
using Outcome = SignInAnswer::Outcome;

namespace {

const Browser browser{"192.0.2.7", "curl/8"};

template <class On>
struct Door {
  TestStore<On> store;
  CurrentKeys keys{KeyRing::make()};
  Accounts accounts = store.accounts();
  Sessions sessions{*store.database, store.clock};
  SecondFactors factors{*store.database, store.clock, keys};
  SignIn sign_in{*store.database, store.clock, accounts, sessions, factors, {.second_factor = SecondFactorPolicy::for_administrators}};

  Outcome outcome(std::string_view password, std::string_view email = "anna@example.org") {
    return sign_in.with_password(email, password, browser).outcome;
  }

  std::string code_of(const Secret& secret) {
    char code[7] = {};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(store.clock.now()).time_since_epoch().count();
    REQUIRE(oath_totp_generate(secret.reveal().data(), secret.reveal().size(), seconds, 30, 0, 6, code) == OATH_OK);
    return code;
  }

  /// Gives the secret; the recovery codes go into `codes`.
  Secret enrol(const AccountId& account, std::vector<Secret>& codes) {
    const auto secret = factors.begin(account);
    REQUIRE(secret);
    auto confirmed = factors.confirm(account, code_of(*secret));
    REQUIRE(confirmed);
    codes = *confirmed;
    store.clock.advance(30s);
    return *secret;
  }
};

}  // namespace

TEST_CASE_TEMPLATE("the right password signs in; nothing else says which part was wrong", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password);
  static_cast<void>(door.store.add("Bo", "bo@example.org"));
  const SignInAnswer answer = door.sign_in.with_password(" ANNA@example.org ", good_password, browser);
  REQUIRE(answer.outcome == Outcome::signed_in);
  CHECK(door.sessions.find(answer.token.reveal())->account == anna);
  CHECK(door.outcome("wrong") == Outcome::refused);
  CHECK(door.outcome("") == Outcome::refused);
  CHECK(door.outcome("\xff\xfe") == Outcome::refused);
  CHECK(door.outcome(good_password, "bo@example.org") == Outcome::refused);
  CHECK(door.outcome(good_password, "nobody@example.org") == Outcome::refused);
  CHECK(door.outcome(good_password, "nonsense") == Outcome::refused);
}

TEST_CASE_TEMPLATE("guessing is slowed down, for accounts that are not there as well, and the owner gets in afterwards", On, ON_BOTH_DATABASES) {
  Door<On> door;
  static_cast<void>(door.store.add("Anna", "anna@example.org", good_password));
  for (const std::string email : {"anna@example.org", "nobody@example.org"}) {
    for (int i = 0; i < 5; ++i) CHECK(door.outcome("wrong", email) == Outcome::refused);
    CHECK(door.outcome(good_password, email) == Outcome::slow_down);
  }
  door.store.clock.advance(1s);
  CHECK(door.outcome(good_password) == Outcome::signed_in);
  CHECK(door.outcome(good_password) == Outcome::signed_in);
}

TEST_CASE_TEMPLATE("a locked account is told so only to who knows the password", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password);
  REQUIRE(door.accounts.lock(anna, "long leave", Doing::at_the_machine()));
  CHECK(door.outcome("wrong") == Outcome::refused);
  CHECK(door.outcome(good_password) == Outcome::locked);
  REQUIRE(door.accounts.unlock(anna, "back", Doing::at_the_machine()));
  CHECK(door.outcome(good_password) == Outcome::signed_in);
}

TEST_CASE_TEMPLATE("a hash of another cost is made again at sign-in", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password);
  const std::string old = hash_password(Secret(good_password), {2, 16384});
  door.store.database->write([&](db::Writer& writer) { write_password(writer, anna, old); });
  CHECK(door.outcome(good_password) == Outcome::signed_in);
  const auto record = door.store.database->read([&](db::Reader& reader) { return find_for_sign_in(reader, anna); });
  CHECK(!needs_new_hash(*record->password_hash, HashCost::least()));
  CHECK(door.outcome(good_password) == Outcome::signed_in);
}

TEST_CASE_TEMPLATE("with a second factor a password is half the way; a code works once", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password);
  std::vector<Secret> recovery;
  const Secret secret = door.enrol(anna, recovery);
  CHECK(recovery.size() == 10);
  const SignInAnswer half = door.sign_in.with_password("anna@example.org", good_password, browser);
  REQUIRE(half.outcome == Outcome::code_needed);
  CHECK(!door.sessions.find(half.token.reveal()));
  CHECK(door.sign_in.with_code(half.token.reveal(), "000000", browser).outcome == Outcome::refused);
  const std::string code = door.code_of(secret);
  const SignInAnswer whole = door.sign_in.with_code(half.token.reveal(), code, browser);
  REQUIRE(whole.outcome == Outcome::signed_in);
  CHECK(door.sessions.find(whole.token.reveal())->account == anna);
  CHECK(door.sign_in.with_code(half.token.reveal(), code, browser).outcome == Outcome::refused);
  const SignInAnswer again = door.sign_in.with_password("anna@example.org", good_password, browser);
  CHECK(door.sign_in.with_code(again.token.reveal(), code, browser).outcome == Outcome::refused);
  CHECK(door.sign_in.with_code(again.token.reveal(), recovery[3].reveal(), browser).outcome == Outcome::signed_in);
  CHECK(door.factors.recovery_codes_left(anna) == 9);
  const SignInAnswer third = door.sign_in.with_password("anna@example.org", good_password, browser);
  CHECK(door.sign_in.with_code(third.token.reveal(), recovery[3].reveal(), browser).outcome == Outcome::refused);
  door.store.clock.advance(10min);
  CHECK(door.sign_in.with_code(third.token.reveal(), door.code_of(secret), browser).outcome == Outcome::refused);
}

TEST_CASE_TEMPLATE("guessing codes is slowed down", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password);
  std::vector<Secret> recovery;
  const Secret secret = door.enrol(anna, recovery);
  const SignInAnswer half = door.sign_in.with_password("anna@example.org", good_password, browser);
  for (int i = 0; i < 5; ++i) CHECK(door.sign_in.with_code(half.token.reveal(), "00000" + std::to_string(i), browser).outcome == Outcome::refused);
  CHECK(door.sign_in.with_code(half.token.reveal(), door.code_of(secret), browser).outcome == Outcome::slow_down);
  door.store.clock.advance(1s);
  CHECK(door.sign_in.with_code(half.token.reveal(), door.code_of(secret), browser).outcome == Outcome::signed_in);
}

TEST_CASE_TEMPLATE("where policy wants a second factor, a session without one can only set one up", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password, {Role::administrator});
  static_cast<void>(door.store.add("Bo", "bo@example.org", good_password));
  const SignInAnswer administrator = door.sign_in.with_password("anna@example.org", good_password, browser);
  CHECK(door.sessions.find(administrator.token.reveal())->second_factor_due);
  const SignInAnswer other = door.sign_in.with_password("bo@example.org", good_password, browser);
  CHECK(!door.sessions.find(other.token.reveal())->second_factor_due);
  door.sessions.second_factor_done(door.sessions.find(administrator.token.reveal())->id);
  CHECK(!door.sessions.find(administrator.token.reveal())->second_factor_due);
}

TEST_CASE_TEMPLATE("keys change under second factors, and a lost key leaves the recovery codes", On, ON_BOTH_DATABASES) {
  Door<On> door;
  const AccountId anna = door.store.add("Anna", "anna@example.org", good_password);
  std::vector<Secret> recovery;
  const Secret secret = door.enrol(anna, recovery);
  const KeyRing both = door.keys.ring()->with_new_key();
  CHECK(door.store.database->write([&](db::Writer& writer) { return SecondFactors::seal_again(writer, both); }) == 1);
  CHECK(door.store.database->write([&](db::Writer& writer) { return SecondFactors::seal_again(writer, both); }) == 0);
  door.keys = CurrentKeys(both.without_old_keys());
  const auto use = [&](std::string_view code) {
    return door.store.database->write([&](db::Writer& writer) { return door.factors.use_code(writer, anna, code); });
  };
  CHECK(use(door.code_of(secret)) == true);
  door.keys = CurrentKeys(KeyRing::make());
  CHECK(use("000000").error().kind == Error::Kind::unavailable);
  CHECK(use(recovery[0].reveal()) == true);
  CHECK(door.factors.remove(anna, Doing::at_the_machine()));
  CHECK(door.outcome(good_password) == Outcome::signed_in);
}

TEST_CASE("only a path of this site is returned to") {
  CHECK(own_path("/levels/SSE?x=1#y") == "/levels/SSE?x=1#y");
  for (const char* other : {"", "levels", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/a\nb"})
    CHECK(own_path(other) == "/");
}
