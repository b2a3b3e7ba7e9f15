/// For tests: a store with the tables of this room, an owner, and the small pathway with edits.
#pragma once

#include "access/store_test.hpp"
#include "base/text.hpp"
#include "db/search.hpp"
#include "release/publishing.hpp"
#include "release/schema.hpp"

namespace waymark::release::testing {

inline db::Schema whole_schema() { return {access::migrations(), {{2, "db", "full-text search", db::search_steps()}}, migrations()}; }

template <class On>
struct Office {
  On on;
  FakeClock clock{"2026-11-24T09:00:00Z"};
  std::unique_ptr<db::Database> database = on.open();
  access::Accounts accounts{*database, (ready(), clock), {.passwords = {}, .cost = access::HashCost::least()}};
  Versions versions{*database};
  Publishing publishing{*database, versions, clock};
  access::AccountId ada = owner("Ada", "ada@example.org");

  void ready() { REQUIRE(db::make_ready(*database, whole_schema(), clock, "test")); }

  access::AccountId owner(const std::string& name, const std::string& email) {
    const auto id = accounts.create({.name = name, .email = email}, access::Doing::at_the_machine()).value();
    REQUIRE(accounts.grant_role(id, {access::Role::pathway_owner}, date_of(clock.now()), {}, "owns it", access::Doing::at_the_machine()));
    return id;
  }
  Publisher as(const access::AccountId& id) { return {access::Doing::of(id), access::actor_of(accounts.roles_today(id))}; }
  Published published(Proposal proposal) {
    auto done = publishing.publish(proposal, as(ada));
    if (!done) {
      for (const Obstacle& each : done.error().obstacles) MESSAGE(each.message);
      FAIL(done.error().error.message);
    }
    return *std::move(done);
  }
  /// The first sentence of what refused it, or nothing.
  std::string refused(const Proposal& proposal) {
    const auto done = publishing.publish(proposal, as(ada));
    return done ? std::string() : done.error().error.message;
  }
};

inline Folder good() { return read_folder(WAYMARK_SOURCE_DIR "/tests/fixtures/pathways/good", pathway::document_extensions()).value(); }

/// `from` must be there.
inline Folder edited(Folder folder, std::string_view path, std::string_view from, std::string_view to) {
  for (FolderFile& file : folder.files) {
    if (file.path != path) continue;
    REQUIRE(file.bytes.find(from) != std::string::npos);
    file.bytes = replace_all(file.bytes, from, to);
    return folder;
  }
  FAIL("no such file");
  return folder;
}
inline Folder labelled(Folder folder, const std::string& label) {
  return edited(std::move(folder), "pathway.yaml", "version: \"1\"", "version: \"" + label + "\"");
}
inline Folder reworded(Folder folder) {
  return edited(std::move(folder), "levels/SSE.md", "The trace is a document.", "The trace is the document and what became of each objection.");
}
inline Folder retire(Folder folder, const std::string& entry) {
  return edited(std::move(folder), "pathway.yaml", "retired:\n", "retired:\n  - " + entry + "\n");
}

}  // namespace waymark::release::testing
