// What people do at the door and on their own account, page by page.
#include <doctest/doctest.h>

#include "access/second_factor.hpp"
#include "temporary_folder.hpp"
#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

/// What stands in the field of that name.
std::string hidden(const std::string& page, const std::string& name) {
  const std::string before = "name=\"" + name + "\" value=\"";
  const auto at = page.find(before);
  if (at == std::string::npos) return {};
  const auto begin = at + before.size();
  return page.substr(begin, page.find('"', begin) - begin);
}

/// The first line of what is shown only once.
std::string shown_once(const std::string& page) {
  const auto at = page.find("<code>");
  if (at == std::string::npos) return {};
  return page.substr(at + 6, page.find("</code>", at) - at - 6);
}

/// What an authenticator shows.
std::string code_of(const access::Secret& secret, Instant now) {
  for (int i = 0; i < 1'000'000; ++i) {
    std::string tried = std::to_string(i);
    tried.insert(0, 6 - tried.size(), '0');
    if (access::accepted_step(secret, tried, now, std::nullopt)) return tried;
  }
  return {};
}

}  // namespace

TEST_CASE_TEMPLATE("the first start: the link opens the first account, once", On, ON_BOTH_DATABASES) {
  TestInstallation<On> house;
  Person first;
  CHECK(has(body_of(house.get("/sign-in", first)), "Not set up yet"));
  const std::string old(house.installation.joining.open_set_up()->reveal());
  const std::string token(house.installation.joining.open_set_up()->reveal());
  CHECK(house.get("/set-up?token=" + old, first).status == 410);
  CHECK(house.get("/set-up?token=" + token, first).status == 200);

  const Fields typed{{"token", token}, {"name", "Ada"}, {"email", "ada@example.org"}, {"password", "short"}};
  const auto refused = house.post("/set-up", first, typed);
  CHECK(refused.status == 422);
  CHECK(has(body_of(refused), "value=\"Ada\""));
  CHECK(has(body_of(refused), "value=\"ada@example.org\""));
  CHECK(!has(body_of(refused), "short"));
  CHECK(hidden(body_of(refused), "token") == token);

  CHECK(house.post("/set-up", first, {{"token", token}, {"name", "Ada"}, {"email", " "}, {"password", access::good_password}}).status == 422);
  const auto opened = house.post("/set-up", first, {{"token", token}, {"name", "Ada"}, {"email", "ada@example.org"}, {"password", access::good_password}});
  CHECK(opened.status == 303);
  CHECK(has(body_of(house.get("/account", first)), "You are Ada, ada@example.org."));
  CHECK(house.get("/accounts", first).status == 200);
  CHECK(house.get("/import", first).status == 200);
  Person late;
  CHECK(house.post("/set-up", late, {{"token", token}, {"name", "Eve"}, {"email", "eve@example.org"}, {"password", access::good_password}}).status == 410);
  CHECK(!house.installation.joining.open_set_up().has_value());
}

TEST_CASE("signing in leads to where one wanted to go, and never away from the site") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  for (const auto& [wanted, led] : std::vector<std::pair<std::string, std::string>>{{"/levels/SSE", "/levels/SSE"},
                                                                                    {"/search?q=a", "/search?q=a"},
                                                                                    {"//evil.example/", "/"},
                                                                                    {"https://evil.example", "/"},
                                                                                    {"/\\evil.example", "/"},
                                                                                    {"", "/"}}) {
    Person ada;
    const auto response = house.post("/sign-in", ada, {{"email", "ada@example.org"}, {"password", access::good_password}, {"to", wanted}});
    CHECK(response.status == 303);
    CHECK(header_of(response, "Location") == led);
  }
}

TEST_CASE("the session's cookie is for this site alone, and for encrypted connections where the site has them") {
  TestInstallation<OnSqlite> plain;
  plain.add("Ada", {access::Role::administrator});
  Person ada;
  const auto response = plain.post("/sign-in", ada, {{"email", "ada@example.org"}, {"password", access::good_password}});
  const std::string cookie = header_of(response, "Set-Cookie");
  CHECK(cookie.starts_with("waymark="));
  for (const char* const part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age="}) CHECK(has(cookie, part));
  CHECK(!has(cookie, "Secure"));

  TestInstallation<OnSqlite> encrypted({.address = "https://waymark.example"});
  encrypted.add("Ada", {access::Role::administrator});
  Person other;
  const auto secure = encrypted.post("/sign-in", other, {{"email", "ada@example.org"}, {"password", access::good_password}});
  CHECK(header_of(secure, "Set-Cookie").starts_with("__Host-waymark="));
  CHECK(has(header_of(secure, "Set-Cookie"), "; Secure"));
  CHECK(encrypted.get("/account", other).status == 200);
}

TEST_CASE("a session token that somebody planted is not the one that is signed in with") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada;
  ada.cookies["waymark"] = "planted";
  const auto response = house.ask(http::Method::post, "/sign-in", {{"email", "ada@example.org"}, {"password", access::good_password}}, ada);
  CHECK(response.status == 303);
  CHECK(ada.cookies["waymark"] != "planted");
}

