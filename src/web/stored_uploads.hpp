/// Uploads of an installation: in the store, so that every node has them; sealed, for whoever uploaded them alone, and gone after an hour.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "access/account_id.hpp"
#include "access/current_keys.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/folder.hpp"
#include "db/database.hpp"
#include "web/uploads.hpp"

namespace waymark::web {

/// Safe from any thread. Everything may throw db::DatabaseError.
class StoredUploads {
 public:
  /// The limits are for each holder. All but `limits` must outlive it.
  StoredUploads(db::Database& database, const Clock& clock, const access::CurrentKeys& keys, UploadLimits limits = {})
      : m_database(database), m_clock(clock), m_keys(keys), m_limits(limits) {}

  /// The key under which the holder finds it, without its findings; the same folder has the same key. The holder's oldest make room. bad_input for a folder that is larger
  /// than all of a holder's uploads may be together.
  [[nodiscard]] Result<std::string> keep(const access::AccountId& holder, const Folder& folder);
  /// nullptr where it is not, not any more, somebody else's, or sealed with a key that is gone.
  [[nodiscard]] std::shared_ptr<const Folder> find(const access::AccountId& holder, std::string_view key) const;
  /// Those that are too old, of everybody. Gives how many.
  std::int64_t forget_ended();

 private:
  [[nodiscard]] Instant oldest() const;

  db::Database& m_database;
  const Clock& m_clock;
  const access::CurrentKeys& m_keys;
  UploadLimits m_limits;
};

}  // namespace waymark::web
