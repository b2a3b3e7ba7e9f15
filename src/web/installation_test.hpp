/// For tests: a small pathway served to people with accounts, on either database, without a socket.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "access/store_test.hpp"
#include "base/text.hpp"
#include "db/search.hpp"
#include "org/schema.hpp"
#include "release/published_test.hpp"
#include "web/application.hpp"
#include "web/http/request_reader.hpp"
#include "web/schema.hpp"
#include "web/small_site_test.hpp"

namespace waymark::web::testing {

/// A browser with its cookies.
struct Person {
  std::map<std::string, std::string> cookies = {};
  std::string bearer = {};
  std::string address = "192.0.2.7";
};

using Fields = std::vector<std::pair<std::string, std::string>>;

inline void keep_cookies(const http::Response& response, Person& person) {
  for (const auto& [name, value] : response.headers) {
    if (name != "Set-Cookie") continue;
    const auto equals = value.find('=');
    const auto end = value.find(';');
    const std::string cookie = value.substr(0, equals);
    const std::string text = value.substr(equals + 1, end - equals - 1);
    if (text.empty()) {
      person.cookies.erase(cookie);
    } else {
      person.cookies[cookie] = text;
    }
  }
}

/// A request of this person's browser, and what it keeps of the answer.
[[nodiscard]] inline http::Response ask(Application& application, http::Method method, const std::string& target, const Fields& fields, Person& person,
                                        const http::Headers& more = {}) {
  http::Request request;
  request.method = method;
  const auto query = target.find('?');
  request.path = target.substr(0, query);
  if (query != std::string::npos) request.query = *http::parse_urlencoded(target.substr(query + 1));
  request.headers = {{"host", "waymark.example"}};
  std::string cookies;
  for (const auto& [name, value] : person.cookies) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) request.headers.emplace_back("cookie", cookies);
  if (!person.bearer.empty()) request.headers.emplace_back("authorization", "Bearer " + person.bearer);
  if (method == http::Method::post) {
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    for (const auto& [name, value] : fields) {
      request.body += (request.body.empty() ? "" : "&") + access::percent_encoded(name) + "=" + access::percent_encoded(value);
    }
  }
  request.headers.insert(request.headers.end(), more.begin(), more.end());
  request.remote_address = person.address;
  http::Response response = application.handle(request);
  keep_cookies(response, person);
  return response;
}

/// As a browser does it: with the token that stands in the form.
[[nodiscard]] inline http::Response post(Application& application, const std::string& target, Person& person, Fields fields = {}) {
  if (const auto session = person.cookies.find("waymark"); session != person.cookies.end()) {
    fields.emplace_back("form_token", access::form_token(session->second));
  }
  return ask(application, http::Method::post, target, fields, person);
}

[[nodiscard]] inline db::Schema whole_schema() {
  return db::Schema{access::migrations(), {{2, "db", "full-text search", db::search_steps()}}, release::migrations(), org::migrations(), migrations()};
}

template <class On>
struct TestInstallation {
  access::TestStore<On> store;
  Installation installation;
  Application application;

  explicit TestInstallation(InstallationOptions options = {}, db::DatabaseOptions database = {},
                            access::CurrentKeys keys = access::CurrentKeys(access::KeyRing::make()))
      : store(database, whole_schema()),
        installation(*store.database, store.clock, std::move(keys), prepared(std::move(options), store)),
        application(Application::Mode::settled, &installation) {
    application.show(load(small_folder()), {}, nullptr, std::make_shared<const Folder>(small_folder()));
    application.wait_until_ready();
  }

  static InstallationOptions prepared(InstallationOptions options, const access::TestStore<On>& store) {
    if (options.address.empty()) options.address = "http://waymark.example";
    options.accounts = store.account_rules;
    options.attribute_keys = std::make_shared<const access::CurrentKeys>(access::KeyRing::make());
    return options;
  }

  [[nodiscard]] http::Response ask(http::Method method, const std::string& target, const Fields& fields, Person& person,
                                   const http::Headers& more = {}) {
    return testing::ask(application, method, target, fields, person, more);
  }

  [[nodiscard]] http::Response get(const std::string& target, Person& person) { return ask(http::Method::get, target, {}, person); }
  [[nodiscard]] http::Response post(const std::string& target, Person& person, Fields fields = {}) {
    return testing::post(application, target, person, std::move(fields));
  }

  /// Through the front door.
  [[nodiscard]] Person signed_in(const std::string& email) {
    Person person;
    const auto response = post("/sign-in", person, {{"email", email}, {"password", access::good_password}});
    REQUIRE(response.status == 303);
    REQUIRE(person.cookies.contains("waymark"));
    return person;
  }
  access::AccountId add(const std::string& name, const std::vector<access::Role>& roles = {}) {
    return store.add(name, to_lower_ascii(replace_all(name, " ", ".")) + "@example.org", access::good_password, roles);
  }
};

[[nodiscard]] inline std::string header_of(const http::Response& response, std::string_view name) {
  for (const auto& [each, value] : response.headers) {
    if (each == name) return value;
  }
  return {};
}
[[nodiscard]] inline std::string body_of(const http::Response& response) {
  return response.representation != nullptr ? response.representation->body : response.body;
}

}  // namespace waymark::web::testing