TEST_CASE("wrong passwords are slowed down, and the answer says how long to wait") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person guesser;
  int status = 0;
  for (int i = 0; i < 7; ++i) status = house.post("/sign-in", guesser, {{"email", "ada@example.org"}, {"password", "wrong wrong wrong"}}).status;
  CHECK(status == 429);
  const auto response = house.post("/sign-in", guesser, {{"email", "ada@example.org"}, {"password", access::good_password}});
  CHECK(response.status == 429);
  CHECK(!header_of(response, "Retry-After").empty());
  house.store.clock.advance(std::chrono::minutes{20});
  CHECK(house.post("/sign-in", guesser, {{"email", "ada@example.org"}, {"password", access::good_password}}).status == 303);
}

TEST_CASE("a form without this session's token, or from another site, changes nothing and can be sent once more") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const Fields typed{{"feature", "energy"}, {"country", "FR"}, {"why", "the works council <asked>"}, {"to", "off"}};
  const auto forged = house.ask(http::Method::post, "/features", typed, ada);
  CHECK(forged.status == 403);
  CHECK(hidden(body_of(forged), "why") == "the works council &lt;asked&gt;");
  CHECK(has(body_of(house.get("/features", ada)), "Everything is on, everywhere."));

  Fields with_token = typed;
  with_token.emplace_back("form_token", hidden(body_of(forged), "form_token"));
  for (const http::Headers& elsewhere : {http::Headers{{"sec-fetch-site", "cross-site"}}, http::Headers{{"sec-fetch-site", "same-site"}},
                                         http::Headers{{"origin", "https://evil.example"}}, http::Headers{{"origin", "null"}}}) {
    const auto refused = house.ask(http::Method::post, "/features", with_token, ada, elsewhere);
    CHECK(refused.status == 403);
    CHECK(hidden(body_of(refused), "why").empty());  // nobody is led to send for a stranger what they did not write
  }
  CHECK(house.ask(http::Method::post, "/features", with_token, ada, {{"origin", "http://waymark.example"}, {"sec-fetch-site", "same-origin"}}).status == 303);
  CHECK(!has(body_of(house.get("/features", ada)), "Everything is on, everywhere."));

  Person visitor;
  const auto late = house.post("/features", visitor, typed);
  CHECK(late.status == 401);
  CHECK(hidden(body_of(late), "country") == "FR");
}

TEST_CASE("signing in is not possible from another site's form") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada;
  const auto response = house.ask(http::Method::post, "/sign-in", {{"email", "ada@example.org"}, {"password", access::good_password}}, ada,
                                  {{"sec-fetch-site", "cross-site"}});
  CHECK(response.status == 403);
  CHECK(ada.cookies.empty());
  CHECK(!has(body_of(response), access::good_password));
}

TEST_CASE_TEMPLATE("sessions are listed, ended one by one or all others at once, and signing out ends this one", On, ON_BOTH_DATABASES) {
  TestInstallation<On> house;
  const auto id = house.add("Ada", {access::Role::administrator});
  Person here = house.signed_in("ada@example.org");
  Person phone = house.signed_in("ada@example.org");
  Person library = house.signed_in("ada@example.org");
  CHECK(house.installation.sessions.list(id).size() == 3);
  const auto of_phone = house.installation.sessions.find(phone.cookies["waymark"])->id;
  CHECK(house.post("/account/sessions/" + of_phone.text() + "/end", here).status == 303);
  CHECK(house.get("/account", phone).status == 303);
  CHECK(house.get("/account", library).status == 200);
  CHECK(house.post("/account/sessions/end", here).status == 303);
  CHECK(house.get("/account", library).status == 303);
  CHECK(house.get("/account", here).status == 200);
  CHECK(house.post("/sign-out", here).status == 303);
  CHECK(!here.cookies.contains("waymark"));
  CHECK(house.installation.sessions.list(id).empty());
}

