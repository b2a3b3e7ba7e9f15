#include "release/publishing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "release/published_test.hpp"

using namespace waymark;
using namespace waymark::release;
using namespace waymark::release::testing;

namespace {

std::string kinds(const std::vector<Obstacle>& obstacles) {
  static constexpr const char* names[] = {"unusable", "draft", "same", "vanished", "meaning", "declaration", "lint", "day", "note"};
  std::string all;
  for (const Obstacle& each : obstacles) {
    all += (all.empty() ? "" : ", ") + std::string(names[static_cast<int>(each.kind)]) + (each.subject.empty() ? "" : " " + each.subject);
  }
  return all;
}

Date day(std::string_view text) { return parse_date(text).value(); }

}  // namespace

TEST_CASE_TEMPLATE("a folder becomes a version that can be read for ever", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const Published first = office.published({.folder = good(), .note = " The first. "});
  CHECK(first.changes.empty());
  CHECK(first.version.note == "The first.");
  CHECK(first.version.author.name == "Ada");
  CHECK(first.version.effective == day("2026-11-24"));
  CHECK(first.version.hash == pathway::load(good()).pathway->hash);

  office.clock.advance(std::chrono::hours{24});
  const Published second = office.published({.folder = reworded(good()), .note = "Says what the trace is.", .same_meaning = {"SSE.drives-design"}});
  CHECK(second.version.predecessor == first.version.hash);
  REQUIRE(second.changes.size() == 1);

  const VersionPage newest = office.versions.list({}, 1);
  REQUIRE(newest.versions.size() == 1);
  CHECK(newest.versions[0].hash == second.version.hash);
  CHECK(newest.next == second.version.hash);
  CHECK(office.versions.list(newest.next, 10).versions[0].hash == first.version.hash);
  CHECK(!office.versions.list(newest.next, 10).next);

  // Another process, which remembers nothing.
  Versions again(*office.database);
  const auto frozen = again.load(first.version.hash);
  REQUIRE(frozen);
  CHECK((*frozen)->pathway.hash == first.version.hash);
  CHECK((*frozen)->documents.find("levels/SSE.md")->bytes == good().find("levels/SSE.md")->bytes);
  CHECK((*frozen)->documents.files.size() == good().files.size());
  const std::vector<Change> kept = again.kept_changes(second.version);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].what.subject == "SSE.drives-design");
  CHECK(kept[0].what.words == second.changes[0].what.words);
  CHECK(kept[0].same_meaning);
  CHECK(again.difference(second.version.hash, first.version.hash)->size() == 1);
  CHECK(!again.load("0000"));
}

TEST_CASE_TEMPLATE("a document that did not change is stored once", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  office.published({.folder = reworded(good()), .note = "Two", .same_meaning = {"SSE.drives-design"}});
  const auto stored = office.database->read([](db::Reader& reader) { return reader.value<std::int64_t>("SELECT COUNT(*) FROM pathway_document"); });
  CHECK(stored == static_cast<std::int64_t>(good().files.size()) + 1);
}

TEST_CASE_TEMPLATE("line ends and files that are no part of the pathway make no other version", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  Folder windows = good();
  for (FolderFile& file : windows.files) file.bytes = replace_all(file.bytes, "\n", "\r\n");
  windows.files.push_back({"zz/readme.md", "Nothing to do with it."});
  CHECK(office.refused({.folder = windows, .note = "Again"}).starts_with("Nothing has changed since 1 ("));
}

TEST_CASE_TEMPLATE("the same documents are not published twice, and going back is a version of its own", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  office.published({.folder = reworded(good()), .note = "Two", .same_meaning = {"SSE.drives-design"}});
  const auto back = office.publishing.publish({.folder = good(), .note = "Back"}, office.as(office.ada));
  REQUIRE(!back);
  CHECK(back.error().error.kind == Error::Kind::conflict);
  CHECK(back.error().error.message.starts_with("These are the documents of 1 ("));
  office.published({.folder = labelled(good(), "1b"), .note = "Back", .same_meaning = {"SSE.drives-design"}});
}

