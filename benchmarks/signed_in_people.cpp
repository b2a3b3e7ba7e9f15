// Fills a store that `waymark create-admin` has made with people who are signed in, and prints the token of each, a tab, and what its forms carry: ./bench signed-in
//   signed_in_people STORE PEOPLE [WITH_PASSWORD]
// The last WITH_PASSWORD people sign in as person-N@example.org with the password below.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "access/account.hpp"
#include "access/session.hpp"
#include "base/clock.hpp"
#include "db/database.hpp"

using namespace waymark;
using namespace waymark::access;

namespace {

constexpr int sessions_each = 3;
constexpr std::string_view password = "correct horse battery";

void add_person(Accounts& accounts, Sessions& sessions, const Clock& clock, int number, bool with_password) {
  const std::string email = "person-" + std::to_string(number) + "@example.org";
  const NewAccount person{.name = "Person " + std::to_string(number), .email = email};
  const Doing doing = Doing::at_the_machine();
  const AccountId id = with_password ? accounts.create_with_password(person, password, {}, doing).value() : accounts.create(person, doing).value();
  accounts.grant_role(id, {Role::analyst, {}}, date_of(clock.now()), {}, "a measurement", doing).value();
  for (int i = 0; i < sessions_each; ++i) {
    const Secret token = sessions.start({id}, {"192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"});
    if (i == 0) std::printf("%s\t%s\n", std::string(token.reveal()).c_str(), form_token(token.reveal()).c_str());
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "signed_in_people STORE PEOPLE [WITH_PASSWORD]\n");
    return 2;
  }
  const auto location = db::DatabaseLocation::parse(words[1]);
  if (!location) {
    std::fprintf(stderr, "%s\n", location.error().message.c_str());
    return 1;
  }
  const auto database = db::Database::open(*location);
  const SystemClock clock;
  Accounts accounts(*database, clock);
  Sessions sessions(*database, clock);
  const int people = std::atoi(words[2]);
  const int with_password = count > 3 ? std::atoi(words[3]) : 0;
  for (int i = 0; i < people; ++i) add_person(accounts, sessions, clock, i, i >= people - with_password);
}
