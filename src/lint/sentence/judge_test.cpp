#include "lint/sentence/judge.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>

#include "base/text.hpp"

using namespace waymark;
using namespace waymark::lint;

namespace {

std::string name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::specific: return "specific";
    case Verdict::vague: return "vague";
    case Verdict::tenure: return "tenure";
    case Verdict::not_a_criterion: return "not-a-criterion";
  }
  return {};
}

struct Expected {
  std::string verdict;
  std::string sentence;
};

std::vector<Expected> own_sentences() {
  std::ifstream file(WAYMARK_SOURCE_DIR "/tests/fixtures/sentences/own.tsv");
  REQUIRE(file);
  std::vector<Expected> found;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    found.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  REQUIRE(found.size() > 100);
  return found;
}

bool same(const Judgement& a, const Judgement& b) { return a.verdict == b.verdict && a.weight == b.weight && a.score == b.score; }

}  // namespace

TEST_CASE("sentences are judged as a person would judge them") {
  for (const auto& [verdict, words] : own_sentences()) {
    const std::string& sentence = words;
    const Judgement judgement = judge_sentence(sentence);
    CAPTURE(sentence);
    CAPTURE(judgement.score);
    CHECK(name_of(judgement.verdict) == verdict);
  }
}

TEST_CASE("no sentence that a person finds specific is warned of") {
  for (const auto& [verdict, words] : own_sentences()) {
    const std::string& sentence = words;
    const Judgement judgement = judge_sentence(sentence);
    CAPTURE(sentence);
    if (verdict == "specific" || verdict == "not-a-criterion") CHECK(judgement.weight == Weight::none);
    if (verdict == "tenure") CHECK(judgement.weight == Weight::warning);
    if (verdict == "tenure" || verdict == "not-a-criterion") CHECK(judgement.score == 0);
  }
}

TEST_CASE("every judgement has one or two reasons in words, none with a gap left in it") {
  for (const auto& [verdict, words] : own_sentences()) {
    const std::string& sentence = words;
    const Judgement judgement = judge_sentence(sentence);
    CAPTURE(sentence);
    CHECK(judgement.reasons.size() >= 1);
    CHECK(judgement.reasons.size() <= 2);
    for (const std::string& reason : judgement.reasons) {
      CAPTURE(reason);
      CHECK(reason.find("{}") == std::string::npos);
      CHECK(reason.find("''") == std::string::npos);
    }
  }
}

TEST_CASE("reasons name the words that weigh most") {
  CHECK(judge_sentence("Understands the domain").reasons.front() == "starts from 'understand', which nobody can watch");
  const Judgement judgement = judge_sentence("Writes the release notes");
  CHECK(judgement.reasons.front() == "starts from 'write', an act that leaves a trace");
  CHECK(judgement.reasons.size() == 2);
}

TEST_CASE("a stronger adjective changes little, an act changes much") {
  const double plain = judge_sentence("Is a leader").score;
  CHECK(judge_sentence("Is an outstanding leader").score >= plain);
  CHECK(judge_sentence("Chairs the weekly design review").score < 0.3);
  CHECK(question_for(Verdict::vague).find("produce, decide or run") != std::string_view::npos);
  CHECK(question_for(Verdict::tenure) != question_for(Verdict::vague));
}

TEST_CASE("bullets, white space and the case of the first letter change nothing") {
  const std::vector<Expected> sentences = own_sentences();
  rc::check("dressed sentences", [&] {
    const auto& [verdict, sentence] = *rc::gen::elementOf(sentences);
    const std::string bullet = *rc::gen::element<std::string>("", "- ", "* ", "  • ", "+ ");
    const std::string end = *rc::gen::element<std::string>("", " ", "   ", "\t", "\r");
    RC_ASSERT(same(judge_sentence(sentence), judge_sentence(bullet + sentence + end)));
    std::string lower = sentence;
    if (verdict == "not-a-criterion" || (sentence.size() > 1 && sentence[1] >= 'A' && sentence[1] <= 'Z')) return;
    if (lower[0] >= 'A' && lower[0] <= 'Z') lower[0] = static_cast<char>(lower[0] + 32);
    RC_ASSERT(name_of(judge_sentence(lower).verdict) == verdict);
  });
}

