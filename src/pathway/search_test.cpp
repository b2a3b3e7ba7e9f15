#include "pathway/search.hpp"

#include <algorithm>
#include <thread>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/text.hpp"
#include "pathway/searching.hpp"
#include "pathway/small_pathway_test.hpp"

using namespace waymark;
using namespace waymark::pathway;
using namespace waymark::pathway::testing;

namespace {

std::string uris(const std::vector<Hit>& hits) {
  std::string words;
  for (const Hit& hit : hits) words += (words.empty() ? "" : " ") + to_uri(hit.target).substr(8);
  return words;
}

/// The passage with [matches] in brackets.
std::string shown(const Hit& hit) {
  std::string words;
  for (const Fragment& fragment : hit.passage) words += fragment.match ? "[" + fragment.text + "]" : fragment.text;
  return words;
}

Pathway in_language(const char* language, const std::string& title, const std::string& text) {
  Pathway pathway;
  pathway.language = language;
  pathway.levels = {level("SSE", "ic", "Niveau", {criterion("SSE", "one", title, text)})};
  pathway.levels[0].sections.clear();
  return pathway;
}

bool finds(const Pathway& pathway, const char* query) {
  const auto hits = SearchIndex(pathway).search(query);
  return !hits.empty() && hits.front().citation == "SSE.one";
}

std::string words_in(std::string_view text) {
  std::string words;
  for (const auto& token : searching::tokens_of(text)) words += "[" + std::string(text.substr(token.begin, token.end - token.begin)) + "]";
  return words;
}

}  // namespace

TEST_CASE("a search finds criteria, sections, levels, pages and numbers, and says where they stand") {
  Pathway pathway = small_pathway();
  pathway.thresholds = {{"team-size", std::nullopt, "engineers with one lead", "engineers", 4, 9, "More cannot be listened to.", "", ""}};
  pathway.capabilities = {
      {{"listening"}, "Listening", "Hearing what is meant.", {}, {{{"SSE"}, "At SSE", {say("Objections are weighed aloud.")}, {}}}, {}, {}, {}}};
  pathway.archetypes = {{{"data"}, "Data engineer", "Lakes and rivers.", {}, {{{"SSE"}, "At SSE", {say("Pipelines that restart.")}, {}}}, {}, {}}};
  pathway.fork.emplace();
  pathway.fork->title = "The fork";
  pathway.fork->ways = {{std::nullopt, "stay", "Stay, deliberately", {}, {{"stay-gives", "What it gives", {say("Quiet mornings.")}}}}};
  const SearchIndex index(pathway);

  const auto hits = index.search("written design");
  REQUIRE_FALSE(hits.empty());
  CHECK(hits[0].citation == "SSE.designs");
  CHECK(hits[0].title == "Drives the design of a system change");
  CHECK(hits[0].where == "Senior Software Engineer, What changes here");
  CHECK(shown(hits[0]) == "Takes a [written] [design] through a review that ends in agreement.");

  CHECK(uris(index.search("listened")) == "capabilities/listening pathway#team-size capabilities/listening#SSE");
  CHECK(index.search("objections aloud").front().where == "Listening");
  CHECK(uris(index.search("rivers")) == "archetypes/data");
  CHECK(uris(index.search("restarting pipelines")) == "archetypes/data#SSE");
  CHECK(uris(index.search("quiet morning")) == "fork#stay-gives");
  CHECK(index.search("quiet morning")[0].where == "The fork, Stay, deliberately");
  CHECK(index.search("senior autonomy").front().citation == "SSE.autonomy");
  CHECK(index.search("lead engineer strategy").front().citation == "LSE.strategy");
}

TEST_CASE("headings weigh more than prose") {
  Pathway pathway = small_pathway();
  pathway.levels[0].criteria[0].passages[0].block.text = "A strategy is read here once, among other things.";
  CHECK(SearchIndex(pathway).search("strategies").front().citation == "LSE.strategy");
}

TEST_CASE("all words must occur; when nothing has them all, any of them will do") {
  const SearchIndex index(small_pathway());
  CHECK(uris(index.search("design review")) == "levels/SSE#designs");
  CHECK(uris(index.search("team strategy")) == "levels/LSE#strategy");
  CHECK(uris(index.search("strategy concern plan")).find("levels/SSE#objects") != std::string::npos);
  CHECK(uris(index.search("strategy concern plan")).find("levels/LSE#strategy") != std::string::npos);
  CHECK(index.search("zebra").empty());
  CHECK(index.search("").empty());
  CHECK(index.search(" .,;! ").empty());
}