TEST_CASE_TEMPLATE("a rewording is declared to mean the same, or gets a new id", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  const auto obstacles = [&](const Folder& folder, std::vector<std::string> same = {}) {
    return kinds(office.publishing.preview({.folder = folder, .note = "Two", .same_meaning = std::move(same)}).obstacles);
  };
  CHECK(obstacles(reworded(good())) == "meaning SSE.drives-design");
  CHECK(obstacles(reworded(good()), {"SSE.drives-design"}) == "");
  CHECK(obstacles(reworded(good()), {"SSE.drive-design"}) == "declaration SSE.drive-design, meaning SSE.drives-design");
  CHECK(obstacles(labelled(good(), "2"), {"SSE.drives-design"}) == "declaration SSE.drives-design");

  Folder renamed = edited(reworded(good()), "levels/SSE.md", "{#drives-design}", "{#agrees-design}");
  renamed = edited(renamed, "capabilities/design.md", "SSE.md#drives-design", "SSE.md#agrees-design");
  renamed = edited(renamed, "pathway.yaml", ", now: SSE.drives-design", "");
  for (FolderFile& file : renamed.files) file.bytes = replace_all(file.bytes, "#drives-design", "#agrees-design");
  CHECK(obstacles(renamed) == "vanished SSE.drives-design");
  CHECK(obstacles(retire(renamed, "{id: SSE.drives-design, because: Two things in one., now: SSE.agrees-design}")) == "");
}

TEST_CASE_TEMPLATE("no id vanishes: what is missing under `retired:` is given to be pasted", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  const Folder without = edited(labelled(good(), "2"), "pathway.yaml",
                                "  - {id: SSE.old-one, in: \"0.9\", because: Nobody could judge it., now: SSE.drives-design}\n", "  []\n");
  const Preview preview = office.publishing.preview({.folder = without, .note = "Two"});
  REQUIRE(kinds(preview.obstacles) == "vanished SSE.old-one");
  CHECK(preview.obstacles[0].message == "SSE.old-one was retired, and is no longer listed.");
  CHECK(preview.obstacles[0].yaml == "  - id: SSE.old-one\n    in: \"2\"\n    because: …\n    now: SSE.drives-design\n");
}

TEST_CASE_TEMPLATE("a place does not vanish, and neither does what moved away from it", On, ON_BOTH_DATABASES) {
  Office<On> office;
  Folder with_staff = edited(good(), "pathway.yaml", "[ISE, SSE, LSE]", "[ISE, SSE, LSE, STAFF]");
  FolderFile page = *with_staff.find("levels/LSE.md");
  page.path = "levels/STAFF.md";
  for (const auto& [from, to] : {std::pair("LSE", "STAFF"), {"Lead Engineer", "Staff Engineer"}, {"domain-paper", "area-paper"}}) {
    page.bytes = replace_all(page.bytes, from, to);
  }
  with_staff.files.push_back(page);
  std::sort(with_staff.files.begin(), with_staff.files.end(), [](const FolderFile& a, const FolderFile& b) { return a.path < b.path; });
  const Version first = office.published({.folder = with_staff, .note = "One"}).version;

  const Folder gone = labelled(good(), "2");
  CHECK(kinds(office.publishing.preview({.folder = gone, .note = "Two"}).obstacles) == "vanished STAFF.area-paper, vanished STAFF");
  // Its criterion is kept, at another place.
  const std::string moved = "### Writes the paper of a domain {#area-paper}\n\nWrites it down. The trace is a document.\n\n## Not expected yet";
  const Folder kept = edited(gone, "levels/SSE.md", "## What stops counting", moved.substr(0, moved.find("## Not")) + "## What stops counting");
  const Preview preview = office.publishing.preview({.folder = kept, .note = "Two"});
  CHECK(kinds(preview.obstacles) == "vanished STAFF.area-paper, vanished STAFF");
  CHECK(preview.obstacles[0].yaml.ends_with("now: SSE.area-paper\n"));

  const Folder told = retire(kept, "{id: STAFF.area-paper, now: SSE.area-paper}\n  - {id: STAFF, because: Nobody had the work., now: SSE}");
  office.published({.folder = told, .note = "Two"});
  const Fate staff = office.versions.what_became_of("STAFF", first.hash, day("2027-01-01")).value();
  CHECK(staff.state == Fate::State::retired);
  CHECK(to_string(staff.steps.at(0).to.value()) == "SSE");
  CHECK(to_string(office.versions.what_became_of("STAFF.area-paper", first.hash, day("2027-01-01"))->now.value()) == "SSE.area-paper");
  CHECK(pathway::cite(office.versions.load(office.versions.newest()->hash).value()->pathway, "STAFF").error().way_out ==
        "SSE stands in its place now: Senior Engineer.");
}

