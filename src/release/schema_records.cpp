#include "release/schema.hpp"

namespace waymark::release {

std::vector<db::Migration> migrations() {
  return {
      {.number = 3,
       .room = "release",
       .name = "versions of the pathway",
       .steps =
           {
               // Published versions never change but for a withdrawal. author is no reference: accounts that are erased stay as bare records, and
               // author_name is only for somebody at the machine who has no account.
               R"(CREATE TABLE pathway_version (
                    pathway {text} NOT NULL,
                    number {integer} NOT NULL,
                    hash {text} NOT NULL,
                    label {text} NOT NULL,
                    name {text} NOT NULL,
                    predecessor {integer},
                    author {text} REFERENCES account (id),
                    author_name {text} NOT NULL,
                    note {text} NOT NULL,
                    effective {date} NOT NULL,
                    published_at {instant} NOT NULL,
                    despite {text} NOT NULL,
                    because {text} NOT NULL,
                    withdrawn_at {instant},
                    withdrawn_why {text} NOT NULL,
                    PRIMARY KEY (pathway, number),
                    UNIQUE (pathway, hash)
                  ) {strict})",
               "CREATE INDEX pathway_version_effective ON pathway_version (pathway, effective, number)",
               "CREATE INDEX pathway_version_author ON pathway_version (author)",
               // Each text once, by the SHA-256 of its bytes, so that a version costs what it changed.
               R"(CREATE TABLE pathway_document (
                    hash {text} NOT NULL PRIMARY KEY,
                    text {text} NOT NULL
                  ) {strict})",
               R"(CREATE TABLE pathway_version_document (
                    pathway {text} NOT NULL,
                    number {integer} NOT NULL,
                    path {text} NOT NULL,
                    document {text} NOT NULL REFERENCES pathway_document (hash),
                    PRIMARY KEY (pathway, number, path),
                    FOREIGN KEY (pathway, number) REFERENCES pathway_version (pathway, number)
                  ) {strict})",
               // The difference as it was shown; words are a JSON array of pairs.
               R"(CREATE TABLE pathway_change (
                    pathway {text} NOT NULL,
                    number {integer} NOT NULL,
                    position {integer} NOT NULL,
                    kind {text} NOT NULL,
                    subject {text} NOT NULL,
                    moved_from {text} NOT NULL,
                    summary {text} NOT NULL,
                    words {text} NOT NULL,
                    same_meaning {boolean} NOT NULL,
                    PRIMARY KEY (pathway, number, position),
                    FOREIGN KEY (pathway, number) REFERENCES pathway_version (pathway, number)
                  ) {strict})",
               // What became of every citation: one record whenever a version gave it other words, another id or none.
               R"(CREATE TABLE pathway_citation (
                    pathway {text} NOT NULL,
                    citation {text} NOT NULL,
                    number {integer} NOT NULL,
                    event {text} NOT NULL,
                    words {text} NOT NULL,
                    other {text} NOT NULL,
                    because {text} NOT NULL,
                    PRIMARY KEY (pathway, citation, number),
                    FOREIGN KEY (pathway, number) REFERENCES pathway_version (pathway, number)
                  ) {strict})",
               "CREATE INDEX pathway_citation_number ON pathway_citation (pathway, number)",
           }},
  };
}

}  // namespace waymark::release
