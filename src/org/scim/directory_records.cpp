#include "org/scim/directory_records.hpp"

#include <unordered_map>

namespace waymark::org::scim {
namespace {

Directory directory_of(DirectoryId id, std::string name, bool keeps_groups, std::string prefix, Instant created, std::optional<Instant> used,
                       std::optional<Instant> withdrawn) {
  return {std::move(id), std::move(name), keeps_groups ? GroupsAre::teams : GroupsAre::nothing, std::move(prefix), created, used, withdrawn};
}

}  // namespace

void insert_directory(db::Writer& writer, const Directory& directory, std::string_view hash) {
  writer.run(
      "INSERT INTO org_directory (id, name, keeps_groups, token_hash, token_prefix, created_at) VALUES (:id, :name, :groups, :hash, :prefix, :now)",
      {{"id", directory.id},
       {"name", directory.name},
       {"groups", directory.groups == GroupsAre::teams},
       {"hash", hash},
       {"prefix", directory.token_prefix},
       {"now", directory.created_at}});
}

std::optional<Directory> find_directory(db::Reader& reader, const DirectoryId& id) {
  return reader.row("SELECT id, name, keeps_groups, token_prefix, created_at, last_used_at, withdrawn_at FROM org_directory WHERE id = :id", {{"id", id}},
                    directory_of);
}

std::optional<Directory> find_directory_by_hash(db::Reader& reader, std::string_view hash) {
  return reader.row("SELECT id, name, keeps_groups, token_prefix, created_at, last_used_at, withdrawn_at FROM org_directory WHERE token_hash = :hash",
                    {{"hash", hash}}, directory_of);
}

std::vector<Directory> connected_directories(db::Reader& reader) {
  return reader.rows("SELECT id, name, keeps_groups, token_prefix, created_at, last_used_at, withdrawn_at FROM org_directory "
                     "WHERE withdrawn_at IS NULL ORDER BY name, id",
                     {}, directory_of);
}

void write_token(db::Writer& writer, const DirectoryId& id, std::string_view hash, std::string_view prefix) {
  writer.run("UPDATE org_directory SET token_hash = :hash, token_prefix = :prefix, last_used_at = NULL WHERE id = :id",
             {{"id", id}, {"hash", hash}, {"prefix", prefix}});
}

void write_groups(db::Writer& writer, const DirectoryId& id, GroupsAre groups) {
  writer.run("UPDATE org_directory SET keeps_groups = :groups WHERE id = :id", {{"id", id}, {"groups", groups == GroupsAre::teams}});
}

void write_withdrawn(db::Writer& writer, const DirectoryId& id, Instant now) {
  writer.run("UPDATE org_directory SET withdrawn_at = :now, token_hash = NULL WHERE id = :id", {{"id", id}, {"now", now}});
}

void write_used(db::Writer& writer, const DirectoryId& id, Instant now) {
  writer.run("UPDATE org_directory SET last_used_at = :now WHERE id = :id", {{"id", id}, {"now", now}});
}

std::vector<Recorded> recorded(db::Reader& reader, bool teams, const std::vector<std::uint32_t>& indices) {
  std::vector<std::int64_t> numbers(indices.begin(), indices.end());
  for (std::int64_t& number : numbers) ++number;
  std::unordered_map<std::int64_t, Recorded> found;
  const auto take = [&](std::int64_t number, Instant last, std::optional<Instant> first) { found[number] = {first.value_or(last), last}; };
  // The first of the records about somebody: the newest one that changed them stands with them.
  if (teams) {
    reader.for_each("SELECT t.number, r.at, (SELECT MIN(x.at) FROM org_fact f JOIN org_revision x ON x.number = f.recorded "
                    "WHERE f.about = 'team' AND f.subject = t.number) FROM org_team t JOIN org_revision r ON r.number = t.changed "
                    "WHERE t.number IN {integers :numbers}",
                    {{"numbers", numbers}}, take);
  } else {
    reader.for_each("SELECT p.number, r.at, (SELECT MIN(x.at) FROM org_fact f JOIN org_revision x ON x.number = f.recorded "
                    "WHERE f.about = 'person' AND f.subject = p.number) FROM org_person p JOIN org_revision r ON r.number = p.changed "
                    "WHERE p.number IN {integers :numbers}",
                    {{"numbers", numbers}}, take);
  }
  std::vector<Recorded> ordered;
  for (const std::int64_t number : numbers) ordered.push_back(found[number]);
  return ordered;
}

}  // namespace waymark::org::scim
