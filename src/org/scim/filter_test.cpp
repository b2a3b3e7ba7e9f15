// Filters and paths by themselves: what they find, and how they are refused.
#include "org/scim/filter.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <algorithm>

using namespace waymark::org::scim;
namespace json = boost::json;

namespace {

std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return text;
}

const json::object ada = json::parse(quoted(R"({
  'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User'], 'id': 'a1', 'externalId': 'X-1', 'userName': 'Ada@Example.org',
  'name': {'formatted': 'Ada Lovelace', 'givenName': 'Ada', 'familyName': 'Lovelace'}, 'displayName': 'Ada Lovelace', 'active': true,
  'emails': [{'value': 'ada@example.org', 'type': 'work', 'primary': true}, {'value': 'ada@home.example', 'type': 'home'}],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'employeeNumber': '0815', 'manager': {'value': 'm1', 'displayName': 'Bo'}},
  'meta': {'created': '2026-01-02T03:04:05.000Z', 'lastModified': '2026-11-24T09:00:00.000Z'}})")).as_object();

bool finds(const std::string& text) {
  const auto filter = Filter::parse(quoted(text), user_type());
  if (!filter) FAIL(text << ": " << filter.error().detail);
  return filter->matches(ada);
}

std::string refusal(const std::string& text) {
  const auto filter = Filter::parse(quoted(text), user_type());
  return filter ? "none" : filter.error().type;
}

std::string path_refusal(const std::string& text) {
  const auto path = parse_patch_path(quoted(text), user_type());
  return path ? "none" : path.error().type;
}

}  // namespace

TEST_CASE("every operator finds what it says") {
  for (const char* const text :
       {"userName eq 'ada@example.org'", "USERNAME Eq 'ADA@EXAMPLE.ORG'", "userName ne 'bo'", "userName co 'example'", "userName sw 'ada'", "userName ew '.ORG'", "userName pr",
        "userName gt 'abc'", "userName ge 'ada@example.org'", "userName lt 'b'", "userName le 'ada@example.org'", "active eq true", "active eq 'True'", "active ne false", "title eq null",
        "title ne 'Engineer'", "not (title pr)", "externalId eq 'X-1'", "name.familyName eq 'lovelace'", "emails co 'home'", "emails.type eq 'home'", "emails.value ne 'ada@example.org'",
        "emails[type eq 'work' and value ew 'example.org']", "emails[type eq 'work'].value eq 'ADA@example.org'", "emails[not (type eq 'work')].value sw 'ada@home'",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw 'ada'", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq '0815'",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:manager.value eq 'm1'", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq 'm1'",
        "meta.lastModified gt '2026-11-24T08:00:00Z'", "meta.created le '2026-01-02T03:04:05Z'", "schemas eq 'urn:ietf:params:scim:schemas:core:2.0:User'",
        "userName eq 'x' or active eq true and displayName sw 'ada'", "(userName eq 'x' or active eq true) and displayName sw 'ada'", "not(userName eq 'x')and(active eq true)",
        "displayName eq 'ad\\u0061 lovelace'", "name pr", "emails pr", "phoneNumbers ne 'x'"}) {
    CAPTURE(text);
    CHECK(finds(text));
  }
}

TEST_CASE("and what it does not say it does not find") {
  for (const char* const text :
       {"userName eq 'ada'", "userName ne 'ADA@example.org'", "userName gt 'b'", "active eq false", "externalId eq 'x-1'", "title pr", "title eq 'x'", "title ne null", "userName eq null", "emails[type eq 'home' and value ew 'example.org']",
        "emails[type eq 'home'].value eq 'ada@example.org'", "meta.created gt '2026-01-02T03:04:05Z'", "nickName eq 'Ada'", "phoneNumbers pr", "phoneNumbers[type eq 'work'].value eq '1'", "name.middleName pr", "not (active eq true)",
        "userName eq 'x' and active eq true or displayName eq 'y'", "userName eq 7", "userName eq true", "urn:example:other:1.0:User:userName pr"}) {
    CAPTURE(text);
    CHECK(!finds(text));
  }
}

TEST_CASE("what is no filter is refused, with its place") {
  for (const char* const text :
       {"", " ", "userName", "userName eq", "userName eq ", "userName is 'x'", "userName eq 'x", "userName eq x", "userName eq 'x' and", "userName eq 'x' or or active pr", "(userName pr", "userName pr)", "not userName pr",
        "and userName pr", "emails[type eq 'work'", "emails[]", "emails[type eq 'work']. eq 'x'", "emails[emails[type pr] pr]", "userName[type eq 'x']", "active gt true", "active co 't'", "userName gt null",
        "userName co 7", "meta.created gt 'yesterday'", "name eq 'Ada'", "userName eq '\\q'", "1userName pr", "userName..x pr", ".userName pr", "userName. pr", "urn: pr", "userName eq nan", "userName eq 1e999"}) {
    CAPTURE(text);
    CHECK(refusal(text) == "invalidFilter");
  }
  CHECK(Filter::parse("userName eq \"x\" and", user_type()).error().detail.find("at byte") != std::string::npos);
}

TEST_CASE("a filter that would take too long is refused") {
  CHECK(refusal(std::string(40, '(') + "userName pr" + std::string(40, ')')) == "invalidFilter");
  CHECK(refusal(std::string(20, '(') + "userName pr" + std::string(20, ')')) == "none");
  std::string many = "userName pr";
  for (int i = 0; i < 250; ++i) many += " or id pr";
  CHECK(refusal(many) == "invalidFilter");
  CHECK(refusal("userName eq '" + std::string(5'000, 'x') + "'") == "invalidFilter");
  CHECK(refusal("userName eq '\xff'") == "invalidFilter");
}

TEST_CASE("a filter that names one key is known as such") {
  const auto key = [](const std::string& text) {
    const auto equals = Filter::parse(quoted(text), user_type())->only_equals();
    return equals ? equals->first + " " + equals->second : std::string("none");
  };
  CHECK(key("username EQ 'Ada'") == "userName Ada");
  CHECK(key("emails eq 'a@b'") == "emails.value a@b");
  CHECK(key("userName sw 'Ada'") == "none");
  CHECK(key("userName eq 'Ada' and active eq true") == "none");
}

TEST_CASE("paths of a patch are read as directories write them") {
  for (const char* const text : {"userName", "name.givenName", "emails[type eq 'work'].value", "emails[type eq 'work']", "members[value eq 'x']", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", "phoneNumbers[type eq 'mobile'].value", "urn:example:1.0:custom"}) {
    CAPTURE(text);
    CHECK(path_refusal(text) == "none");
  }
  for (const char* const text : {"", "name..x", "emails[type eq 'work'", "emails[type eq 'work']value", "emails[type eq 'work'].", "emails[type eq 'work'].value.x", "emails.type[value pr]", "userName[value eq 'x']", "[x pr]", "a b"}) {
    CAPTURE(text);
    CHECK(path_refusal(text) == "invalidPath");
  }
  CHECK(path_refusal("emails[type is 'work'].value") == "invalidFilter");
}
