#include "access/account.hpp"

#include <doctest/doctest.h>

#include "access/api_token.hpp"
#include "access/feature_switches.hpp"
#include "access/joining.hpp"
#include "access/personal_data.hpp"
#include "access/store_test.hpp"

using namespace waymark;
using namespace waymark::access;
using namespace std::chrono_literals;

namespace {

const Doing machine = Doing::at_the_machine();

template <class T>
std::string refused(const Result<T>& result) {
  return result ? std::string() : result.error().message;
}

}  // namespace

TEST_CASE_TEMPLATE("an address, an externalId and a person belong to one account", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  Accounts accounts = store.accounts();
  const auto anna = accounts.create({.name = "  Anna   Berg ", .email = "Anna@Example.org", .person = "p1", .external_id = "E1"}, machine);
  REQUIRE(anna);
  CHECK(accounts.find(*anna)->name == "Anna Berg");
  CHECK(accounts.find_by_email(" anna@example.ORG")->id == *anna);
  CHECK(accounts.find_by_external_id("E1")->id == *anna);
  CHECK(refused(accounts.create({.name = "B", .email = "anna@example.org"}, machine)) ==
        "There is an account with the address anna@example.org already.");
  CHECK(refused(accounts.create({.name = "B", .external_id = "E1"}, machine)) == "There is an account with this externalId already.");
  CHECK(refused(accounts.create({.name = "B", .person = "p1"}, machine)) == "This person has an account already.");
  CHECK(refused(accounts.create({.name = " "}, machine)) == "An account needs a name.");
  CHECK(refused(accounts.create({.name = "B", .email = "nobody"}, machine)) == "`nobody` is not an e-mail address.");
  CHECK(accounts.change_details(*anna, {.name = "Anna Ek", .email = "anna@example.org"}, machine));
  CHECK(accounts.find(*anna)->name == "Anna Ek");
  CHECK(!accounts.find(AccountId::make()));
  CHECK(store.audited() == "account_created account_changed");
}

TEST_CASE_TEMPLATE("accounts are listed in pages", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  for (int i = 0; i < 5; ++i) static_cast<void>(store.add(i < 2 ? "Same Name" : "N" + std::to_string(i), "a" + std::to_string(i) + "@example.org"));
  Accounts accounts = store.accounts();
  std::optional<std::string> next;
  std::vector<std::string> names;
  do {
    const AccountPage page = accounts.list(next, 2);
    for (const Account& account : page.accounts) names.push_back(account.name);
    next = page.next;
  } while (next);
  CHECK(names == std::vector<std::string>{"N2", "N3", "N4", "Same Name", "Same Name"});
}

TEST_CASE_TEMPLATE("roles hold from a day until a day", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna", "anna@example.org");
  Accounts accounts = store.accounts();
  const Date today = date_of(store.clock.now());
  const auto role =
      accounts.grant_role(anna, {Role::people_partner, {.part = "platform", .country = "IE"}}, today + std::chrono::days{1}, {}, "new duty", machine);
  REQUIRE(role);
  CHECK(accounts.roles_today(anna).empty());
  store.clock.advance(24h);
  REQUIRE(accounts.roles_today(anna).size() == 1);
  CHECK(accounts.roles_today(anna)[0].scope == Scope{"platform", "IE"});
  CHECK(accounts.end_role(anna, *role, today + std::chrono::days{2}, "moved", machine));
  CHECK(accounts.roles_today(anna).size() == 1);
  store.clock.advance(24h);
  CHECK(accounts.roles_today(anna).empty());
  CHECK(accounts.roles(anna).size() == 1);
  CHECK(refused(accounts.grant_role(anna, {Role::engineer, {}}, today, {}, "", machine)) != "");
  CHECK(refused(accounts.grant_role(anna, {Role::analyst, {}}, today, today, "", machine)) == "The role would end before it begins.");
  CHECK(refused(accounts.grant_role(AccountId::make(), {Role::analyst, {}}, today, {}, "", machine)) == "There is no such account.");
}

TEST_CASE_TEMPLATE("the last administrator stays", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  Accounts accounts = store.accounts();
  CHECK(!accounts.has_administrator());
  const AccountId anna = store.add("Anna", "anna@example.org", good_password, {Role::administrator});
  CHECK(accounts.has_administrator());
  const RoleId role = accounts.roles(anna)[0].id;
  const Date today = date_of(store.clock.now());
  const std::string last = "This is the only administrator.";
  CHECK(refused(accounts.lock(anna, "left", machine)) == last);
  CHECK(refused(accounts.end_role(anna, role, today, "", machine)) == last);
  CHECK(refused(accounts.end_role(anna, role, today + std::chrono::days{9}, "", machine)) == last);
  CHECK(refused(PersonalData().erase(*store.database, anna, "", machine, store.clock)) == last);
  CHECK(accounts.roles_today(anna).size() == 1);
  const AccountId bo = store.add("Bo", "bo@example.org", good_password, {Role::administrator});
  CHECK(accounts.end_role(anna, role, today, "", machine));
  CHECK(refused(accounts.lock(bo, "", machine)) == last);
  CHECK(!store.verified().broken);
}

