#include "importer/update.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
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
