// The walk: every route × every kind of person × own, other and unknown ids, compared with a table written by hand. A route without a line here fails.
#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "web/installation_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

// What each kind of person is answered. "in" is the way to the sign-in and back, for a form that was sent by nobody 401. Forms are sent empty, so that 422
// means: may do it, and did not say what. `id` says what stands where the address has an id: own is the account, session or token of the one who
// asks, other is somebody else's, none is of nobody, known is a page of the pathway. "token" is an API token of the owner of the pathway, made to read the pathway;
// "locked" is somebody with a session whose account was locked. Everybody is a person of the organisation as well, all in one team. Of another team are: "report",
// who reports to the engineer, who reports to the owner; "other", who stands in no relation to anybody; and "elsewhere", who left.
constexpr const char* expected_table = R"(
method path id : visitor engineer owner partner analyst panelist admin token locked
GET / - : in 200 200 200 200 200 200 200 in
GET /levels/{} known : in 200 200 200 200 200 200 200 in
GET /levels/{} none : in 404 404 404 404 404 404 404 in
GET /levels - : in 303 303 303 303 303 303 303 in
GET /compare - : in 200 200 200 200 200 200 200 in
GET /from/{} known : in 200 200 200 200 200 200 200 in
GET /from/{} none : in 404 404 404 404 404 404 404 in
GET /from/{}/to/{} known : in 200 200 200 200 200 200 200 in
GET /from/{}/to/{} none : in 404 404 404 404 404 404 404 in
GET /fork - : in 200 200 200 200 200 200 200 in
GET /capabilities - : in 200 200 200 200 200 200 200 in
GET /capabilities/{} known : in 200 200 200 200 200 200 200 in
GET /capabilities/{} none : in 404 404 404 404 404 404 404 in
GET /archetypes - : in 200 200 200 200 200 200 200 in
GET /archetypes/{} known : in 200 200 200 200 200 200 200 in
GET /archetypes/{} none : in 404 404 404 404 404 404 404 in
GET /archetypes/{}/{} known : in 200 200 200 200 200 200 200 in
GET /archetypes/{}/{} none : in 404 404 404 404 404 404 404 in
GET /search - : in 200 200 200 200 200 200 200 in
GET /cite/{} known : in 200 200 200 200 200 200 200 in
GET /cite/{} none : in 404 404 404 404 404 404 404 in
GET /contents - : in 200 200 200 200 200 200 200 in
GET /about - : in 200 200 200 200 200 200 200 in
GET /import - : in 403 200 403 403 403 403 403 in
POST /import/draft - : 401 403 422 403 403 403 403 403 401
POST /import/folder - : 401 403 422 403 403 403 403 403 401
GET /lint - : in 403 404 403 403 403 403 403 in
GET /lint/{} known : in 403 200 403 403 403 403 403 in
GET /assets/{} none : 404 404 404 404 404 404 404 404 404
GET /healthz - : 200 200 200 200 200 200 200 200 200
GET /readyz - : 200 200 200 200 200 200 200 200 200
GET /versions - : in 200 200 200 200 200 200 200 in
GET /versions/compare - : in 200 200 200 200 200 200 200 in
GET /versions/{} known : in 200 200 200 200 200 200 200 in
GET /versions/{} none : in 404 404 404 404 404 404 404 in
GET /versions/{}/to/{} known : in 200 200 200 200 200 200 200 in
GET /versions/{}/to/{} none : in 404 404 404 404 404 404 404 in
GET /versions/{}/read/** known : in 200 200 200 200 200 200 200 in
GET /versions/{}/read/** none : in 404 404 404 404 404 404 404 in
GET /pathways - : in 200 200 200 200 200 200 200 in
GET /pathways/{}/** known : in 200 200 200 200 200 200 200 in
GET /pathways/{}/** none : in 404 404 404 404 404 404 404 in
GET /draft/** known : in 403 200 403 403 403 403 403 in
GET /draft/** none : in 403 404 403 403 403 403 403 in
GET /publish - : in 403 200 403 403 403 403 403 in
POST /publish/upload - : 401 403 422 403 403 403 403 403 401
POST /publish - : 401 403 409 403 403 403 403 403 401
POST /versions/{}/withdraw known : 401 403 422 403 403 403 403 403 401
POST /versions/{}/withdraw none : 401 403 404 403 403 403 403 403 401
GET /set-up - : 410 410 410 410 410 410 410 403 410
POST /set-up - : 410 410 410 410 410 410 410 403 410
GET /sign-in - : 200 303 303 303 303 303 303 403 200
POST /sign-in - : 422 422 422 422 422 422 422 403 422
GET /sign-in/code - : 303 303 303 303 303 303 303 403 303
POST /sign-in/code - : 303 303 303 303 303 303 303 403 303
GET /sign-in/provider - : 303 303 303 303 303 303 303 403 303
GET /sign-in/provider/answer - : 303 303 303 303 303 303 303 403 303
GET /sign-out/provider - : 303 303 303 303 303 303 303 403 303
GET /join - : 410 410 410 410 410 410 410 403 410
POST /join - : 410 410 410 410 410 410 410 403 410
GET /new-password - : 410 410 410 410 410 410 410 403 410
POST /new-password - : 410 410 410 410 410 410 410 403 410
GET /account - : in 200 200 200 200 200 200 403 in
GET /account/password - : in 200 200 200 200 200 200 403 in
POST /account/password - : 401 422 422 422 422 422 422 403 401
GET /account/second-factor - : in 200 200 200 200 200 200 403 in
POST /account/second-factor/codes - : 401 409 409 409 409 409 409 403 401
POST /account/second-factor/remove - : 401 409 409 409 409 409 409 403 401
POST /accounts/{}/second-factor/remove own : 401 403 403 403 403 403 409 403 401
POST /accounts/{}/second-factor/remove other : 401 403 403 403 403 403 409 403 401
POST /accounts/{}/second-factor/remove none : 401 403 403 403 403 403 404 403 401
POST /account/second-factor/begin - : 401 200 200 200 200 200 200 403 401
POST /account/second-factor - : 401 422 422 422 422 422 422 403 401
POST /account/sessions/end - : 401 303 303 303 303 303 303 403 401
POST /account/sessions/{}/end other : 401 404 404 404 404 404 404 403 401
POST /account/sessions/{}/end none : 401 404 404 404 404 404 404 403 401
GET /account/tokens - : in 200 200 200 200 200 200 403 in
POST /account/tokens - : 401 422 422 422 422 422 422 403 401
POST /account/tokens/{}/withdraw own : 401 303 303 303 303 303 303 403 401
POST /account/tokens/{}/withdraw other : 401 404 404 404 404 404 404 403 401
POST /account/tokens/{}/withdraw none : 401 404 404 404 404 404 404 403 401
GET /account/attributes - : in 200 200 200 200 200 200 403 in
POST /account/attributes - : 401 303 303 303 303 303 303 403 401
POST /account/attributes/withdraw - : 401 303 303 303 303 303 303 403 401
GET /attributes - : in 403 403 403 403 403 200 403 in
POST /attributes - : 401 403 403 403 403 403 422 403 401
POST /attributes/{}/end none : 401 403 403 403 403 403 404 403 401
GET /account/export - : in 200 200 200 200 200 200 403 in
GET /accounts - : in 403 403 403 403 403 200 403 in
GET /accounts/new - : in 403 403 403 403 403 200 403 in
POST /accounts/new - : 401 403 403 403 403 403 422 403 401
GET /accounts/{} own : in 403 403 403 403 403 200 403 in
GET /accounts/{} other : in 403 403 403 403 403 200 403 in
GET /accounts/{} none : in 403 403 403 403 403 404 403 in
POST /accounts/{}/details own : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/details other : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/details none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/lock own : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/lock other : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/lock none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/unlock own : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/unlock other : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/unlock none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/link other : 401 403 403 403 403 403 201 403 401
POST /accounts/{}/link none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/roles own : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/roles other : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/roles none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/roles/{}/end own : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/roles/{}/end other : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/roles/{}/end none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/sessions/end other : 401 403 403 403 403 403 303 403 401
POST /accounts/{}/sessions/end none : 401 403 403 403 403 403 404 403 401
POST /accounts/{}/erase own : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/erase other : 401 403 403 403 403 403 422 403 401
POST /accounts/{}/erase none : 401 403 403 403 403 403 404 403 401
GET /people - : in 200 200 200 200 200 200 403 in
GET /people/new - : in 403 403 200 403 403 200 403 in
POST /people/new - : 401 403 403 422 403 403 422 403 401
GET /people/import - : in 403 403 200 403 403 200 403 in
POST /people/import/upload - : 401 403 403 422 403 403 422 403 401
POST /people/import/plan - : 401 403 403 422 403 403 422 403 401
POST /people/import - : 401 403 403 422 403 403 422 403 401
GET /people/{} own : in 200 200 200 200 200 200 403 in
GET /people/{} report : in 200 200 200 403 403 200 403 in
GET /people/{} other : in 403 403 200 403 403 200 403 in
GET /people/{} elsewhere : in 403 403 200 403 403 200 403 in
GET /people/{} none : in 403 403 404 403 403 404 403 in
GET /people/{}/change own : in 403 403 403 403 403 403 403 in
GET /people/{}/change report : in 403 403 422 403 403 422 403 in
GET /people/{}/change other : in 403 403 422 403 403 422 403 in
GET /people/{}/change none : in 403 403 404 403 403 404 403 in
POST /people/{}/change own : 401 403 403 403 403 403 403 403 401
POST /people/{}/change report : 401 403 403 422 403 403 422 403 401
POST /people/{}/change other : 401 403 403 422 403 403 422 403 401
POST /people/{}/change none : 401 403 403 404 403 403 404 403 401
POST /people/{}/take-back own : 401 403 403 403 403 403 403 403 401
POST /people/{}/take-back other : 401 403 403 422 403 403 422 403 401
POST /people/{}/take-back none : 401 403 403 404 403 403 404 403 401
GET /my-people - : in 200 200 200 200 200 200 403 in
GET /signals - : in 200 200 403 403 403 403 403 in
GET /organisation - : in 200 200 200 200 200 200 403 in
GET /teams/new - : in 403 403 200 403 403 200 403 in
POST /teams/new - : 401 403 403 422 403 403 422 403 401
GET /teams/{} own : in 200 200 200 200 200 200 403 in
GET /teams/{} other : in 200 200 200 403 403 200 403 in
GET /teams/{} none : in 403 403 404 403 403 404 403 in
GET /teams/{}/change own : in 403 403 303 403 403 303 403 in
GET /teams/{}/change other : in 403 403 303 403 403 303 403 in
GET /teams/{}/change none : in 403 403 404 403 403 404 403 in
POST /teams/{}/change own : 401 403 403 303 403 403 303 403 401
POST /teams/{}/change other : 401 403 403 303 403 403 303 403 401
POST /teams/{}/change none : 401 403 403 404 403 403 404 403 401
GET /features - : in 403 403 403 403 403 200 403 in
POST /features - : 401 403 403 403 403 403 422 403 401
GET /settings - : in 403 403 403 403 403 200 403 in
GET /audit - : in 403 403 403 403 403 200 403 in
POST /audit/verify - : 401 403 403 403 403 403 200 403 401
)";

struct Row {
  std::string method, path, id;
  std::vector<std::string> expected;
};

struct Table {
  std::vector<std::string> people;
  std::vector<Row> rows;
};

Table read_table() {
  std::istringstream text(expected_table);
  Table table;
  std::string line;
  while (std::getline(text, line)) {
    if (line.empty()) continue;
    std::istringstream words(line);
    Row row;
    std::string colon;
    words >> row.method >> row.path >> row.id >> colon;
    for (std::string word; words >> word;) row.expected.push_back(word);
    if (row.method == "method") {
      table.people = row.expected;
    } else {
      REQUIRE(row.expected.size() == table.people.size());
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

/// One of each kind.
template <class On>
struct Cast {
  TestInstallation<On> house;
  std::map<std::string, access::AccountId> ids;
  access::AccountId other;
  std::string reading_token;
  std::string published;

  Cast() : other(house.add("Other Person")) {
    using access::Role;
    const std::map<std::string, std::vector<Role>> roles{{"engineer", {}},
                                                         {"owner", {Role::pathway_owner}},
                                                         {"partner", {Role::people_partner}},
                                                         {"analyst", {Role::analyst}},
                                                         {"panelist", {Role::panel_member}},
                                                         {"admin", {Role::administrator}},
                                                         {"locked", {Role::administrator}}};
    for (const auto& [name, held] : roles) ids.emplace(name, house.add(name, held));
    const release::Publisher publisher{access::Doing::of(ids.at("owner")), access::actor_of({{Role::pathway_owner, {}}})};
    const auto version = house.installation.publishing.publish(
        {.folder = small_folder(), .note = "the first", .because = "it is small"}, publisher);
    REQUIRE(version.has_value());
    published = version->version.short_hash();
    house.application.follow_versions();
    populate(roles);
    reading_token = std::string(
        house.installation.tokens.issue(ids.at("owner"), "reads", {access::TokenScope::pathway}, std::chrono::hours{24}).value().reveal());
  }

  std::map<std::string, org::PersonId> people;
  std::map<std::string, org::TeamId> teams;

  /// One person of each kind in one team, by the address of the account; somebody who reports to the engineer, who reports to the owner; two of another team,
  /// one of whom has left.
  void populate(const std::map<std::string, std::vector<access::Role>>& kinds) {
    using org::Kind;
    org::Changes changes;
    const Date from = *parse_date("2025-01-01");
    for (const char* const name : {"own", "other"}) {
      const auto id = teams.emplace(name, org::TeamId::make()).first->second;
      changes.teams.push_back({id});
      changes.facts.push_back({id.text(), Kind::team_name, from, name});
    }
    const auto add = [&](const std::string& name, const char* team) {
      const auto id = people.emplace(name, org::PersonId::make()).first->second;
      changes.people.push_back({id, {.name = name, .email = name + "@example.org"}});
      changes.facts.push_back({id.text(), Kind::employed, from, std::string(org::yes)});
      changes.facts.push_back({id.text(), Kind::team, from, teams.at(team).text()});
    };
    for (const auto& [name, held] : kinds) add(name, "own");
    for (const char* const name : {"report", "somebody", "leaver"}) add(name, "other");
    changes.facts.push_back({people.at("report").text(), Kind::manager, from, people.at("engineer").text()});
    changes.facts.push_back({people.at("engineer").text(), Kind::manager, from, people.at("owner").text()});
    changes.facts.push_back({people.at("leaver").text(), Kind::employed, *parse_date("2026-01-01")});
    REQUIRE(house.installation.organisation.change(changes, {.source = "form"}).problems.empty());
  }

  std::map<std::string, Person> present;

  Person& person(const std::string& kind) {
    if (const auto found = present.find(kind); found != present.end()) return found->second;
    Person& arrived = present[kind] = arriving(kind);
    arrived.address = "192.0.2." + std::to_string(present.size());  // so that wrong passwords of one do not slow down another
    return arrived;
  }

  Person arriving(const std::string& kind) {
    if (kind == "visitor") return {};
    if (kind == "token") return {.bearer = reading_token};
    if (kind != "locked") return house.signed_in(kind + "@example.org");
    Person locked = house.signed_in("locked@example.org");
    REQUIRE(house.store.accounts().lock(ids.at(kind), "for the test", access::Doing::at_the_machine()).has_value());
    return locked;
  }

  /// What stands for the first `{}`.
  std::string id(const Row& row, const std::string& kind) {
    if (row.path.starts_with("/accounts/")) {
      if (row.id == "own" && ids.contains(kind)) return ids.at(kind).text();
      return row.id == "none" ? access::AccountId::make().text() : other.text();
    }
    if (row.path.starts_with("/people/")) {
      if (row.id == "own" && people.contains(kind)) return people.at(kind).text();
      if (row.id == "none") return org::PersonId::make().text();
      return people.at(row.id == "report" ? "report" : row.id == "elsewhere" ? "leaver" : "somebody").text();
    }
    if (row.path.starts_with("/teams/")) return row.id == "none" ? org::TeamId::make().text() : teams.at(row.id).text();
    if (row.path.starts_with("/account/sessions/")) {
      if (row.id == "none") return access::SessionId::make().text();
      static_cast<void>(house.signed_in("other.person@example.org"));
      return house.installation.sessions.list(other).front().id.text();
    }
    if (row.path.starts_with("/account/tokens/")) {
      if (row.id == "none") return access::ApiTokenId::make().text();
      const auto holder = row.id == "own" && ids.contains(kind) ? ids.at(kind) : other;
      REQUIRE(house.installation.tokens.issue(holder, "one", {access::TokenScope::pathway}, std::chrono::hours{24}).has_value());
      for (const access::ApiToken& token : house.installation.tokens.list(holder)) {
        if (token.name == "one") return token.id.text();
      }
    }
    if (row.id == "none") return row.path.starts_with("/versions/") ? "abcdef" : "nothing-by-this-name";
    if (row.path.starts_with("/versions/")) return published;
    if (row.path.starts_with("/pathways/")) return "main";
    if (row.path.starts_with("/capabilities/")) return "design";
    if (row.path.starts_with("/archetypes/")) return "platform";
    if (row.path.starts_with("/cite/")) return "SSE.writes";
    if (row.path.starts_with("/lint/")) return "vague-criterion";
    return "SSE";
  }

  std::string target(const Row& row, const std::string& kind) {
    std::string target = replace_all(row.path, "/**", row.id == "none" ? "/levels/NOTHING" : "/levels/SSE");
    if (const auto first = target.find("{}"); first != std::string::npos) target.replace(first, 2, id(row, kind));
    if (const auto second = target.find("{}"); second != std::string::npos) {
      const std::string last = row.path.starts_with("/accounts/") ? access::RoleId::make().text()
                               : row.path.starts_with("/archetypes/") ? "SSE"
                               : row.path.starts_with("/versions/") ? (row.id == "none" ? "abcdef" : published)
                               : row.id == "none" ? "NOTHING" : "LSE";
      target.replace(second, 2, last);
    }
    return target;
  }

  std::string answer(const Row& row, const std::string& kind) {
    Person& who = person(kind);
    const std::string where = target(row, kind);
    const auto response = row.method == "GET" ? house.get(where, who) : house.post(where, who);
    if (response.status == 303 && header_of(response, "Location").starts_with("/sign-in") && !row.path.starts_with("/sign-in") &&
        !row.path.starts_with("/sign-out")) {
      return "in";
    }
    return std::to_string(response.status);
  }
};

}  // namespace

TEST_CASE_TEMPLATE("the walk: every route, every kind of person, every kind of id", On, ON_BOTH_DATABASES) {
  Cast<On> cast;
  const Table table = read_table();
  std::set<std::pair<std::string, std::string>> walked;
  for (const Row& row : table.rows) {
    walked.emplace(row.method, row.path);
    for (std::size_t i = 0; i < table.people.size(); ++i) {
      CAPTURE(row.method);
      CAPTURE(row.path);
      CAPTURE(row.id);
      CAPTURE(table.people[i]);
      CHECK(cast.answer(row, table.people[i]) == row.expected[i]);
    }
  }
  for (const Route& route : routes()) {
    const std::string path(route.pattern);
    if (path == "/sign-out") continue;  // ends the session of whoever asks; sign_in_pages_test
    CAPTURE(path);
    CHECK(walked.contains({std::string(http::to_string(route.method)), path}));
  }
}

TEST_CASE("where the pathway is open, visitors read it and nothing else") {
  TestInstallation<OnSqlite> house({.address = "http://waymark.example", .open_to_visitors = true});
  house.add("admin", {access::Role::administrator});
  Person visitor;
  for (const Route& route : routes()) {
    if (route.method != http::Method::get) continue;
    const std::string path = replace_all(std::string(route.pattern), "{}", "SSE");
    CAPTURE(path);
    const int status = house.get(path, visitor).status;
    const bool reads = route.action == access::Action::read_pathway;
    const bool at_the_door = route.action == access::Action::sign_in || route.action == access::Action::read_assets || route.action == access::Action::check_health;
    if (reads || at_the_door) {
      CHECK(status != 403);
    } else {
      CHECK(status == 303);
    }
    if (reads) CHECK(status != 401);
  }
  CHECK(house.get("/levels/SSE", visitor).status == 200);
}

TEST_CASE("while nobody has set it up the pathway can be read, and afterwards no more") {
  TestInstallation<OnSqlite> house;
  Person visitor;
  CHECK(house.get("/levels/SSE", visitor).status == 200);
  CHECK(house.get("/lint", visitor).status == 303);
  house.add("admin", {access::Role::administrator});
  CHECK(house.get("/levels/SSE", visitor).status == 303);
  CHECK(header_of(house.get("/levels/SSE?x=1&y=a%26b", visitor), "Location") == "/sign-in?to=%2Flevels%2FSSE%3Fx%3D1%26y%3Da%2526b");
}