TEST_CASE_TEMPLATE("an administrator opens an account, the person joins, gets a role, and is given a new token for it", On, ON_BOTH_DATABASES) {
  TestInstallation<On> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const auto made = house.post("/accounts/new", ada, {{"name", "Grace"}, {"email", "grace@example.org"}, {"role", "engineer"}});
  CHECK(made.status == 201);
  const std::string link = shown_once(body_of(made));
  REQUIRE(link.starts_with("http://waymark.example/join?token="));
  const std::string token = link.substr(link.find('=') + 1);

  Person grace;
  CHECK(has(body_of(house.get("/join?token=" + token, grace)), "grace@example.org"));
  CHECK(house.post("/join", grace, {{"token", token}, {"password", "grace@example.org"}}).status == 422);
  CHECK(house.post("/join", grace, {{"token", token}, {"password", access::good_password}}).status == 303);
  CHECK(house.post("/join", grace, {{"token", token}, {"password", access::good_password}}).status == 410);
  grace = house.signed_in("grace@example.org");
  CHECK(house.get("/import", grace).status == 403);

  const auto account = house.installation.accounts.find_by_email("grace@example.org");
  const std::string page = "/accounts/" + account->id.text();
  CHECK(house.post(page + "/roles", ada, {{"role", "pathway_owner"}, {"why", ""}}).status == 422);
  CHECK(house.post(page + "/roles", ada, {{"role", "pathway_owner"}, {"why", "looks after it"}}).status == 303);
  const std::string before = grace.cookies["waymark"];
  CHECK(house.get("/import", grace).status == 200);
  CHECK(grace.cookies["waymark"] != before);
  CHECK(has(body_of(house.get("/account", grace)), "owner of the pathway"));

  CHECK(house.post(page + "/lock", ada, {{"why", "left"}}).status == 303);
  CHECK(house.get("/account", grace).status == 303);
  Person again;
  CHECK(house.post("/sign-in", again, {{"email", "grace@example.org"}, {"password", access::good_password}}).status == 403);
  CHECK(house.post(page + "/unlock", ada, {{"why", "came back"}}).status == 303);
  CHECK(has(body_of(house.get("/audit", ada)), "came back"));

  CHECK(house.post(page + "/erase", ada, {{"confirm", "Grac"}, {"why", "asked for it"}}).status == 422);
  CHECK(house.post(page + "/erase", ada, {{"confirm", "Grace"}, {"why", "asked for it"}}).status == 303);
  CHECK(!has(body_of(house.get("/audit", ada)), "Grace"));
  CHECK(has(body_of(house.post("/audit/verify", ada)), "entries hold"));
}

TEST_CASE("the last administrator can neither be locked, erased nor lose the role") {
  TestInstallation<OnSqlite> house;
  const auto id = house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const std::string page = "/accounts/" + id.text();
  CHECK(house.post(page + "/lock", ada, {{"why", "tired"}}).status == 409);
  CHECK(house.post(page + "/erase", ada, {{"confirm", "Ada"}, {"why", "tired"}}).status == 409);
  const auto role = house.installation.accounts.roles(id).front().id;
  CHECK(house.post(page + "/roles/" + role.text() + "/end", ada).status == 409);
}

TEST_CASE("a second factor: added, asked for, and a recovery code works once") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const std::string begun = body_of(house.post("/account/second-factor/begin", ada));
  CHECK(has(begun, "otpauth://totp/"));
  // The same for a telephone's camera; no style of its own, which the page's policy would refuse.
  CHECK(has(begun, "<svg class=\"qr-code\" viewBox=\"0 0 "));
  CHECK(!has(begun, "style="));
  CHECK(house.post("/account/second-factor", ada, {{"code", "000000"}}).status == 422);
  const auto account = house.installation.accounts.find_by_email("ada@example.org");
  const auto secret = house.installation.factors.begin(account->id);
  REQUIRE(secret.has_value());
  const std::string code = code_of(*secret, house.store.clock.now());
  const auto confirmed = house.post("/account/second-factor", ada, {{"code", code}});
  CHECK(confirmed.status == 200);
  const std::string recovery = shown_once(body_of(confirmed));
  REQUIRE(recovery.size() == 19);

  Person elsewhere;
  const auto asked = house.post("/sign-in", elsewhere, {{"email", "ada@example.org"}, {"password", access::good_password}, {"to", "/about"}});
  CHECK(header_of(asked, "Location") == "/sign-in/code?to=%2Fabout");
  CHECK(!elsewhere.cookies.contains("waymark"));
  CHECK(house.get("/account", elsewhere).status == 303);
  CHECK(house.get("/sign-in/code", elsewhere).status == 200);
  CHECK(house.post("/sign-in/code", elsewhere, {{"code", "123456"}}).status == 422);
  const auto entered = house.post("/sign-in/code", elsewhere, {{"code", recovery}, {"to", "/about"}});
  CHECK(header_of(entered, "Location") == "/about");
  CHECK(house.get("/account", elsewhere).status == 200);

  Person third;
  CHECK(house.post("/sign-in", third, {{"email", "ada@example.org"}, {"password", access::good_password}}).status == 303);
  CHECK(house.post("/sign-in/code", third, {{"code", recovery}}).status == 422);
}

