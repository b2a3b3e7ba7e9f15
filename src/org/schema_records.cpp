#include "org/schema.hpp"

namespace waymark::org {

std::vector<db::Migration> migrations() {
  return {
      {.number = 4,
       .room = "org",
       .name = "people, teams and their history",
       .steps =
           {
               // Revisions take turns, so that every node can follow what is new. author is none for what was done at the machine or by a directory.
               R"(CREATE TABLE org_revision (
                    number {integer} NOT NULL PRIMARY KEY,
                    at {instant} NOT NULL,
                    source {text} NOT NULL,
                    why {text} NOT NULL,
                    author {text} REFERENCES account (id)
                  ) {strict})",
               // number counts the people from 1 in the order of arrival; changed is the newest revision that has anything about them.
               R"(CREATE TABLE org_person (
                    number {integer} NOT NULL PRIMARY KEY,
                    id {text} NOT NULL UNIQUE,
                    name {text} NOT NULL,
                    email {text},
                    email_key {text} UNIQUE,
                    employee_number {text} UNIQUE,
                    changed {integer} NOT NULL,
                    erased_at {instant}
                  ) {strict})",
               "CREATE INDEX org_person_changed ON org_person (changed)",
               R"(CREATE TABLE org_team (
                    number {integer} NOT NULL PRIMARY KEY,
                    id {text} NOT NULL UNIQUE,
                    changed {integer} NOT NULL
                  ) {strict})",
               "CREATE INDEX org_team_changed ON org_team (changed)",
               // Keys of other systems: about is person or team, subject its number.
               R"(CREATE TABLE org_reference (
                    about {text} NOT NULL,
                    source {text} NOT NULL,
                    id {text} NOT NULL,
                    subject {integer} NOT NULL,
                    PRIMARY KEY (about, source, id)
                  ) {strict})",
               "CREATE INDEX org_reference_subject ON org_reference (about, subject)",
               // Change points. other is the number of a person or team, or 0 for what holds no value; word and other are both null where the series
               // ends. Rows are never changed but for replaced: the revision since which they are not believed any more.
               {R"(CREATE TABLE org_fact (
                    about TEXT NOT NULL,
                    subject INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    slot INTEGER NOT NULL,
                    from_day TEXT NOT NULL,
                    recorded INTEGER NOT NULL,
                    word TEXT,
                    other INTEGER,
                    replaced INTEGER,
                    PRIMARY KEY (about, subject, kind, slot, from_day, recorded)
                  ) STRICT, WITHOUT ROWID)",
                R"(CREATE TABLE org_fact (
                    about TEXT COLLATE "C" NOT NULL,
                    subject BIGINT NOT NULL,
                    kind TEXT COLLATE "C" NOT NULL,
                    slot BIGINT NOT NULL,
                    from_day DATE NOT NULL,
                    recorded BIGINT NOT NULL,
                    word TEXT COLLATE "C",
                    other BIGINT,
                    replaced BIGINT,
                    PRIMARY KEY (about, subject, kind, slot, from_day, recorded)
                  ))"},
               // What people declare of themselves, apart from the rest: questions with their options a line each, and one sealed record a person.
               R"(CREATE TABLE org_attribute (
                    id {text} NOT NULL PRIMARY KEY,
                    question {text} NOT NULL,
                    purpose {text} NOT NULL,
                    options {text} NOT NULL,
                    added_at {instant} NOT NULL
                  ) {strict})",
               R"(CREATE TABLE org_declaration (
                    person {integer} NOT NULL PRIMARY KEY REFERENCES org_person (number),
                    sealed {bytes} NOT NULL
                  ) {strict})",
           }},
      {.number = 6,
       .room = "org",
       .name = "directories that bring people",
       .steps =
           {
               "ALTER TABLE org_person ADD COLUMN given_name {text}",
               "ALTER TABLE org_person ADD COLUMN family_name {text}",
               // A directory outlives whoever connected it. Its token is known by its hash alone; without one, nothing comes in.
               R"(CREATE TABLE org_directory (
                    id {text} NOT NULL PRIMARY KEY,
                    name {text} NOT NULL,
                    keeps_groups {boolean} NOT NULL,
                    token_hash {text} UNIQUE,
                    token_prefix {text} NOT NULL,
                    created_at {instant} NOT NULL,
                    last_used_at {instant},
                    withdrawn_at {instant}
                  ) {strict})",
           }},
  };
}

}  // namespace waymark::org