TEST_CASE_TEMPLATE("an id that comes back means what it meant", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const std::string criterion = "### Drives the design of a system change {#drives-design}\n\nWrites it down. The trace is a document.\n";
  Folder with_two = edited(good(), "levels/SSE.md", criterion, criterion + "\n### Asks first {#asks}\n\nAsks before it is built.\n");
  office.published({.folder = with_two, .note = "One"});
  office.published({.folder = retire(labelled(good(), "2"), "{id: SSE.asks, because: Everybody does.}"), .note = "Two"});

  CHECK(office.refused({.folder = labelled(with_two, "4"), .note = "Three"}) == "");
  office.published({.folder = retire(labelled(good(), "5"), "{id: SSE.asks, because: Everybody does.}"), .note = "Four"});
  const Folder other = edited(labelled(with_two, "6"), "levels/SSE.md", "Asks before it is built.", "Writes questions down.");
  CHECK(office.refused({.folder = other, .note = "Five"}) == "SSE.asks was in use before, with other words.");
  CHECK(office.refused({.folder = other, .note = "Five", .same_meaning = {"SSE.asks"}}) == "");
}

TEST_CASE_TEMPLATE("errors of the linter stop it unless a reason is written", On, ON_BOTH_DATABASES) {
  Office<On> office;
  Folder strict = edited(good(), "pathway.yaml", "language: en\n", "language: en\nlint:\n  rules:\n    few-examples: error\n");
  strict = edited(strict, "levels/SSE.md", "- A build was slow and they cut it.\n- A release failed and they wrote the note.", "");
  const Preview preview = office.publishing.preview({.folder = strict, .note = "One"});
  REQUIRE(kinds(preview.obstacles) == "lint");
  const Published done = office.published({.folder = strict, .note = "One", .because = "The examples come from the teams next week."});
  CHECK(done.version.because == "The examples come from the teams next week.");
  REQUIRE(!done.version.despite.empty());
  CHECK(done.version.despite[0].find("levels/SSE.md") == 0);
}

TEST_CASE_TEMPLATE("what is no pathway, or a draft, is not published for any reason", On, ON_BOTH_DATABASES) {
  Office<On> office;
  CHECK(office.refused({.folder = Folder{"nothing", {}, {}}, .note = "One", .because = "Trust me."}) == "The pathway cannot be used: 1 error.");
  const Folder draft = edited(good(), "pathway.yaml", "language: en\n", "language: en\nstatus: draft\n");
  CHECK(office.refused({.folder = draft, .note = "One", .because = "Trust me."}) == "The pathway says of itself that it is a draft.");
  CHECK(office.refused({.folder = good(), .note = " \n"}) == "There is no note.");
  CHECK(office.refused({.folder = good(), .note = std::string("a\0b", 3)}) == "The note holds characters that are no text.");
  CHECK(office.refused({.folder = good(), .note = std::string(5000, 'n')}) == "The note is too long: 5000 bytes.");
  CHECK(!office.versions.newest());
}

TEST_CASE_TEMPLATE("a version is in force from its day on, and not before", On, ON_BOTH_DATABASES) {
  Office<On> office;
  CHECK(!office.versions.in_force(day("2026-11-24")));
  // The first may have been in use before Waymark.
  const Version first = office.published({.folder = good(), .note = "One", .effective = day("2025-01-01")}).version;
  const Version next = office.published({.folder = labelled(good(), "2"), .note = "Two", .effective = day("2027-01-01")}).version;
  CHECK(!office.versions.in_force(day("2024-12-31")));
  CHECK(office.versions.in_force(day("2026-12-31"))->hash == first.hash);
  CHECK(office.versions.in_force(day("2027-01-01"))->hash == next.hash);
  CHECK(office.versions.newest()->hash == next.hash);

  CHECK(office.refused({.folder = labelled(good(), "3"), .note = "Three"}).ends_with("so this one cannot be in force from 24 November 2026 on."));
  const Version same_day = office.published({.folder = labelled(good(), "3"), .note = "Three", .effective = day("2027-01-01")}).version;
  CHECK(office.versions.in_force(day("2027-01-01"))->hash == same_day.hash);
}

TEST_CASE_TEMPLATE("no day in the past, once something is in force", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One", .effective = day("2025-01-01")});
  CHECK(office.refused({.folder = labelled(good(), "2"), .note = "Two", .effective = day("2026-11-23")}) == "23 November 2026 is past.");
}

TEST_CASE_TEMPLATE("what is not in force yet can be withdrawn, and makes room for another", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const Publisher ada = office.as(office.ada);
  const Version first = office.published({.folder = good(), .note = "One"}).version;
  const Version hasty =
      office.published({.folder = reworded(good()), .note = "Two", .effective = day("2027-01-01"), .same_meaning = {"SSE.drives-design"}}).version;
  CHECK(office.publishing.withdraw(first.hash, "no", ada).error().message.ends_with("is in force, and people rely on it."));
  CHECK(!office.publishing.withdraw(hasty.hash, " ", ada));
  REQUIRE(office.publishing.withdraw(hasty.hash, "The wrong branch.", ada));
  CHECK(!office.publishing.withdraw(hasty.hash, "Again.", ada));
  CHECK(office.versions.newest()->hash == first.hash);
  CHECK(office.versions.in_force(day("2027-02-01"))->hash == first.hash);
  CHECK(office.versions.find(hasty.hash, day("2026-11-24"))->withdrawn->why == "The wrong branch.");
  CHECK(office.versions.load(hasty.hash));
  // Compared with what is in force, not with what was withdrawn.
  CHECK(office.published({.folder = labelled(good(), "2"), .note = "Three"}).version.predecessor == first.hash);
  CHECK(office.refused({.folder = reworded(good()), .note = "Two"}).ends_with("which was withdrawn."));
}