TEST_CASE("a session that was left open guesses passwords no faster than the door, and nobody is locked out by a slip") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const auto change = [&](const std::string& present, const std::string& next) {
    return house.post("/account/password", ada, {{"present", present}, {"password", next}});
  };
  const auto wrong = change("not this one at all", "a brook under the new bridge");
  CHECK(wrong.status == 422);
  CHECK(has(body_of(wrong), "present-problem\""));
  CHECK_FALSE(has(body_of(wrong), "password-problem\""));
  // A present password that is right takes its attempt back, also where the new one will not do.
  for (int i = 0; i < 20; ++i) {
    const auto short_one = change(std::string(access::good_password), "short");
    CHECK(short_one.status == 422);
    CHECK(has(body_of(short_one), "password-problem\""));
  }
  int tries = 0;
  while (tries < 20 && change("not this one at all", "a brook under the new bridge").status == 422) ++tries;
  CHECK(tries <= 5);
  const auto refused = change(std::string(access::good_password), "a brook under the new bridge");
  CHECK(refused.status == 429);
  CHECK(!header_of(refused, "Retry-After").empty());
  Person door;
  CHECK(house.post("/sign-in", door, {{"email", "ada@example.org"}, {"password", access::good_password}}).status == 429);
  house.store.clock.advance(std::chrono::minutes{16});
  CHECK(change(std::string(access::good_password), "a brook under the new bridge").status == 303);
}

TEST_CASE("the provider's token is kept by the browser, sealed, for the sign-out alone") {
  TestInstallation<OnSqlite> house({.address = "https://waymark.example"});
  const auto brought = [&](const std::string& cookie) {
    http::Request request;
    request.headers = {{"cookie", "waymark=x; " + cookie.substr(0, cookie.find(';'))}};
    return std::string(hint_cookie_in(house.installation, request).reveal());
  };
  const std::string kept = hint_cookie(house.installation, access::Secret("head.claims.signature"));
  CHECK(kept.starts_with("__Secure-waymark-hint="));
  CHECK(has(kept, "; Path=/sign-out; HttpOnly; SameSite=Lax; Max-Age="));
  CHECK(kept.ends_with("; Secure"));
  CHECK(!has(kept, "claims"));
  CHECK(brought(kept) == "head.claims.signature");
  std::string changed = kept;
  changed[60] = changed[60] == 'A' ? 'B' : 'A';
  CHECK(brought(changed).empty());
  CHECK(brought("__Secure-waymark-hint=head.claims.signature").empty());
  CHECK(brought("other=1").empty());
  // A cookie that is too large is dropped by browsers; then the provider asks instead.
  CHECK(has(hint_cookie(house.installation, access::Secret(std::string(4000, 'x'))), "hint=; Path=/sign-out; HttpOnly; SameSite=Lax; Max-Age=0"));
}

