#include "web/stored_uploads.hpp"

#include <doctest/doctest.h>

#include "db/plans.hpp"
#include "query_plans.hpp"
#include "web/installation_test.hpp"
#include "web/upload_records.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

template <class On>
struct Desk {
  access::TestStore<On> store{{}, whole_schema()};
  access::CurrentKeys keys{access::KeyRing::make()};
  access::AccountId ada = store.add("Ada", "ada@example.org", access::good_password, {});
  access::AccountId bo = store.add("Bo", "bo@example.org", access::good_password, {});

  StoredUploads uploads(UploadLimits limits = {}) { return {*store.database, store.clock, keys, limits}; }
};

Folder holding(std::string name, std::vector<FolderFile> files) { return {std::move(name), std::move(files), {}}; }

std::string of_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((i * 7 + i / 256) % 256);
  return bytes;
}

}  // namespace

TEST_CASE_TEMPLATE("an upload comes back byte for byte, however large its files and whatever is in them", On, ON_BOTH_DATABASES) {
  Desk<On> desk;
  StoredUploads uploads = desk.uploads();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, (std::size_t{1} << 20) - 1, std::size_t{1} << 20, (std::size_t{2} << 20) + 1}) {
    const Folder folder = holding("Löhne.csv", {{"a.md", "one"}, {"dir/empty.md", ""}, {"large.csv", of_bytes(size)}});
    const auto key = uploads.keep(desk.ada, folder);
    REQUIRE(key);
    const auto found = uploads.find(desk.ada, *key);
    REQUIRE(found != nullptr);
    CHECK(found->name == folder.name);
    REQUIRE(found->files.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(found->files[i].path == folder.files[i].path);
      CHECK((found->files[i].bytes == folder.files[i].bytes));
    }
  }
}

TEST_CASE_TEMPLATE("an upload is for whoever made it alone, and nothing of it can be read in the store", On, ON_BOTH_DATABASES) {
  Desk<On> desk;
  StoredUploads uploads = desk.uploads();
  const Folder folder = holding("people.csv", {{"people.csv", "Ifeoma Brandt, Payments"}});
  const auto key = uploads.keep(desk.ada, folder);
  REQUIRE(key);
  CHECK(uploads.find(desk.bo, *key) == nullptr);
  CHECK(uploads.find(desk.ada, "guess") == nullptr);
  desk.store.database->read([&](db::Reader& reader) {
    for (const UploadPart& part : parts_of(reader, desk.ada, *key)) CHECK(part.sealed.find("Payments") == std::string::npos);
  });

  CHECK(uploads.keep(desk.bo, folder).value_or("") == *key);
  const auto sealed_for_ada = desk.store.database->read([&](db::Reader& reader) { return parts_of(reader, desk.ada, *key); });
  desk.store.database->write([&](db::Writer& writer) {
    delete_upload(writer, desk.bo, *key);
    insert_upload(writer, desk.bo, {.key = *key, .name = "people.csv", .at = desk.store.clock.now()}, sealed_for_ada);
  });
  CHECK(uploads.find(desk.bo, *key) == nullptr);

  const access::CurrentKeys others(access::KeyRing::make());
  CHECK(StoredUploads(*desk.store.database, desk.store.clock, others).find(desk.ada, *key) == nullptr);
}

TEST_CASE_TEMPLATE("uploads go when they are too old, and the oldest of their holder when those are too many or too large together", On, ON_BOTH_DATABASES) {
  using std::chrono::minutes;
  Desk<On> desk;
  StoredUploads uploads = desk.uploads({.most = 2, .most_bytes = 100, .oldest = minutes(60)});
  const auto kept = [&](const std::string& name, std::size_t size) {
    const auto key = uploads.keep(desk.ada, holding(name, {{"f", std::string(size, 'x')}}));
    REQUIRE(key);
    desk.store.clock.advance(minutes(1));
    return *key;
  };
  const std::string of_bo = *uploads.keep(desk.bo, holding("b", {{"f", "of Bo"}}));
  const std::string one = kept("one", 10);
  CHECK(kept("one", 10) == one);
  const std::string two = kept("two", 10);
  CHECK(uploads.find(desk.ada, one) != nullptr);
  const std::string three = kept("three", 10);
  CHECK(uploads.find(desk.ada, one) == nullptr);
  CHECK(uploads.find(desk.ada, two) != nullptr);
  const std::string large = kept("large", 95);
  CHECK(uploads.find(desk.ada, two) == nullptr);
  CHECK(uploads.find(desk.ada, three) == nullptr);
  CHECK(uploads.find(desk.ada, large) != nullptr);
  CHECK(!uploads.keep(desk.ada, holding("too large", {{"f", std::string(100, 'x')}})));
  CHECK(uploads.find(desk.ada, large) != nullptr);
  CHECK(uploads.find(desk.bo, of_bo) != nullptr);

  CHECK(uploads.forget_ended() == 0);
  desk.store.clock.advance(minutes(58));
  CHECK(uploads.find(desk.bo, of_bo) == nullptr);
  CHECK(uploads.find(desk.ada, large) != nullptr);
  CHECK(uploads.forget_ended() == 1);
  CHECK(uploads.forget_ended() == 0);
}

TEST_CASE_TEMPLATE("no question about uploads reads a whole table", On, ON_BOTH_DATABASES) {
  Desk<On> desk;
  const auto key = desk.uploads().keep(desk.ada, holding("a", {{"f", "one"}}));
  REQUIRE(key);
  auto& database = *desk.store.database;
  CHECK(uses(planned(database, [&](db::Reader& reader) { (void)find_upload(reader, desk.ada, *key, {}); }), "sqlite_autoindex_upload_1", "upload_pkey"));
  CHECK(uses(planned(database, [&](db::Reader& reader) { (void)uploads_of(reader, desk.ada); }), "sqlite_autoindex_upload_1", "upload_pkey"));
  CHECK(uses(planned(database, [&](db::Reader& reader) { (void)parts_of(reader, desk.ada, *key); }), "sqlite_autoindex_upload_part_1", "upload_part_pkey"));
}
