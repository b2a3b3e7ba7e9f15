/// SCIM 2.0 (RFC 7643, RFC 7644) for one directory: its requests in, answers out. Knows nothing of HTTP but its status codes and the two conditions.
///
/// A version is the hash of what a resource says: who works in a team is recorded of the people, so the newest revision of a team would not tell. A condition
/// is looked at in the moment of the change, against the organisation that is changed.
///
/// A person, their account and what the directory calls them are changed in one transaction or not at all; the audit says that the directory did it, by its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "db/database.hpp"
#include "org/registry.hpp"
#include "org/scim/directory.hpp"
#include "org/scim/refusal.hpp"

namespace waymark::org::scim {

enum class Which { users, groups };

struct Reply {
  int status = 200;
  std::string body = {};      ///< JSON; empty with 204 and 304
  std::string location = {};  ///< of the resource
  std::string version = {};   ///< as an ETag
};

/// The parameters of a request, as they came.
struct Asked {
  std::string filter = {}, attributes = {}, excluded_attributes = {}, sort_by = {}, sort_order = {}, start_index = {}, count = {};
};

/// The headers If-Match and If-None-Match; empty where there is none.
struct Conditions {
  std::string match = {}, none_match = {};
};

/// For one request; cheap to make. May throw db::DatabaseError.
class Service {
 public:
  /// All must outlive it. `address` is that of the service, "https://…/scim/v2".
  Service(Registry& registry, db::Database& database, const Clock& clock, const Caller& caller, std::string address);

  [[nodiscard]] Answer<Reply> list(Which which, const Asked& asked);
  /// A SearchRequest (section 3.4.3) is a list whose parameters stand in the body.
  [[nodiscard]] Answer<Reply> search(Which which, std::string_view body);
  [[nodiscard]] Answer<Reply> get(Which which, std::string_view id, const Asked& asked, const Conditions& conditions);
  [[nodiscard]] Answer<Reply> create(Which which, std::string_view body, const Asked& asked);
  [[nodiscard]] Answer<Reply> replace(Which which, std::string_view id, std::string_view body, const Asked& asked, const Conditions& conditions);
  [[nodiscard]] Answer<Reply> patch(Which which, std::string_view id, std::string_view body, const Asked& asked, const Conditions& conditions);
  [[nodiscard]] Answer<Reply> remove(Which which, std::string_view id, const Conditions& conditions);

 private:
  struct Change;
  [[nodiscard]] Answer<Reply> change(Which which, const Change& change, const Asked& asked);

  Registry& m_registry;
  db::Database& m_database;
  const Clock& m_clock;
  const Caller& m_caller;
  const std::string m_address;
};

}  // namespace waymark::org::scim
