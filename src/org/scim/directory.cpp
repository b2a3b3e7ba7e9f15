#include "org/scim/directory.hpp"

#include <algorithm>

#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "access/note.hpp"
#include "base/text.hpp"
#include "org/scim/directory_records.hpp"

namespace waymark::org::scim {
namespace {

constexpr auto noted_every = std::chrono::minutes{1};

access::Secret made_token() { return access::Secret(std::string(Directories::token_beginning) + std::string(access::new_token().reveal())); }
std::string prefix_of(const access::Secret& token) { return std::string(token.reveal().substr(0, Directories::token_beginning.size() + 4)); }

void audited(db::Writer& writer, const DirectoryId& id, const std::string& name, std::string action, access::AuditFacts facts, const access::Doing& by, Instant now) {
  access::append_audit(writer, {.doing = by, .action = std::move(action), .object = "directory:" + id.text(), .why = name, .facts = std::move(facts)}, now);
}

access::AuditFacts facts_of(GroupsAre groups) { return {{"groups", groups == GroupsAre::teams ? "teams" : "nothing"}}; }

Result<Directory> require_connected(db::Reader& reader, const DirectoryId& id) {
  auto directory = find_directory(reader, id);
  if (!directory || directory->withdrawn_at) return fail(Error::Kind::not_found, "There is no such directory.", "Look at the list again; somebody may have withdrawn it.");
  return std::move(*directory);
}

}  // namespace

Directories::Directories(db::Database& database, const Clock& clock) : m_database(database), m_clock(clock) {}

Result<Directories::Connected> Directories::connect(std::string_view typed, GroupsAre groups, const access::Doing& by) {
  const std::string name = collapse_white_space(typed);
  if (name.empty() || name.size() > 100 || !is_valid_utf8(name)) {
    return fail(Error::Kind::bad_input, "A directory needs a name of at most 100 bytes.", "It stands in the audit beside everything that the directory changes.", "name");
  }
  const access::Secret token = made_token();
  const Directory directory{.id = DirectoryId::make(), .name = name, .groups = groups, .token_prefix = prefix_of(token), .created_at = m_clock.now()};
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<Connected> {
    for (const Directory& other : connected_directories(writer)) {
      if (to_lower_ascii(other.name) == to_lower_ascii(name)) {
        return fail(Error::Kind::conflict, "A directory with this name is connected already.", "Make a new token for that one, or choose another name.", "name");
      }
    }
    insert_directory(writer, directory, access::hash_of_token(token.reveal()));
    audited(writer, directory.id, name, "directory_connected", facts_of(groups), by, directory.created_at);
    return Connected{directory.id, token};
  });
}

Result<access::Secret> Directories::renew_token(const DirectoryId& id, const access::Doing& by) {
  const access::Secret token = made_token();
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<access::Secret> {
    const auto directory = require_connected(writer, id);
    if (!directory) return tl::unexpected<Error>(directory.error());
    write_token(writer, id, access::hash_of_token(token.reveal()), prefix_of(token));
    audited(writer, id, directory->name, "directory_token_renewed", {}, by, m_clock.now());
    return token;
  });
}

Result<void> Directories::change_groups(const DirectoryId& id, GroupsAre groups, const access::Doing& by) {
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const auto directory = require_connected(writer, id);
    if (!directory) return tl::unexpected<Error>(directory.error());
    if (directory->groups == groups) return {};
    write_groups(writer, id, groups);
    audited(writer, id, directory->name, "directory_changed", facts_of(groups), by, m_clock.now());
    return {};
  });
}

Result<void> Directories::withdraw(const DirectoryId& id, const access::Doing& by) {
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const auto directory = require_connected(writer, id);
    if (!directory) return tl::unexpected<Error>(directory.error());
    write_withdrawn(writer, id, m_clock.now());
    audited(writer, id, directory->name, "directory_withdrawn", {}, by, m_clock.now());
    return {};
  });
}

std::vector<Directory> Directories::list() {
  return m_database.read_once([](db::Reader& reader) { return connected_directories(reader); });
}

std::optional<Directory> Directories::find(const DirectoryId& id) {
  return m_database.read_once([&](db::Reader& reader) { return find_directory(reader, id); });
}

std::optional<Caller> Directories::caller(std::string_view token) {
  if (!token.starts_with(token_beginning)) return std::nullopt;
  const std::string hash = access::hash_of_token(token);
  std::optional<Caller> caller;
  m_database.read([&](db::Reader& reader) {
    caller.reset();
    auto directory = find_directory_by_hash(reader, hash);
    if (!directory || directory->withdrawn_at) return;
    caller = Caller{std::move(*directory), {}};
    for (const Directory& other : connected_directories(reader)) {
      if (other.id != caller->directory.id) caller->others.push_back(other.id.text());
    }
  });
  if (!caller) return std::nullopt;
  const Instant now = m_clock.now();
  const auto& used = caller->directory.last_used_at;
  if (!used || now - *used >= noted_every) {
    access::note([&] { m_database.write([&](db::Writer& writer) { write_used(writer, caller->directory.id, now); }); });
  }
  return caller;
}

}  // namespace waymark::org::scim
