/// The account of somebody whom a directory brings: opened, kept right and locked in the transaction in which the person is.
#pragma once

#include <optional>
#include <string>

#include "access/account.hpp"

namespace waymark::access {

struct ProvisionedAccount {
  std::string person;  ///< the record of the org room
  std::string name;
  std::optional<std::string> email = {};
  std::optional<std::string> external_id = {};
  bool was_active = false;  ///< before this change
  bool is_active = false;
  bool loses_email = false;  ///< the address is somebody else's from now on
};

/// The person's account is theirs; else the one with this externalId, else with this address, unless it belongs to another person. It gets the details; an externalId
/// or address that is absent leaves the account's as it is. Somebody active without one gets one, with no password: they sign in by OpenID, or an administrator invites them.
/// Who stops being active is locked and signed out; who becomes active again is unlocked. A lock that an administrator set meanwhile is not touched by anything else.
/// Every step is in the audit, done by the system because of `why`. Fails as Accounts does; the only administrator is not locked (conflict).
[[nodiscard]] Result<void> provision_account(db::Writer& writer, const ProvisionedAccount& wanted, const std::string& why, Instant now);

}  // namespace waymark::access