TEST_CASE("any bytes are taken") {
  rc::check("bytes", [](const std::string& bytes) {
    const Judgement judgement = judge_sentence(bytes);
    RC_ASSERT(judgement.score >= 0);
    RC_ASSERT(judgement.score <= 1);
    RC_ASSERT(!judgement.reasons.empty() || trim(bytes).empty());
    for (const Occurrence& each : tenure_phrases(bytes)) {
      RC_ASSERT(each.begin < each.end);
      RC_ASSERT(each.end <= bytes.size());
    }
    (void)is_english(bytes);
  });
}

TEST_CASE("words of all classes in any order are judged without harm") {
  const std::vector<std::string> words{"you",    "is",    "able",        "to",  "when",  "writes", ",",    "and",  "helps",   "the",    "code",
                                       ":",      "never", "responsible", "for", "years", "5+",     "by",   "(",    ")",       "while",  "track",
                                       "record", "of",    "has",         ".",   "makes", "sure",   "work", "e.g.", "party",   "degree", "can",
                                       "'s",     "I'm",   "¶",           "on",  "that",  "team",   "/",    "not",  "engineer"};
  rc::check("shuffled", [&] {
    std::string sentence;
    for (const std::string& word : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words))) sentence += word + " ";
    const Judgement judgement = judge_sentence(sentence);
    RC_ASSERT(judgement.reasons.size() <= 2);
    (void)tenure_phrases(sentence);
  });
}

TEST_CASE("an empty line and one without words are no criterion") {
  CHECK(judge_sentence("").verdict == Verdict::not_a_criterion);
  CHECK(judge_sentence("").reasons.empty());
  CHECK(judge_sentence(" --- *** ").verdict == Verdict::not_a_criterion);
  CHECK(judge_sentence(" --- *** ").reasons.size() == 1);
}

TEST_CASE("other languages are left alone") {
  for (const char* const sentence : {"Versteht die Anforderungen der Kunden und arbeitet eng mit dem Team",
                                     "Comprend les besoins des clients et travaille avec son équipe pour les résoudre",
                                     "Entiende las necesidades de los clientes y trabaja con el equipo", "Понимает потребности клиентов",
                                     "顧客のニーズを理解する", "מבין את צרכי הלקוחות"}) {
    CAPTURE(sentence);
    const Judgement judgement = judge_sentence(sentence);
    CHECK(judgement.verdict == Verdict::not_a_criterion);
    CHECK(judgement.weight == Weight::none);
    CHECK(judgement.reasons.front().find("English") != std::string::npos);
  }
}

TEST_CASE("English with foreign names, accents and Latin words stays English") {
  for (const char* const sentence : {"Presents the café résumé project to the Zürich office", "Runs the de facto standard on-call rota à la carte",
                                     "Reviews 漢字 handling in the search index of the shop"}) {
    CAPTURE(sentence);
    CHECK(judge_sentence(sentence).verdict != Verdict::not_a_criterion);
  }
}

TEST_CASE("whole documents are told apart by language") {
  CHECK(is_english("You write the plan for a change and have it reviewed before the work begins. You keep the notes of what was decided."));
  CHECK(is_english("Go"));
  CHECK(is_english(""));
  CHECK(!is_english(
      "Du schreibst den Plan für eine Änderung und lässt ihn prüfen, bevor die Arbeit beginnt. Du hältst fest, was entschieden wurde und von wem."));
  CHECK(!is_english(
      "Vous écrivez le plan du changement et vous le faites relire avant de commencer le travail. Vous notez ce qui est décidé et par qui."));
  CHECK(!is_english("Вы пишете план изменения и даёте его на проверку до начала работы, а потом записываете, что решено."));
}

TEST_CASE("a very long line costs no more than its beginning") {
  const std::string line = "Writes the runbook " + std::string(1 << 20, 'x') + " and reviews it";
  CHECK(judge_sentence(line).verdict == Verdict::specific);
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "reviews code and ";
  CHECK(judge_sentence(many).verdict == Verdict::specific);
}

TEST_CASE("threads get the same answers") {
  const std::vector<Expected> sentences = own_sentences();
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (const auto& [verdict, sentence] : sentences) wrong[t] += name_of(judge_sentence(sentence).verdict) == verdict ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::count(wrong.begin(), wrong.end(), 0) == 4);
}
