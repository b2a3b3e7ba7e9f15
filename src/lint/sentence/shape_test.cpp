#include "lint/sentence/shape.hpp"

#include <doctest/doctest.h>

#include <string>

#include "lint/sentence/features.hpp"
#include "lint/sentence/weights.hpp"

using namespace waymark::lint::sentence;

namespace {

/// "writes[plan] reviews[code]": the heads with their objects; a noun phrase is "-", what somebody is "=".
std::string seen(std::string_view sentence) {
  Tokens tokens;
  tokenize(sentence, tokens);
  const Shape shape = shape_of(tokens);
  std::string told;
  for (std::size_t i = 0; i < shape.count; ++i) {
    const Clause& clause = shape.clauses[i];
    if (i > 0) told += " ";
    if (clause.kind == HeadKind::noun_phrase) told += "-";
    if (clause.kind == HeadKind::being) told += "=" + std::string(tokens[clause.head].text);
    if (clause.kind != HeadKind::verb) continue;
    told += std::string(tokens[clause.head].text) + "[";
    for (std::size_t j = clause.object.begin; j < clause.object.end; ++j) told += (j > clause.object.begin ? " " : "") + std::string(tokens[j].text);
    told += "]";
  }
  return told;
}

Features features_in(std::string_view sentence) {
  Tokens tokens;
  tokenize(sentence, tokens);
  return features_of(tokens, shape_of(tokens));
}

}  // namespace

TEST_CASE("labels, subjects, adverbs and frames are taken off in front of the head verb") {
  CHECK(seen("Writes the plan") == "Writes[the plan]");
  CHECK(seen("- Delivery: regularly writes the plan") == "writes[the plan]");
  CHECK(seen("You can independently write the plan") == "write[the plan]");
  CHECK(seen("I'm able to write the plan") == "write[the plan]");
  CHECK(seen("They’ll write the plan") == "write[the plan]");
  CHECK(seen("The senior engineer writes the plan") == "writes[the plan]");
  CHECK(seen("Test engineers will write the plan") == "write[the plan]");
  CHECK(seen("When a release is near, writes the plan") == "writes[the plan]");
  CHECK(seen("Has the ability to write the plan") == "write[the plan]");
  CHECK(seen("Has a track record of writing plans") == "writing[plans]");
  CHECK(seen("You have written the plan") == "written[the plan]");
  CHECK(seen("Makes sure to write the plan") == "write[the plan]");
  CHECK(seen("Contributes to writing the plan") == "writing[the plan]");
  CHECK(seen("Helps write the plan") == "write[the plan]");
  CHECK(seen("Is responsible for writing the plan") == "writing[the plan]");
}

TEST_CASE("every clause has its head, and verbs in a row share an object") {
  CHECK(seen("Writes the plan and reviews the code") == "Writes[the plan] reviews[the code]");
  CHECK(seen("Creates and maintains the handbook") == "Creates[the handbook] maintains[the handbook]");
  CHECK(seen("Runs the review, then publishes its notes") == "Runs[the review] publishes[its notes]");
  CHECK(seen("Is calm. Writes the plan.") == "=calm Writes[the plan]");
}

TEST_CASE("what is done may stand behind by, when or while") {
  CHECK(seen("Makes an impact by writing plans") == "Makes[an impact] writing[plans]");
  CHECK(seen("Finds gaps when reviewing the design") == "Finds[gaps] reviewing[the design]");
  CHECK(seen("Improves the team by lunch") == "Improves[the team]");
}

TEST_CASE("the number of a list is no part of the sentence") { CHECK(seen("3. Writes the plan") == "Writes[the plan]"); }

TEST_CASE("two verbs joined right at the beginning share their object") {
  CHECK(seen("Able to plan and estimate the migration") == "plan[the migration] estimate[the migration]");
}

TEST_CASE("coming up with something is as good as what came of it") {
  CHECK(seen("Comes up with a plan") == "Comes[a plan]");
  CHECK(features_in("Comes up with a plan")[Feature::plan_with_artefact] == 1);
}

