#include "web/schema.hpp"

namespace waymark::web {

std::vector<db::Migration> migrations() {
  return {
      {.number = 5,
       .room = "web",
       .name = "uploads that are looked at",
       .steps =
           {
               // For an hour each. The files of an upload are sealed, in parts of bounded size; key is of what is in it.
               R"(CREATE TABLE upload (
                    holder {text} NOT NULL REFERENCES account (id),
                    key {text} NOT NULL,
                    name {text} NOT NULL,
                    at {instant} NOT NULL,
                    size {integer} NOT NULL,
                    PRIMARY KEY (holder, key)
                  ) {strict})",
               "CREATE INDEX upload_at ON upload (at)",
               R"(CREATE TABLE upload_part (
                    holder {text} NOT NULL,
                    key {text} NOT NULL,
                    file {integer} NOT NULL,
                    part {integer} NOT NULL,
                    sealed {bytes} NOT NULL,
                    PRIMARY KEY (holder, key, file, part),
                    FOREIGN KEY (holder, key) REFERENCES upload (holder, key) ON DELETE CASCADE
                  ) {strict})",
           }},
  };
}

}  // namespace waymark::web
