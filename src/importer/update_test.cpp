#include "importer/update.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "importer/criterion_ids.hpp"
#include "importer/framework.hpp"

using namespace waymark;
using namespace waymark::importer;

namespace {

Folder draft_of(const std::string& text) {
  const auto imported = import_framework(Folder{"source", {{"ladder.md", text}}, {}}, {});
  REQUIRE(imported.has_value());
  return imported->draft;
}

std::string text_of(const DraftUpdate& update, const Folder& edited, const std::string& path) {
  for (const FolderFile& file : update.write) {
    if (file.path == path) return file.bytes;
  }
  return edited.find(path)->bytes;
}

void edit(Folder& folder, const std::string& path, const std::string& from, const std::string& to) {
  for (FolderFile& file : folder.files) {
    if (file.path != path) continue;
    REQUIRE(file.bytes.find(from) != std::string::npos);
    file.bytes = replace_all(file.bytes, from, to);
  }
}

const std::string before = "# Ladder\n\n## Engineer\n\n- Mends faults alone.\n- Reads logs first.\n\n## Senior Engineer\n\n- Plans a quarter.\n";

}  // namespace

TEST_CASE("the same source once more changes nothing") {
  const Folder draft = draft_of(before);
  const DraftUpdate update = update_draft(draft, draft, draft);
  CHECK(update.changes.empty());
  CHECK(update.remove.empty());
}

TEST_CASE("what the source says anew comes in, and an edit made since stays") {
  const Folder base = draft_of(before);
  Folder edited = base;
  edit(edited, "levels/engineer.md", "shift: Not in the source", "shift: Working alone");
  edit(edited, "levels/engineer.md", "Reads logs first.", "Reads the logs before touching anything.");
  const Folder fresh =
      draft_of("Some words at the top.\n\n" + replace_all(before, "- Reads logs first.\n", "- Reads logs first.\n- Tells others what was found.\n"));
  const DraftUpdate update = update_draft(base, edited, fresh);
  const std::string page = text_of(update, edited, "levels/engineer.md");
  CHECK(page.find("shift: Working alone") != std::string::npos);
  CHECK(page.find("Reads the logs before touching anything.") != std::string::npos);
  CHECK(page.find("Tells others what was found.") != std::string::npos);
  CHECK(page.find("from: ladder.md:8 -->\nReads the logs before") != std::string::npos);
}

TEST_CASE("where both changed the same line, the edit stands and the source's words are said") {
  const Folder base = draft_of(before);
  Folder edited = base;
  edit(edited, "levels/engineer.md", "Mends faults alone.", "Mends most faults alone.");
  const Folder fresh = draft_of(replace_all(before, "Mends faults alone.", "Mends faults alone by Friday."));
  const DraftUpdate update = update_draft(base, edited, fresh);
  CHECK(text_of(update, edited, "levels/engineer.md").find("Mends most faults alone.") != std::string::npos);
  bool said = false;
  for (const DraftUpdate::Change& change : update.changes)
    said =
        said || (change.kind == DraftUpdate::Change::Kind::conflict && change.source_says.find("by Friday") != std::string::npos && change.line > 0);
  CHECK(said);
}

TEST_CASE("a level that is gone from the source goes, unless it was edited") {
  const Folder base = draft_of(before);
  const Folder fresh = draft_of("# Ladder\n\n## Engineer\n\n- Mends faults alone.\n- Reads logs first.\n");
  CHECK(join(update_draft(base, base, fresh).remove, ",") == "levels/senior-engineer.md");
  Folder edited = base;
  edit(edited, "levels/senior-engineer.md", "Plans a quarter.", "Plans a year.");
  CHECK(update_draft(base, edited, fresh).remove.empty());
}

TEST_CASE("what somebody else put into the folder is left alone") {
  const Folder base = draft_of(before);
  Folder edited = base;
  edited.files.push_back({"archetypes/data.md", "mine"});
  for (const std::string& path : update_draft(base, edited, draft_of(before + "- And more.\n")).remove) CHECK(path != "archetypes/data.md");
}