TEST_CASE_TEMPLATE("a password of the last few is not taken again", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  store.account_rules.passwords.remembered = 2;
  const AccountId anna = store.add("Anna", "anna@example.org", "the first password");
  Accounts accounts = store.accounts();
  const auto change = [&](const std::string& from, const std::string& to) {
    store.clock.advance(1s);
    return refused(accounts.change_password(anna, from, to, {}));
  };
  CHECK(change("wrong", "the second password") == "The present password is not right.");
  CHECK(change("the first password", "the first password") == "You have used this password before.");
  CHECK(change("the first password", "the second password") == "");
  CHECK(change("the second password", "the third password") == "");
  CHECK(change("the third password", "the first password") == "You have used this password before.");
  CHECK(change("the third password", "the fourth password") == "");
  CHECK(change("the fourth password", "the first password") == "");
  CHECK(refused(accounts.remove_password(anna, machine)) == "Without the password nobody could sign in to this account.");
}

TEST_CASE_TEMPLATE("a new password ends the other sessions", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna", "anna@example.org", good_password);
  Sessions sessions(*store.database, store.clock);
  const Secret here = sessions.start({anna}, {});
  const Secret there = sessions.start({anna}, {});
  REQUIRE(store.accounts().change_password(anna, good_password, "another long password", sessions.find(here.reveal())->id.text()));
  REQUIRE(sessions.find(here.reveal()));
  CHECK(sessions.find(here.reveal())->must_rotate);
  CHECK(!sessions.find(there.reveal()));
}

TEST_CASE_TEMPLATE("an identity is linked by subject, by externalId, or by an address that is verified", On, ON_BOTH_DATABASES) {
  using Unknown = Accounts::Unknown;
  TestStore<On> store;
  Accounts accounts = store.accounts();
  const AccountId anna = store.add("Anna", "anna@example.org");
  const AccountId bo = accounts.create({.name = "Bo", .external_id = "E2"}, machine).value();
  const std::string idp = "https://idp.example";
  CHECK(accounts.for_identity({.issuer = idp, .subject = "u1", .email = "anna@example.org"}, Unknown::refuse).error().kind == Error::Kind::not_found);
  CHECK(accounts.for_identity({.issuer = idp, .subject = "u1", .email = "ANNA@example.org", .email_verified = true}, Unknown::refuse) == anna);
  CHECK(accounts.for_identity({.issuer = idp, .subject = "u1", .email = "changed@example.org"}, Unknown::refuse) == anna);
  CHECK(accounts.for_identity({.issuer = idp, .subject = "u2", .external_id = "E2"}, Unknown::refuse) == bo);
  // Somebody else who comes with Anna's address, or the same subject elsewhere.
  CHECK(accounts.for_identity({.issuer = idp, .subject = "u3", .email = "anna@example.org", .email_verified = true}, Unknown::create).error().kind ==
        Error::Kind::conflict);
  CHECK(!accounts.for_identity({.issuer = "https://other.example", .subject = "u1"}, Unknown::refuse));
  const auto made = accounts.for_identity({.issuer = idp, .subject = "u4", .name = "Cleo", .email = "cleo@example.org"}, Unknown::create);
  REQUIRE(made);
  CHECK(accounts.find(*made)->name == "Cleo");
  CHECK(!accounts.find(*made)->email);  // not verified, so nobody's yet
  CHECK(accounts.unlink_identity(anna, machine));
  CHECK(accounts.for_identity({.issuer = idp, .subject = "u3", .email = "anna@example.org", .email_verified = true}, Unknown::refuse) == anna);
}

TEST_CASE_TEMPLATE("the set-up link makes one administrator, once", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  Accounts accounts = store.accounts();
  Joining joining(*store.database, accounts, store.clock);
  const auto old = joining.open_set_up();
  const auto link = joining.open_set_up();
  REQUIRE(link);
  CHECK(!joining.is_set_up_token(old->reveal()));
  CHECK(joining.is_set_up_token(link->reveal()));
  CHECK(refused(joining.set_up(link->reveal(), {.name = "Anna", .email = "anna@example.org"}, "short")) ==
        "The password has 5 characters; it needs 12 or more.");
  const auto anna = joining.set_up(link->reveal(), {.name = "Anna", .email = "anna@example.org"}, good_password);
  REQUIRE(anna);
  CHECK(accounts.has_administrator());
  CHECK(accounts.roles_today(*anna).size() == 2);
  CHECK(refused(joining.set_up(link->reveal(), {.name = "Bo", .email = "bo@example.org"}, good_password)) == "This link does not work any more.");
  CHECK(!joining.open_set_up());
}

