#include "access/current_keys.hpp"
#include "access/key_ring.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "temporary_folder.hpp"

using namespace waymark;
using namespace waymark::access;
namespace fs = std::filesystem;

namespace {

const std::string one_key = "a1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";
const std::string other_key = "b2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

KeyRing ring_of(const std::string& text) {
  auto ring = KeyRing::parse(text);
  REQUIRE(ring.has_value());
  return *ring;
}

KeyRing::Environment environment(std::map<std::string, std::string> values) {
  return [values](const std::string& name) { return values.contains(name) ? std::optional(values.at(name)) : std::nullopt; };
}

}  // namespace

TEST_CASE("what is sealed opens, and says nothing until then") {
  const KeyRing ring = ring_of(one_key);
  const std::string sealed = ring.seal(Secret("a secret"), "totp/anna");
  CHECK(sealed.find("secret") == std::string::npos);
  CHECK(sealed != ring.seal(Secret("a secret"), "totp/anna"));
  const auto opened = ring.open(sealed, "totp/anna");
  REQUIRE(opened.has_value());
  CHECK(opened->reveal() == "a secret");
}

TEST_CASE("a sealed value that was changed, cut or moved to another record does not open") {
  const KeyRing ring = ring_of(one_key);
  const std::string sealed = ring.seal(Secret("a secret"), "totp/anna");
  CHECK(!ring.open(sealed, "totp/bo"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK(!ring.open(changed, "totp/anna"));
    CHECK(!ring.open(sealed.substr(0, i), "totp/anna"));
  }
}

TEST_CASE("keys change while old values still open") {
  const KeyRing old = ring_of(one_key);
  const std::string sealed = old.seal(Secret("a secret"), "c");
  const KeyRing both = old.with_new_key();
  CHECK(both.size() == 2);
  CHECK(both.open(sealed, "c"));
  CHECK(both.is_out_of_date(sealed));
  CHECK(!both.is_out_of_date(both.seal(Secret("x"), "c")));
  const auto refused = both.without_old_keys().open(sealed, "c");
  REQUIRE(!refused);
  CHECK(refused.error().message == "The key a1 that sealed this value is not among the keys.");
}

TEST_CASE("a broken ring names its line and not its key") {
  for (const std::string& broken :
       {std::string("nothing"), one_key + "b2:short", one_key + one_key, std::string(":AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")}) {
    const auto refused = KeyRing::parse(broken);
    REQUIRE(!refused);
    CHECK(refused.error().message.starts_with("Line "));
    CHECK(refused.error().message.find("AAEC") == std::string::npos);
  }
  CHECK(KeyRing::parse("# only a remark\n").error().message == "There is no key among the keys.");
}

TEST_CASE("keys come from the environment, from a file it names, or from the usual file") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "keys";
  const KeyRing made = KeyRing::make();
  REQUIRE(made.save(file));
  CHECK((fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);

  CHECK(KeyRing::load(file, environment({}))->sealing_id() == made.sealing_id());
  CHECK(KeyRing::load("/nowhere", environment({{"WAYMARK_KEYS_FILE", file.string()}}))->sealing_id() == made.sealing_id());
  CHECK(KeyRing::load("/nowhere", environment({{"WAYMARK_KEYS", one_key + other_key}}))->sealing_id() == "a1");
  CHECK(KeyRing::load(file, environment({{"WAYMARK_KEYS", one_key}, {"WAYMARK_KEYS_FILE", file.string()}})).error().kind == Error::Kind::wrong_usage);
  CHECK(KeyRing::load("/nowhere", environment({})).error().kind == Error::Kind::not_found);

  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  CHECK(KeyRing::load(file, environment({})).error().message.find("can be read by others") != std::string::npos);
}

TEST_CASE("keys that cannot be written leave nothing behind") {
  const TemporaryFolder folder;
  CHECK(KeyRing::make().save(folder.path() / "no" / "keys").error().kind == Error::Kind::unavailable);
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("keys that are followed seal with what their file puts first, and open what another process sealed") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "keys";
  CHECK(CurrentKeys::follow(file).error().kind == Error::Kind::not_found);
  REQUIRE(ring_of(one_key).save(file));
  const auto followed = CurrentKeys::follow(file);
  REQUIRE(followed.has_value());
  const std::string early = followed->seal(Secret("early"), "c");
  CHECK_FALSE(followed->look_again().value());

  const KeyRing both = ring_of(one_key).with_new_key();
  REQUIRE(both.save(file));
  CHECK_FALSE(both.is_out_of_date(followed->seal(Secret("x"), "c")));
  const KeyRing three = both.with_new_key();
  REQUIRE(three.save(file));
  CHECK(followed->open(three.seal(Secret("late"), "c"), "c")->reveal() == "late");
  CHECK(followed->open(early, "c")->reveal() == "early");

  fs::remove(file);
  CHECK(followed->look_again().error().kind == Error::Kind::not_found);
  CHECK_FALSE(followed->look_again().value());
  CHECK(followed->open(early, "c")->reveal() == "early");
  CHECK(followed->open(ring_of(other_key).seal(Secret("x"), "c"), "c").error().kind == Error::Kind::unavailable);
}