TEST_CASE("somebody's thing in front of a verb is its subject") {
  CHECK(seen("Your change removes the old queue") == "removes[the old queue]");
  CHECK(seen("Their notes are clear") == "=clear");
}

TEST_CASE("somebody else's ability is no frame of the act") {
  CHECK(features_in("Has raised the team's ability to write plans")[Feature::capability] == 0);
  CHECK(features_in("Has the ability to write plans")[Feature::capability] == 1);
}

TEST_CASE("what something is turned into counts as the object") {
  CHECK(features_in("Breaks the goal down into tickets")[Feature::object_artefact] == 1);
  CHECK(features_in("Breaks the goal down into ideas")[Feature::object_artefact] == 0);
}

TEST_CASE("a tool counts where one is made, not where one is used") {
  CHECK(features_in("Builds a tool")[Feature::object_artefact] == 1);
  CHECK(features_in("Uses the right tool")[Feature::object_artefact] == 0);
}

TEST_CASE("-ing words are acts in front of an object, topics in a list") {
  CHECK(features_in("Follows our standards for testing, deploying and monitoring")[Feature::acts_elsewhere] == 0);
  CHECK(features_in("Follows our standards for deploying the service")[Feature::acts_elsewhere] == 1);
}

TEST_CASE("what somebody is, and what is only named, has no head verb") {
  CHECK(seen("Is a leader") == "=a");
  CHECK(seen("Known for their calm") == "=Known");
  CHECK(seen("Strong skills") == "-");
  CHECK(seen("Work that needs review") == "-");
}

TEST_CASE("a verb that stands in no list is still a verb behind its subject or in front of its object") {
  CHECK(seen("You frobnicate the widget") == "frobnicate[the widget]");
  CHECK(seen("Frobnicates the widget") == "Frobnicates[the widget]");
}

TEST_CASE("forms of verbs are made as English makes them") {
  const auto forms_of = [](std::string_view listed) {
    std::string all;
    for (const Inflected& each : inflect_verb(listed)) all += (all.empty() ? "" : " ") + each.text;
    return all;
  };
  CHECK(forms_of("write/wrote/written") == "write writes writing wrote written");
  CHECK(forms_of("plan") == "plan plans planning planned planned");
  CHECK(forms_of("debug+") == "debug debugs debugging debugged debugged");
  CHECK(forms_of("verify") == "verify verifies verifying verified verified");
  CHECK(forms_of("organise") == "organise organises organising organised organised organize organizes organizing organized organized");
  CHECK(forms_of("agree") == "agree agrees agreeing agreed agreed");
  CHECK(plural_of("policy") == "policies");
  CHECK(plural_of("process") == "processes");
}

TEST_CASE("an artefact counts as the object of the head verb, less elsewhere, not at all in brackets") {
  CHECK(features_in("Writes the proposal")[Feature::object_artefact] == 1);
  CHECK(features_in("Cares about the proposal")[Feature::trace_with_artefact] == 0);
  CHECK(features_in("Influences people with a proposal")[Feature::later_artefact] == 1);
  CHECK(features_in("Influences people (e.g. a proposal)")[Feature::later_artefact] == 0);
}

TEST_CASE("qualities in a purpose weigh less than in the act") {
  CHECK(features_in("Writes tests to improve reliability")[Feature::abstract_words] <
        features_in("Improves reliability of things")[Feature::abstract_words]);
}

TEST_CASE("the weights table is whole and can be read back") {
  const Weights& shipped = weights();
  const Weights again = parse_weights(weights_table(shipped, "# a comment\n"));
  for (std::size_t i = 0; i < feature_count; ++i) CHECK(again.of[i] == doctest::Approx(shipped.of[i]).epsilon(0.001));
  CHECK(shipped.vague_from < shipped.warning_from);
  CHECK(shipped.warning_from < 1);
}
