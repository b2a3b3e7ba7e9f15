#include "release/versions.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "release/citation_events.hpp"
#include "release/published_test.hpp"

using namespace waymark;
using namespace waymark::release;
using namespace waymark::release::testing;

namespace {

using State = Fate::State;
using Kind = FateStep::Kind;

Date day(std::string_view text) { return parse_date(text).value(); }

/// Five versions, one on the first of each month of 2027, in which everything happens to a criterion that can.
template <class On>
struct History : Office<On> {
  std::vector<Version> all;

  void add(const Folder& folder, std::vector<std::string> same_meaning = {}) {
    const Date effective = day("2027-0" + std::to_string(all.size() + 1) + "-01");
    all.push_back(this->published({.folder = labelled(folder, std::to_string(all.size() + 1)),
                                   .note = "Note",
                                   .effective = effective,
                                   .same_meaning = std::move(same_meaning)})
                      .version);
  }

  History() {
    const std::string asks = "\n### Asks first {#asks}\n\nAsks before it is built.\n";
    const std::string behind = "Writes it down. The trace is a document.\n";
    const Folder first = edited(good(), "levels/SSE.md", behind, behind + asks);
    add(first);
    const Folder second = reworded(first);
    add(second, {"SSE.drives-design"});
    // asks moves to ISE.
    Folder third = edited(reworded(good()), "levels/ISE.md", "## Not expected yet", asks.substr(1) + "\n## Not expected yet");
    third = retire(third, "{id: SSE.asks, because: It begins earlier., now: ISE.asks}");
    add(third);
    const Folder fourth = edited(third, "levels/ISE.md", "Asks before it is built.", "Asks before it is built, in writing.");
    add(fourth, {"ISE.asks"});
    const Folder fifth = retire(edited(reworded(good()), "pathway.yaml", "retired:\n", "retired:\n  - {id: SSE.asks, because: It begins earlier.}\n"),
                                "{id: ISE.asks, because: Everybody does.}");
    add(fifth);
  }
  Fate fate(std::string_view citation, std::size_t version, std::string_view until = "2028-01-01") {
    return this->versions.what_became_of(citation, all[version - 1].hash, day(until)).value();
  }
};

}  // namespace

TEST_CASE_TEMPLATE("an old citation shows the words it cited and what became of them", On, ON_BOTH_DATABASES) {
  History<On> history;
  const auto cited = history.versions.words_of("sse.drives-design", history.all[0].hash);
  REQUIRE(cited);
  CHECK(cited->words.words == "Writes it down. The trace is a document.");
  CHECK(cited->version.label == "1");

  const Fate design = history.fate("SSE.drives-design", 1);
  CHECK(design.state == State::reworded);
  CHECK(design.rewordings == 1);
  CHECK(to_string(design.now.value()) == "SSE.drives-design");
  REQUIRE(design.steps.size() == 1);
  CHECK(design.steps[0].version.hash == history.all[1].hash);
  CHECK(design.steps[0].version.effective == day("2027-02-01"));
  CHECK(cited->version.until == day("2027-02-01"));
  CHECK(!history.versions.newest()->until);
  CHECK(history.fate("SSE.drives-design", 2).state == State::unchanged);
  // Not in force yet: known, and not true yet.
  CHECK(history.fate("SSE.drives-design", 1, "2027-01-31").state == State::unchanged);
  CHECK(history.fate("SSE.drives-design", 1, "2027-01-31").steps.size() == 1);
}

TEST_CASE_TEMPLATE("a citation is followed to where its criterion moved, until it is retired", On, ON_BOTH_DATABASES) {
  History<On> history;
  const Fate moved = history.fate("SSE.asks", 1, "2027-03-01");
  CHECK(moved.state == State::moved);
  CHECK(to_string(moved.now.value()) == "ISE.asks");
  CHECK(moved.rewordings == 0);

  const Fate all = history.fate("SSE.asks", 1);
  CHECK(all.state == State::retired);
  CHECK(!all.now);
  REQUIRE(all.steps.size() == 3);
  CHECK(all.steps[0].kind == Kind::moved);
  CHECK(to_string(all.steps[0].to.value()) == "ISE.asks");
  CHECK(all.steps[1].kind == Kind::reworded);
  CHECK(all.steps[2].kind == Kind::retired);
  CHECK(all.steps[2].because == "Everybody does.");
  CHECK(history.fate("ISE.asks", 4).steps.size() == 1);
}