TEST_CASE_TEMPLATE("an invitation works once and for a week, and a refused password leaves it good", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  Accounts accounts = store.accounts();
  Joining joining(*store.database, accounts, store.clock);
  const AccountId anna = store.add("Anna", "anna@example.org");
  const auto link = joining.issue(LinkPurpose::invitation, anna, machine);
  REQUIRE(link);
  CHECK(joining.holder(LinkPurpose::invitation, link->reveal()) == anna);
  CHECK(!joining.holder(LinkPurpose::new_password, link->reveal()));
  CHECK(!joining.accept(LinkPurpose::invitation, link->reveal(), "short"));
  CHECK(joining.accept(LinkPurpose::invitation, link->reveal(), good_password) == anna);
  CHECK(refused(joining.accept(LinkPurpose::invitation, link->reveal(), "another long password")) == "This link does not work any more.");
  const auto late = joining.issue(LinkPurpose::new_password, anna, machine);
  store.clock.advance(1h);
  CHECK(!joining.accept(LinkPurpose::new_password, late->reveal(), "another long password"));
}

TEST_CASE_TEMPLATE("an API token does what it was made for until it ends", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna", "anna@example.org", good_password, {Role::pathway_owner});
  ApiTokens tokens(*store.database, store.clock);
  const auto token = tokens.issue(anna, "publish from CI", {TokenScope::publishing}, 24h * 30);
  REQUIRE(token);
  CHECK(token->reveal().starts_with("waymark_"));
  const auto holder = tokens.find(token->reveal());
  REQUIRE(holder);
  CHECK(may(holder->actor, Action::publish_version, {}));
  CHECK(!may(holder->actor, Action::read_pathway, {}));
  CHECK(tokens.list(anna)[0].last_used_at == store.clock.now());
  CHECK(token->reveal().starts_with(tokens.list(anna)[0].prefix));
  CHECK(!tokens.find("waymark_0000"));
  CHECK(!tokens.issue(anna, "x", {}, 1h));
  CHECK(!tokens.issue(anna, "x", {TokenScope::no_token}, 1h));
  CHECK(!tokens.issue(anna, "", {TokenScope::pathway}, 1h));
  CHECK(!tokens.issue(anna, "x", {TokenScope::pathway}, 24h * 400));
  store.clock.advance(24h * 30);
  CHECK(!tokens.find(token->reveal()));
  const auto second = tokens.issue(anna, "y", {TokenScope::pathway}, 1h);
  CHECK(tokens.revoke(anna, tokens.find(second->reveal())->token, machine));
  CHECK(!tokens.find(second->reveal()));
}

TEST_CASE_TEMPLATE("switches are kept", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const FeatureSwitch energy_in_france{Feature::energy, {.country = "FR"}};
  REQUIRE(switch_off(*store.database, energy_in_france, "works council", machine, store.clock));
  REQUIRE(switch_off(*store.database, energy_in_france, "again", machine, store.clock));
  CHECK(!switch_off(*store.database, {Feature::always_on, {}}, "", machine, store.clock));
  const auto switches = store.database->read([](db::Reader& reader) { return feature_switches(reader); });
  REQUIRE(switches.size() == 1);
  CHECK(switched_off_at({.country = "FR"}, switches).has(Feature::energy));
  REQUIRE(switch_on(*store.database, energy_in_france, "agreed", machine, store.clock));
  CHECK(store.audited() == "feature_switched_off feature_switched_on");
}

TEST_CASE_TEMPLATE("one's data comes out whole, and erasing it leaves nobody in the audit", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId anna = store.add("Anna \"A\" Berg", "anna@example.org", good_password, {Role::analyst});
  Sessions sessions(*store.database, store.clock);
  const Secret token = sessions.start({anna}, {"192.0.2.7", "curl/8"});
  PersonalData data;
  std::vector<std::string> erased;
  data.add({"growth", "your evidence",
            [](db::Reader&, const DataSubject&) {
              return std::vector<ExportedFile>{{"evidence.md", "mine"}};
            },
            [&](db::Writer&, const DataSubject& subject, Instant) { erased.push_back(subject.account.text()); }});
  const auto files = data.export_all(*store.database, anna, store.clock);
  REQUIRE(files);
  REQUIRE(files->size() == 4);
  CHECK((*files)[0].path == "README.txt");
  CHECK((*files)[1].path == "access/account.json");
  CHECK((*files)[1].bytes.find(R"("name": "Anna \"A\" Berg")") != std::string::npos);
  CHECK((*files)[1].bytes.find("argon2") == std::string::npos);
  CHECK((*files)[2].bytes.find("signed_in") != std::string::npos);
  CHECK((*files)[3].path == "growth/evidence.md");

  REQUIRE(data.erase(*store.database, anna, "asked for it", machine, store.clock));
  CHECK(erased == std::vector<std::string>{anna.text()});
  CHECK(!store.accounts().find(anna));
  CHECK(!store.accounts().find_by_email("anna@example.org"));
  CHECK(!sessions.find(token.reveal()));
  CHECK(!store.verified().broken);
  CHECK(store.database->read([&](db::Reader& reader) { return newest_audit_entries(reader, AuditPerson::of(anna), {}, 10); }).empty());
  CHECK(!data.export_all(*store.database, anna, store.clock));
  CHECK(!data.erase(*store.database, anna, "", machine, store.clock));
}
