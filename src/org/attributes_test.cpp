#include "org/attributes.hpp"

#include "org/declared_values.hpp"
#include "org/org_test.hpp"

using namespace waymark;
using namespace waymark::org;
using namespace waymark::org::testing;

namespace {

const NewAttribute gender{"Gender", "To see whether people progress alike.", {"woman", "man", "another"}};
const NewAttribute caring{"Caring for somebody", "To see what it costs.", {"yes", "no"}};

template <class On>
struct Asking {
  Office<On> office;
  access::KeyRing keys = access::KeyRing::make();
  access::CurrentKeys current{keys};
  Attributes attributes{*office.store.database, office.store.clock, current};
  PersonIndex ada{0}, bo{1};
  access::Doing machine = access::Doing::at_the_machine();

  Asking() {
    Changes changes;
    join(changes, "Ada", "2020-01-01");
    join(changes, "Bo", "2020-01-01");
    office.change(changes);
  }
};

}  // namespace

TEST_CASE_TEMPLATE("a person declares, sees, changes and withdraws, and nobody else is told", On, ON_BOTH_DATABASES) {
  Asking<On> asking;
  Attributes& attributes = asking.attributes;
  const AttributeId id = attributes.ask(gender, asking.machine).value();
  const AttributeId other = attributes.ask(caring, asking.machine).value();
  CHECK(attributes.asked().size() == 2);
  CHECK(attributes.mine(asking.ada)->empty());
  REQUIRE(attributes.declare(asking.ada, {{id.text(), "woman"}, {other.text(), "no"}}));
  REQUIRE(attributes.declare(asking.bo, {{id.text(), "man"}}));
  CHECK(attributes.mine(asking.ada).value() == Answers{{id.text(), "woman"}, {other.text(), "no"}});
  const auto values = asking.office.store.database->read([&](db::Reader& reader) { return declared_values(reader, asking.keys, id); });
  CHECK(values.size() == 2);
  CHECK(values.at(0) == "woman");

  REQUIRE(attributes.declare(asking.ada, {{other.text(), "yes"}}));
  CHECK(attributes.mine(asking.ada).value() == Answers{{other.text(), "yes"}});
  REQUIRE(attributes.withdraw(asking.ada));
  CHECK(attributes.mine(asking.ada)->empty());
  // Of answers there is nothing in the audit.
  CHECK(asking.office.store.audited() == "organisation_changed attribute_asked attribute_asked");
}

TEST_CASE_TEMPLATE("the store says nothing of what was declared", On, ON_BOTH_DATABASES) {
  Asking<On> asking;
  const AttributeId id = asking.attributes.ask(gender, asking.machine).value();
  REQUIRE(asking.attributes.declare(asking.ada, {{id.text(), "woman"}}));
  REQUIRE(asking.attributes.declare(asking.bo, {{id.text(), "another"}}));
  const auto sealed = asking.office.store.database->read([](db::Reader& reader) {
    return reader.rows("SELECT sealed FROM org_declaration ORDER BY person", {}, [](db::Bytes bytes) { return bytes.value; });
  });
  REQUIRE(sealed.size() == 2);
  CHECK(sealed[0].find("woman") == std::string::npos);
  CHECK(sealed[0].size() == sealed[1].size());
  const access::CurrentKeys others(access::KeyRing::make());
  Attributes with_others(*asking.office.store.database, asking.office.store.clock, others);
  CHECK(!with_others.mine(asking.ada));
  // One person's record in another's place does not open.
  asking.office.store.database->write([&](db::Writer& writer) {
    writer.run("UPDATE org_declaration SET sealed = :sealed WHERE person = 2", {{"sealed", db::Bytes{sealed[0]}}});
  });
  CHECK(!asking.attributes.mine(asking.bo));
}

TEST_CASE("what is no longer asked is forgotten, and a new key seals all again") {
  Asking<OnSqlite> asking;
  const AttributeId id = asking.attributes.ask(gender, asking.machine).value();
  const AttributeId other = asking.attributes.ask(caring, asking.machine).value();
  REQUIRE(asking.attributes.declare(asking.ada, {{id.text(), "woman"}, {other.text(), "no"}}));
  REQUIRE(asking.attributes.declare(asking.bo, {{id.text(), "man"}}));
  REQUIRE(asking.attributes.stop_asking(id, asking.machine));
  CHECK(asking.attributes.mine(asking.ada).value() == Answers{{other.text(), "no"}});
  CHECK(asking.attributes.mine(asking.bo)->empty());
  CHECK(asking.attributes.stop_asking(id, asking.machine).error().kind == Error::Kind::not_found);
  const access::KeyRing rotated = asking.keys.with_new_key();
  CHECK(asking.office.store.database->write([&](db::Writer& writer) { return seal_declarations_again(writer, rotated); }) == 1);
  CHECK(asking.office.store.database->write([&](db::Writer& writer) { return seal_declarations_again(writer, rotated); }) == 0);
  const access::CurrentKeys only_new(rotated.without_old_keys());
  Attributes later(*asking.office.store.database, asking.office.store.clock, only_new);
  CHECK(later.mine(asking.ada).value() == Answers{{other.text(), "no"}});
}

TEST_CASE("what is not offered is refused, and so are questions nobody could answer") {
  Asking<OnSqlite> asking;
  const AttributeId id = asking.attributes.ask(gender, asking.machine).value();
  CHECK(asking.attributes.declare(asking.ada, {{id.text(), "none of your business"}}).error().kind == Error::Kind::bad_input);
  CHECK(asking.attributes.declare(asking.ada, {{"nothing", "woman"}}).error().kind == Error::Kind::bad_input);
  CHECK(asking.attributes.ask(gender, asking.machine).error().kind == Error::Kind::conflict);
  for (const NewAttribute& wrong : {NewAttribute{"", "why", {"a", "b"}}, NewAttribute{"What", "", {"a", "b"}}, NewAttribute{"What", "why", {"a"}},
                                    NewAttribute{"What", "why", {"a", "a"}}, NewAttribute{"What", "why", {"a", "b\nc"}}}) {
    CHECK(asking.attributes.ask(wrong, asking.machine).error().kind == Error::Kind::bad_input);
  }
}
