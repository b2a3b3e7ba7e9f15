/// Directories (Entra ID, Okta and their like) that bring people: each with a token of its own, which belongs to the installation and not to whoever connected it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "access/secret.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/public_id.hpp"
#include "db/database.hpp"

namespace waymark::org::scim {

using DirectoryId = PublicId<struct DirectoryTag>;

/// What its groups become.
enum class GroupsAre {
  teams,
  nothing,  ///< it offers no groups
};

struct Directory {
  DirectoryId id;
  std::string name;
  GroupsAre groups = GroupsAre::teams;
  std::string token_prefix = {};  ///< "waymark_scim_7f3k": what its token begins with
  Instant created_at{};
  std::optional<Instant> last_used_at = {};
  std::optional<Instant> withdrawn_at = {};
};

/// Who asks, and which others there are.
struct Caller {
  Directory directory;
  std::vector<std::string> others;  ///< ids of the other directories that are connected
};

/// Safe from any thread; all may throw db::DatabaseError.
class Directories {
 public:
  static constexpr std::string_view token_beginning = "waymark_scim_";

  /// `database` and `clock` must outlive it.
  Directories(db::Database& database, const Clock& clock);

  struct Connected {
    DirectoryId id;
    access::Secret token;  ///< the only moment at which it is seen
  };
  /// bad_input without a name, conflict where another that is connected has it.
  [[nodiscard]] Result<Connected> connect(std::string_view name, GroupsAre groups, const access::Doing& by);
  /// The one before stops working. not_found for one that is not connected.
  [[nodiscard]] Result<access::Secret> renew_token(const DirectoryId& id, const access::Doing& by);
  [[nodiscard]] Result<void> change_groups(const DirectoryId& id, GroupsAre groups, const access::Doing& by);
  /// Whom it brought stays, and is free for another directory.
  [[nodiscard]] Result<void> withdraw(const DirectoryId& id, const access::Doing& by);

  [[nodiscard]] std::vector<Directory> list();  ///< those that are connected, by name
  [[nodiscard]] std::optional<Directory> find(const DirectoryId& id);
  /// By its token; the use is noted once a minute.
  [[nodiscard]] std::optional<Caller> caller(std::string_view token);

 private:
  db::Database& m_database;
  const Clock& m_clock;
};

}  // namespace waymark::org::scim