TEST_CASE_TEMPLATE("places, sections and paragraphs have a fate, too", On, ON_BOTH_DATABASES) {
  History<On> history;
  CHECK(history.fate("SSE", 1).state == State::unchanged);
  CHECK(history.fate("SSE.autonomy", 1).state == State::unchanged);
  CHECK(history.fate("SSE.asks-1", 1).state == State::gone);
  CHECK(history.versions.what_became_of("SSE.nothing", history.all[0].hash, day("2028-01-01")).error().kind == Error::Kind::not_found);
  CHECK(history.versions.what_became_of("SSE", "feedfeedfeed", day("2028-01-01")).error().kind == Error::Kind::not_found);
}

TEST_CASE_TEMPLATE("whatever happens to a criterion, its fate is what the documents themselves say", On, ON_BOTH_DATABASES) {
  Office<On> office;
  std::mt19937 random(20261124);
  const std::string behind = "Writes it down. The trace is a document.\n";
  std::vector<Version> all;
  std::vector<std::map<std::string, std::string>> said;
  while (all.size() < 14) {
    // Absent, or with one of three texts.
    const auto text = random() % 4;
    const std::string criterion = "\n### Asks first {#asks}\n\nAsks before it is built, as number " + std::to_string(text) + ".\n";
    Folder folder = labelled(good(), "v" + std::to_string(all.size()));
    folder = text == 0 ? retire(folder, "{id: SSE.asks, because: Everybody does.}") : edited(folder, "levels/SSE.md", behind, behind + criterion);
    Proposal proposal{.folder = folder, .note = "Note"};
    for (const Obstacle& each : office.publishing.preview(proposal).obstacles) proposal.same_meaning.push_back(each.subject);
    if (text == 0 && all.empty()) continue;  // it was never there
    all.push_back(office.published(proposal).version);
    said.push_back(said_in(office.versions.load(all.back().hash).value()->pathway));
  }
  for (std::size_t from = 0; from < all.size(); ++from) {
    for (const std::string id : {"SSE.asks", "SSE.asks-1", "SSE.drives-design"}) {
      if (!said[from].contains(id)) continue;
      int rewordings = 0;
      std::string words = said[from].at(id);
      for (std::size_t later = from + 1; later < all.size(); ++later) {
        const auto at = said[later].find(id);
        if (at == said[later].end() || at->second == words) continue;
        ++rewordings;
        words = at->second;
      }
      const Fate fate = office.versions.what_became_of(id, all[from].hash, day("2028-01-01")).value();
      CAPTURE(from);
      CAPTURE(id);
      CHECK(fate.rewordings == rewordings);
      CHECK(fate.now.has_value() == said.back().contains(id));
      if (fate.now) CHECK((fate.state == State::unchanged) == (rewordings == 0));
      if (!fate.now) CHECK(fate.state == (id == "SSE.asks-1" ? State::gone : State::retired));
    }
  }
}

TEST_CASE_TEMPLATE("a version is found by what a person says", On, ON_BOTH_DATABASES) {
  History<On> history;
  const auto found = [&](std::string_view word) {
    const auto version = history.versions.find(word, day("2027-02-15"));
    return version ? version->label : version.error().message;
  };
  CHECK(found(history.all[2].hash) == "3");
  CHECK(found(history.all[2].short_hash()) == "3");
  CHECK(found("4") == "4");
  CHECK(found("newest") == "5");
  CHECK(found("in-force") == "2");
  CHECK(found("abc") == "There is no version `abc`.");
  CHECK(found("") == "There is no version ``.");
  CHECK(found(std::string("1\0", 2)) == "There is no version ``.");
  history.published(
      {.folder = edited(good(), "pathway.yaml", "retired:\n", "retired:\n  - {id: SSE.asks, because: Gone.}\n  - {id: ISE.asks, because: Gone.}\n"),
       .note = "Same label as the first",
       .effective = day("2027-06-01"),
       .same_meaning = {"SSE.drives-design"}});
  CHECK(found("1") == "More than one version is called `1`.");
}

TEST_CASE_TEMPLATE("only so many versions stay in memory, and the others are read again", On, ON_BOTH_DATABASES) {
  History<On> history;
  Versions two(*history.database, 2);
  const auto first = two.load(history.all[0].hash).value();
  CHECK(two.load(history.all[0].hash).value() == first);
  (void)two.load(history.all[1].hash);
  (void)two.load(history.all[2].hash);
  const auto again = two.load(history.all[0].hash).value();
  CHECK(again != first);
  CHECK(again->pathway.hash == first->pathway.hash);
}

TEST_CASE_TEMPLATE("documents that somebody changed behind Waymark's back are not taken for the version", On, ON_BOTH_DATABASES) {
  History<On> history;
  history.database->write([](db::Writer& writer) { writer.run("UPDATE pathway_document SET text = text || 'x' WHERE text LIKE 'name:%'"); });
  Versions fresh(*history.database);
  CHECK_THROWS_AS((void)fresh.load(history.all[0].hash), db::DatabaseError);
}
