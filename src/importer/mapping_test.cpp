#include "importer/mapping.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "importer/framework.hpp"
#include "importer/import_checks_test.hpp"

using namespace waymark;
using namespace waymark::importer;

namespace {

const Folder source{"source",
                    {{"ladder.md",
                      "# Ladder\n\n## Wizard\n\n- Knows the old words.\n\n## Engineer\n\n- Mends faults.\n\n## Lead Engineer\n\n- Plans for four "
                      "people.\n\n## Office Manager\n\n- Orders the tea.\n"}},
                    {}};

Result<ImportedFramework> with(const std::string& yaml) {
  const auto mapping = parse_mapping("map.yaml", yaml);
  if (!mapping) return tl::unexpected(mapping.error());
  return import_framework(source, {{}, *mapping, {}});
}

std::string trouble(const std::string& yaml) {
  const auto result = with(yaml);
  return result ? std::string("none") : result.error().message;
}

}  // namespace

TEST_CASE("what the mapping says, holds: ids, order, tracks, fork, levels that were missed and those that are none") {
  const auto imported = with(
      "name: Ours\ntracks:\n  - id: craft\n    title: Craft\n    levels:\n      E: Engineer\n      W: Wizard\n  - id: people\n    levels:\n      L: "
      "Lead "
      "Engineer\nfork:\n  at: E\n  branches: [W, L]\nnot_levels: [Office Manager]\n");
  REQUIRE(imported.has_value());
  CHECK(join(imported->levels, " ") == "E W L");
  checks::check_loads(*imported);
  const auto loaded = pathway::load(imported->draft);
  CHECK(loaded.pathway->name == "Ours");
  CHECK(loaded.pathway->fork->at.value == "E");
  CHECK(loaded.pathway->tracks.at(0).title == "Craft");
}

TEST_CASE("the mapping that an import writes out gives the same draft again") {
  const auto first = import_framework(source, {});
  REQUIRE(first.has_value());
  const auto again = with(first->draft.find(mapping_file)->bytes);
  REQUIRE(again.has_value());
  CHECK(again->levels == first->levels);
  for (const FolderFile& file : first->draft.files) {
    if (file.path.starts_with("levels/")) CHECK(again->draft.find(file.path)->bytes == file.bytes);
  }
  CHECK(again->draft.find(mapping_file)->bytes == first->draft.find(mapping_file)->bytes);
}

TEST_CASE("a mapping that cannot be followed says its line") {
  CHECK(trouble("tracks:\n  - id: a\n    levels:\n      X: Nobody\n") == "map.yaml:4: The source has no level called “Nobody”.");
  CHECK(trouble("tracks:\n  - id: a\n    levels: [Engineer, Engineer]\n") == "map.yaml:3: “Engineer” stands here a second time.");
  CHECK(trouble("tracks:\n  - id: 1a\n") == "map.yaml:2: “1a” cannot be an id: a letter, then letters, digits, _ or -.");
  CHECK(trouble("track: x\n") == "map.yaml:1: There is no key “track” in a mapping; there are name, tracks, fork and not_levels.");
  CHECK(trouble("fork:\n  at: Q\n  branches: [E]\n").find("which is no level") != std::string::npos);
  CHECK(trouble("a: [\n").starts_with("map.yaml:"));
  CHECK(trouble("- x\n") == "map.yaml:1: A mapping begins with keys such as `tracks:`.");
}

TEST_CASE("a mapping may say little: the rest is guessed, and asked about") {
  const auto imported = with("tracks:\n  - id: leadership\n    title: Leadership\n    levels: [Lead Engineer]\n");
  REQUIRE(imported.has_value());
  checks::check_loads(*imported);
  const auto loaded = pathway::load(imported->draft);
  CHECK(loaded.pathway->tracks.size() == 2);
}