TEST_CASE("the last word may be unfinished, the others not") {
  const SearchIndex index(small_pathway());
  CHECK(index.search("strat").front().citation == "LSE.strategy");
  CHECK(index.search("written agreem").front().citation == "SSE.designs");
  CHECK(index.search("strat zebra").empty());
}

TEST_CASE("an id finds itself first, in any letter case") {
  const SearchIndex index(small_pathway());
  for (const std::string id : {"SSE.designs", "sse.designs", " SSE.designs ", "designs", "SSE.designs-1"})
    CHECK_MESSAGE(index.search(id).front().citation == "SSE.designs", id);
  CHECK(index.search("SSE").front().citation == "SSE");
  CHECK(index.search("senior software engineer").front().citation == "SSE");
  CHECK(index.search("SSE").size() > 4);
  CHECK(index.search("ttl.autonomy").front().citation == "TTL.autonomy");
  CHECK(index.search("SSE.designs", 1).size() == 1);
  CHECK(index.search("SSE.designs", 0).empty());
}

TEST_CASE("an id finds itself first, also where another text would fit its words better") {
  Pathway pathway = small_pathway();
  pathway.levels[0].criteria[0].title = "SSE designs";
  const SearchIndex index(pathway);
  CHECK(uris(index.search("designs sse")) == "levels/JSE#delivers levels/SSE#designs");
  CHECK(uris(index.search("SSE.designs")) == "levels/SSE#designs levels/JSE#delivers");
  CHECK(uris(index.search("SSE.designs", 1)) == "levels/SSE#designs");
}

TEST_CASE("endings, letter case and accents make no difference") {
  CHECK(finds(in_language("en", "Designs", "Reviewing colleagues’ designs"), "review colleague"));
  CHECK(finds(in_language("en-GB", "Rhythm", "The team’s agreement"), "team agreement"));
  CHECK(finds(in_language("de", "Entwürfe", "Schreibt größere Entwürfe auf"), "GROSSE entwurf"));
  CHECK(finds(in_language("fr", "Décisions", "L’équipe a décidé elle-même"), "equipe decider"));
  CHECK(finds(in_language("pl", "Łączy zespoły", "Źródło"), "laczy zrodlo"));
  CHECK(finds(in_language("ru", "Решения", "Принимает решения"), "РЕШЕНИЕ принимал"));
  CHECK(finds(in_language("ja", "設計", "設計を書いて合意に達する"), "合意"));
  CHECK(finds(in_language("xx", "Designs", "Reviewing"), "review"));
}

TEST_CASE("of a long text the stretch around the words is shown") {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "plain ";
  text += "end. Here the outbox table is drawn. ";
  for (int i = 0; i < 60; ++i) text += "more ";
  const auto hits = SearchIndex(in_language("en", "Long", text + "stop.")).search("outbox table");
  REQUIRE(hits.size() == 1);
  const std::string passage = shown(hits[0]);
  CHECK(passage.starts_with("… Here the [outbox] [table] is drawn. more"));
  CHECK(passage.ends_with("more …"));
  CHECK(split(passage, ' ').size() == 32);

  const auto early = shown(SearchIndex(in_language("en", "Long", "The outbox table. " + text + "An outbox.")).search("outbox table")[0]);
  CHECK(early.starts_with("The [outbox] [table]. plain"));

  std::string unspaced;
  for (int i = 0; i < 60; ++i) unspaced += "書";
  CHECK(split(shown(SearchIndex(in_language("ja", "長", unspaced + "設計" + unspaced)).search("設計")[0]), ' ')[1].size() == 3 * 30 + 2);

  const auto by_title = SearchIndex(in_language("en", "Long", text)).search("long");
  CHECK(shown(by_title[0]).starts_with("plain plain"));
  const auto at_end = SearchIndex(in_language("en", "Long", text + "The last word is \"harbour\".")).search("harbour");
  CHECK(shown(at_end[0]).ends_with("more The last word is \"[harbour]\"."));
}