TEST_CASE("keys are changed under a server that runs, and second factors go on") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "keys";
  REQUIRE(access::KeyRing::make().save(file));
  TestInstallation<OnSqlite> house({}, {}, std::move(*access::CurrentKeys::follow(file)));
  const access::AccountId id = house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const auto secret = house.installation.factors.begin(id);
  REQUIRE(house.post("/account/second-factor", ada, {{"code", code_of(*secret, house.store.clock.now())}}).status == 200);
  const auto gets_in = [&] {
    house.store.clock.advance(std::chrono::minutes{5});
    Person person;
    CHECK(house.post("/sign-in", person, {{"email", "ada@example.org"}, {"password", access::good_password}}).status == 303);
    return house.post("/sign-in/code", person, {{"code", code_of(*secret, house.store.clock.now())}}).status == 303;
  };
  CHECK(gets_in());

  // As `waymark keys rotate` does it, from another process.
  const access::KeyRing both = access::KeyRing::load(file)->with_new_key();
  REQUIRE(both.save(file));
  CHECK(house.store.database->write([&](db::Writer& writer) { return access::SecondFactors::seal_again(writer, both); }) == 1);
  CHECK(gets_in());

  // What is sealed from now on is sealed with the new key, so that the old one can go.
  const access::AccountId other = house.add("Bo");
  REQUIRE(house.installation.factors.begin(other));
  CHECK(house.store.database->write([&](db::Writer& writer) { return access::SecondFactors::seal_again(writer, both); }) == 0);
  REQUIRE(both.without_old_keys().save(file));
  CHECK(gets_in());

  // A file that somebody spoilt changes nothing.
  std::filesystem::permissions(file, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  CHECK(house.installation.keys.look_again().error().message.find("can be read by others") != std::string::npos);
  CHECK(gets_in());
}

TEST_CASE("where a second factor is the rule, nothing else is open until there is one") {
  InstallationOptions options;
  options.sign_in.second_factor = access::SecondFactorPolicy::for_everybody;
  TestInstallation<OnSqlite> house(std::move(options));
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  for (const char* const page : {"/", "/levels/SSE", "/account", "/accounts", "/audit"}) {
    CHECK(header_of(house.get(page, ada), "Location") == "/account/second-factor");
  }
  CHECK(house.get("/account/second-factor", ada).status == 200);
  CHECK(house.post("/account/second-factor/begin", ada).status == 200);
}

TEST_CASE_TEMPLATE("a token reads what it was made for, in its owner's name, until it is withdrawn", On, ON_BOTH_DATABASES) {
  TestInstallation<On> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  CHECK(house.post("/account/tokens", ada, {{"name", "nightly"}, {"days", "30"}}).status == 422);
  const auto made = house.post("/account/tokens", ada, {{"name", "nightly"}, {"days", "30"}, {"scopes", "pathway"}});
  CHECK(made.status == 201);
  Person program{.bearer = shown_once(body_of(made))};
  CHECK(house.get("/levels/SSE", program).status == 200);
  CHECK(house.get("/accounts", program).status == 403);
  CHECK(house.ask(http::Method::post, "/accounts/new", {{"name", "Eve"}}, program).status == 403);
  const auto token = house.installation.tokens.list(house.installation.accounts.find_by_email("ada@example.org")->id).front();
  CHECK(house.post("/account/tokens/" + token.id.text() + "/withdraw", ada).status == 303);
  const auto refused = house.get("/levels/SSE", program);
  CHECK(refused.status == 401);
  CHECK(header_of(refused, "WWW-Authenticate") == "Bearer");
}

TEST_CASE("a new password ends the other sessions, and the old one must be right") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person here = house.signed_in("ada@example.org");
  Person there = house.signed_in("ada@example.org");
  CHECK(house.post("/account/password", here, {{"present", "not it at all"}, {"password", "another good long one"}}).status == 422);
  CHECK(house.post("/account/password", here, {{"present", access::good_password}, {"password", access::good_password}}).status == 422);
  CHECK(house.post("/account/password", here, {{"present", access::good_password}, {"password", "another good long one"}}).status == 303);
  CHECK(house.get("/account", there).status == 303);
  CHECK(house.get("/account", here).status == 200);
}

TEST_CASE("what is kept about somebody comes as a zip") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  const auto zip = house.get("/account/export", ada);
  CHECK(zip.status == 200);
  CHECK(zip.body.starts_with("PK"));
  CHECK(header_of(zip, "Cache-Control") == "no-store");
}

TEST_CASE("no page behind the sign-in may be kept by anybody") {
  TestInstallation<OnSqlite> house;
  house.add("Ada", {access::Role::administrator});
  Person ada = house.signed_in("ada@example.org");
  for (const char* const page : {"/account", "/account/tokens", "/accounts", "/accounts/new", "/features", "/settings", "/audit", "/account/second-factor"}) {
    CAPTURE(page);
    CHECK(header_of(house.get(page, ada), "Cache-Control") == "no-store");
  }
}
