// The walk: every route × every kind of person × own, other and unknown ids, compared with a table written by hand. A route without a line there fails.
#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "web/installation_test.hpp"
#include "web/walk_table_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

struct Row {
  std::string method, path, id;
  std::vector<std::string> expected;
};

struct Table {
  std::vector<std::string> people;
  std::vector<Row> rows;
};

Table read_table() {
  std::istringstream text(expected_of_the_walk);
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

http::Method method_of(const std::string& name) {
  using http::Method;
  for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
    if (http::to_string(method) == name) return method;
  }
  FAIL("no method " << name);
  return Method::other;
}

http::Request scim_request(http::Method method, const std::string& path, const std::string& body, const std::string& token) {
  http::Request request;
  request.method = method;
  request.path = path;
  request.headers = {{"host", "waymark.example"}, {"authorization", "Bearer " + token}, {"content-type", "application/scim+json"}};
  request.body = body;
  request.remote_address = "192.0.2.99";
  return request;
}

/// One of each kind.
template <class On>
struct Cast {
  TestInstallation<On> house;
  std::map<std::string, access::AccountId> ids;
  access::AccountId other;
  std::string reading_token;
  std::string directory_token;
  int connected = 0;
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
    directory_token = std::string(connect().token.reveal());
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

  org::scim::Directories::Connected connect() {
    return house.installation.directories.connect("Directory " + std::to_string(++connected), org::scim::GroupsAre::teams, access::Doing::at_the_machine()).value();
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
    if (kind == "directory") return {.bearer = directory_token};
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
    if (row.path.starts_with("/directories/")) return row.id == "none" ? org::scim::DirectoryId::make().text() : connect().id.text();
    if (row.path.starts_with("/scim/v2/ResourceTypes/") && row.id == "known") return "User";
    if (row.path.starts_with("/scim/v2/Schemas/") && row.id == "known") return "urn:ietf:params:scim:schemas:core:2.0:User";
    if (row.path.starts_with("/scim/v2/") && row.id == "known") {
      const bool is_user = row.path.starts_with("/scim/v2/Users");
      const std::string name = "scim" + std::to_string(++connected) + "@example.org";
      const auto made = house.application.handle(scim_request(http::Method::post, is_user ? "/scim/v2/Users" : "/scim/v2/Groups",
                                                              "{\"userName\": \"" + name + "\", \"displayName\": \"" + name + "\"}", directory_token));
      REQUIRE(made.status == 201);
      const std::string location = header_of(made, "Location");
      return location.substr(location.rfind('/') + 1);
    }
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
    if (row.method != "GET" && kind == "directory") {
      return std::to_string(house.application.handle(scim_request(method_of(row.method), where, "{}", directory_token)).status);
    }
    const auto response = row.method == "GET" ? house.get(where, who) : row.method == "POST" ? house.post(where, who) : house.ask(method_of(row.method), where, {}, who);
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
    } else if (route.action == access::Action::provision_people) {
      CHECK(status == 401);
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