TEST_CASE("a word that stands everywhere is marked only when there is nothing better to mark") {
  Pathway pathway = small_pathway();
  for (Level& level : pathway.levels) {
    level.summary[0].block.text += " The plan.";
    for (Criterion& criterion : level.criteria) criterion.passages[0].block.text += " The plan.";
    for (Section& section : level.sections) section.passages.push_back(say("The plan."));
  }
  const SearchIndex index(pathway);
  CHECK(shown(index.search("the agreement").front()) == "Takes a written design through a review that ends in [agreement]. The plan.");
  CHECK(shown(index.search("the plan").front()).ends_with("[The] [plan]."));
}

TEST_CASE("words are found in any text") {
  CHECK(words_in("Drives the team's design-review, e.g. v2.0!") == "[Drives][the][team's][design][review][e][g][v2][0]");
  CHECK(words_in("L’équipe d'abord") == "[L][équipe][d][abord]");
  CHECK(words_in("a\xFF"
                 "b\xC3") == "[a][b]");
  CHECK(words_in("größe → 設計書 “Wort”…") == "[größe][設][計][書][Wort]");
  CHECK(searching::lower_case("ÄÖÜ ŁÓDŹ Ÿ ΑΘΉΝΑ ЁЖ İ") == "äöü łódź ÿ αθήνα ёж i");
  CHECK(searching::lower_case("e\u0301") == "e");
  CHECK(searching::lower_case("Team’s") == "team's");
  CHECK(searching::without_accents("größe łódź œuvre ñ ş αθήνα ё") == "grosse lodz oeuvre n s αθηνα е");
}

TEST_CASE("the index outlives its pathway, moves, and is searched from many threads") {
  auto pathway = std::make_unique<Pathway>(small_pathway());
  SearchIndex first(*pathway);
  pathway.reset();
  const SearchIndex index = std::move(first);
  const std::string expected = uris(index.search("design"));
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (std::string& each : found)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) each = uris(index.search("design"));
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& each : found) CHECK(each == expected);
  CHECK(SearchIndex(Pathway{}).search("x").empty());
}

TEST_CASE("in the starter, every id finds itself first, and the words of a heading find what stands under it") {
  const Pathway pathway = starter();
  const SearchIndex index(pathway);
  for (const Level& level : pathway.levels) {
    CHECK_MESSAGE(index.search(level.id.value).front().citation == level.id.value, level.id.value);
    for (const Criterion& criterion : level.criteria) {
      const std::string id = to_string(criterion.citation());
      CHECK_MESSAGE(index.search(to_lower_ascii(id)).front().citation == id, id);
      const auto hits = index.search(criterion.title, 3);
      CHECK_MESSAGE(std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.citation == id; }), criterion.title);
    }
  }
  for (const Capability& capability : pathway.capabilities)
    CHECK_MESSAGE(uris(index.search(capability.title, 1)) == "capabilities/" + capability.id.value, capability.title);
}

TEST_CASE("no query breaks a search") {
  const Pathway pathway = small_pathway();
  const SearchIndex index(pathway);
  CHECK(rc::check("any bytes; best first; text stays text; the limit holds", [&](const std::string& noise) {
    const std::string query = *rc::gen::element(noise, "design " + noise, noise + " team", noise.substr(0, 1));
    const auto limit = *rc::gen::inRange<std::size_t>(1, 30);
    const auto hits = index.search(query, limit);
    RC_ASSERT(hits.size() <= limit);
    RC_ASSERT(std::is_sorted(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; }));
    for (const Hit& hit : hits) {
      for (const Fragment& fragment : hit.passage) RC_ASSERT(is_valid_utf8(fragment.text) && !fragment.text.empty());
    }
  }));
  CHECK(rc::check("any word of a text finds that text", [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += is_valid_utf8(part) ? part + " " : "wort ";
    const Pathway any = in_language("en", "Heading", text);
    const SearchIndex some(any);
    const std::string kept = collapse_white_space(text);
    for (const auto& token : searching::tokens_of(kept)) {
      const auto hits = some.search(std::string_view(kept).substr(token.begin, token.end - token.begin), 50);
      RC_ASSERT(std::any_of(hits.begin(), hits.end(), [](const Hit& hit) { return hit.citation == "SSE.one"; }));
    }
  }));
  std::string long_query;
  for (int i = 0; i < 100'000; ++i) long_query += "design ";
  CHECK_FALSE(index.search(long_query).empty());
  CHECK(index.search(std::string(1'000'000, 'a')).empty());
}
