#include "org/personal_data.hpp"

#include "org/attributes.hpp"
#include "org/org_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

TEST_CASE_TEMPLATE("a person takes everything along, and is forgotten on request while the figures stay", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const auto keys = std::make_shared<const access::CurrentKeys>(access::KeyRing::make());
  Attributes attributes(*office.store.database, office.store.clock, *keys);
  Changes changes;
  found(changes, "Payments", "2020-01-01");
  join(changes, "Ada", "2020-01-01");
  join(changes, "Bo", "2020-01-01");
  changes.people[0].details.email = "ada@example.org";
  changes.people[0].details.references = {{"hr", "77"}};
  changes.people[0].details.family_name = "Lovelace";
  set(changes, "Ada", Kind::level, "2020-01-01", "SSE");
  set(changes, "Ada", Kind::team, "2020-01-01", "Payments");
  set(changes, "Ada", Kind::manager, "2020-01-01", "Bo");
  office.change(changes);
  const auto account = office.store.add("Ada", "Ada@Example.org");
  static_cast<void>(office.store.add("Admin", "admin@example.org", access::good_password, {access::Role::administrator}));
  const AttributeId id = attributes.ask({"Gender", "To see.", {"woman", "man"}}, access::Doing::at_the_machine()).value();
  REQUIRE(attributes.declare(PersonIndex{0}, {{id.text(), "woman"}}));

  access::PersonalData data;
  data.add(personal_data(keys));
  std::string all;
  const auto files = data.export_all(*office.store.database, account, office.store.clock).value();
  for (const access::ExportedFile& file : files) all += file.path + '\n' + file.bytes;
  for (const char* const part : {"org/person.json", "\"hr\"", "\"77\"", "\"Lovelace\"", "org/over-time.json", "\"SSE\"", "\"Payments\"", "\"Bo\"", "org/declared.json", "\"woman\""}) {
    CAPTURE(part);
    CHECK(all.find(part) != std::string::npos);
  }

  REQUIRE(data.erase(*office.store.database, account, "asked for", access::Doing::at_the_machine(), office.store.clock));
  const auto now = office.registry.now();
  CHECK(now->people() == 2);
  CHECK(now->person(PersonIndex{0}).is_erased);
  CHECK(now->person(PersonIndex{0}).details == PersonDetails{});
  CHECK(!now->find_by_email("ada@example.org"));
  CHECK(now->history(PersonIndex{0}, Kind::level).size() == 1);
  CHECK(attributes.mine(PersonIndex{0})->empty());
  CHECK(!office.store.verified().broken);
  Registry restarted(*office.store.database, office.store.clock);
  CHECK(told(*restarted.now()) == told(*now));
}
