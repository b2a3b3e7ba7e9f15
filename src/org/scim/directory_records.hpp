/// Inside the folder only: directories in the store, and when people and teams were recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/database.hpp"
#include "org/scim/directory.hpp"

namespace waymark::org::scim {

void insert_directory(db::Writer& writer, const Directory& directory, std::string_view hash);
[[nodiscard]] std::optional<Directory> find_directory(db::Reader& reader, const DirectoryId& id);
[[nodiscard]] std::optional<Directory> find_directory_by_hash(db::Reader& reader, std::string_view hash);
[[nodiscard]] std::vector<Directory> connected_directories(db::Reader& reader);
void write_token(db::Writer& writer, const DirectoryId& id, std::string_view hash, std::string_view prefix);
void write_groups(db::Writer& writer, const DirectoryId& id, GroupsAre groups);
void write_withdrawn(db::Writer& writer, const DirectoryId& id, Instant now);
void write_used(db::Writer& writer, const DirectoryId& id, Instant now);

struct Recorded {
  Instant first{}, last{};
};
/// In the order of `indices`, which are of people or of teams.
[[nodiscard]] std::vector<Recorded> recorded(db::Reader& reader, bool teams, const std::vector<std::uint32_t>& indices);

}  // namespace waymark::org::scim