TEST_CASE_TEMPLATE("of two that follow the same version one succeeds, and the other is told what came between", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const Version first = office.published({.folder = good(), .note = "One"}).version;
  const access::AccountId bo = office.owner("Bo", "bo@example.org");
  office.published({.folder = labelled(good(), "2"), .note = "Two", .after = first.hash});
  const auto late = office.publishing.publish({.folder = labelled(good(), "3"), .note = "Three", .after = first.hash}, office.as(bo));
  REQUIRE(!late);
  CHECK(late.error().error.kind == Error::Kind::conflict);
  CHECK(late.error().error.message.starts_with("Since you looked, somebody else has published 2 ("));
  REQUIRE(late.error().came_between.size() == 1);
  CHECK(late.error().came_between[0].label == "2");
  // A first version that is no longer the first.
  const auto first_again = office.publishing.publish({.folder = labelled(good(), "4"), .note = "Four", .after = ""}, office.as(bo));
  CHECK(first_again.error().came_between.size() == 2);
}

TEST_CASE_TEMPLATE("many publish at once: every version follows the one before, and nothing is lost", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const std::string after = office.published({.folder = good(), .note = "One"}).version.hash;
  std::atomic<int> won = 0;
  std::atomic<int> told = 0;
  const Publisher ada = office.as(office.ada);
  std::vector<std::thread> people;
  for (int i = 0; i < 6; ++i) {
    people.emplace_back([&, i] {
      const auto done = office.publishing.publish({.folder = labelled(good(), "p" + std::to_string(i)), .note = "Mine", .after = after}, ada);
      if (done) ++won;
      if (!done && done.error().came_between.size() == 1) ++told;
    });
  }
  for (std::thread& each : people) each.join();
  CHECK(won == 1);
  CHECK(told == 5);
  CHECK(office.versions.list({}, 10).versions.size() == 2);
  CHECK(!office.database->read([](db::Reader& reader) { return access::verify_audit(reader); }).broken);
}

TEST_CASE_TEMPLATE("only an owner publishes, and it is in the audit without the words", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const auto eve = office.accounts.create({.name = "Eve"}, access::Doing::at_the_machine()).value();
  const auto refused = office.publishing.publish({.folder = good(), .note = "Mine now"}, office.as(eve));
  CHECK(refused.error().error.message == "Only a pathway owner publishes versions, or takes them back.");
  const Version version = office.published({.folder = good(), .note = "Said in private"}).version;
  const auto entries = office.database->read([](db::Reader& reader) { return access::newest_audit_entries(reader, {}, {}, 1); });
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].action == "version_published");
  CHECK(entries[0].object == "version:" + version.hash);
  CHECK(access::to_json_line(entries[0]).find("private") == std::string::npos);
  CHECK(office.database->read([&](db::Reader& reader) { return access::person_behind(reader, entries[0].actor); })->id == office.ada.text());
}

TEST_CASE_TEMPLATE("at the machine, before there are accounts, the operator's name stands as the author", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const auto done = office.publishing.publish({.folder = good(), .note = "One"}, {access::Doing::at_the_machine(), {}, "root"});
  REQUIRE(done);
  CHECK(done->version.author.name == "root");
  CHECK(!done->version.author.account);
}

TEST_CASE_TEMPLATE("an author who was erased leaves the version and no name", On, ON_BOTH_DATABASES) {
  Office<On> office;
  const Version version = office.published({.folder = good(), .note = "One"}).version;
  access::PersonalData data;
  data.add(personal_data());
  const auto files = data.export_all(*office.database, office.ada, office.clock).value();
  const auto mine = std::find_if(files.begin(), files.end(), [](const access::ExportedFile& file) { return file.path == "release/versions.json"; });
  REQUIRE(mine != files.end());
  CHECK(mine->bytes.find(version.hash) != std::string::npos);
  REQUIRE(data.erase(*office.database, office.ada, "asked", access::Doing::at_the_machine(), office.clock));
  const auto after = office.versions.find(version.hash, day("2026-11-24"));
  REQUIRE(after);
  CHECK(after->author.name.empty());
  CHECK(after->note == "One");
}