TEST_CASE("a page that somebody deleted stays deleted when the source changes it, and the report says so") {
  const Folder base = draft_of(before);
  Folder edited = base;
  std::erase_if(edited.files, [](const FolderFile& file) { return file.path == "levels/senior-engineer.md"; });
  const Folder fresh = draft_of(replace_all(before, "- Plans a quarter.", "- Plans a quarter.\n- Plans with other teams."));
  const DraftUpdate update = update_draft(base, edited, fresh);
  for (const FolderFile& file : update.write) CHECK(file.path != "levels/senior-engineer.md");
  CHECK(text_of(update, edited, "import-report.md").find("levels/senior-engineer.md: changed in the source, but you deleted it") !=
        std::string::npos);
}

namespace {

/// Ids of the criteria of a page, in order.
std::string ids_of(const Folder& draft, const std::string& path) {
  std::string ids;
  const std::string& page = draft.find(path)->bytes;
  for (std::size_t at = 0; (at = page.find("\n### ", at)) != std::string::npos; ++at) {
    const std::size_t open = page.find("{#", at);
    ids += (ids.empty() ? "" : " ") + page.substr(open + 2, page.find('}', open) - open - 2);
  }
  return ids;
}

const std::string two_groups =
    "# Ladder\n\n## Engineer\n\n### Craft\n\n- Mends faults in the service alone and writes down the cause.\n- Reads logs first.\n- Writes tests for "
    "new "
    "code.\n\n### Team\n\n- Asks for help early.\n- Answers questions of the support team.\n\n## Senior Engineer\n\n### Craft\n\n- Plans a "
    "quarter.\n\n### "
    "Team\n\n- Teaches.\n";

std::string ids_after(const std::string& from, const std::string& to) {
  const Folder base = draft_of(two_groups);
  REQUIRE(two_groups.find(from) != std::string::npos);
  return ids_of(keep_ids(base, draft_of(replace_all(two_groups, from, to))), "levels/engineer.md");
}

}  // namespace

TEST_CASE("a criterion in other words keeps its id, wherever a new one comes in") {
  const std::string ids = ids_of(draft_of(two_groups), "levels/engineer.md");
  CHECK(ids ==
        "mends-faults-in-the-service-alone reads-logs-first writes-tests-for-new-code asks-for-help-early answers-questions-of-the-support-team");
  CHECK(ids_after("Mends faults in the service alone", "Finds and mends most faults in the service alone") == ids);
  CHECK(ids_after("Writes tests for new code.", "Always writes the tests for new and old code.") == ids);
  CHECK(ids_after("- Reads logs first.\n", "- Tells others what was found.\n- Reads logs first.\n") ==
        "mends-faults-in-the-service-alone tells-others-what-was-found reads-logs-first writes-tests-for-new-code asks-for-help-early "
        "answers-questions-of-the-support-team");
  CHECK(ids_after("- Reads logs first.\n- Writes tests for new code.\n", "- Writes tests for new code.\n- Reads logs first.\n") ==
        "mends-faults-in-the-service-alone writes-tests-for-new-code reads-logs-first asks-for-help-early answers-questions-of-the-support-team");
}

TEST_CASE("a different criterion gets no id of another, however it begins and wherever it stands") {
  CHECK(ids_after("Writes tests for new code.", "Writes runbooks for new services.").find("writes-tests-for-new-code") == std::string::npos);
  CHECK(ids_after("Reads logs first.", "Keeps the build under a minute.").find("reads-logs-first") == std::string::npos);
  // The same name, and so the id that the import alone would give.
  const Folder base = draft_of("# Ladder\n\n## Engineer\n\n- **Calm**: stays quiet in an incident.\n\n## Senior Engineer\n\n- Plans.\n");
  const Folder fresh = draft_of("# Ladder\n\n## Engineer\n\n- **Calm**: gives newcomers a room to work in.\n\n## Senior Engineer\n\n- Plans.\n");
  CHECK(ids_of(base, "levels/engineer.md") == "calm");
  CHECK(ids_of(keep_ids(base, fresh), "levels/engineer.md") == "calm-b");
}

TEST_CASE("links to a criterion follow its id") {
  const Folder base = draft_of(two_groups);
  const Folder fresh = keep_ids(base, draft_of(replace_all(two_groups, "Mends faults in the service", "Finds and mends most faults in the service")));
  CHECK(fresh.find("capabilities/craft.md")->bytes.find("../levels/engineer.md#mends-faults-in-the-service-alone)") != std::string::npos);
}
