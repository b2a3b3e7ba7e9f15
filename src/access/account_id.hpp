/// An account, as it is named in addresses and in the store.
#pragma once

#include "base/public_id.hpp"

namespace waymark::access {

using AccountId = PublicId<struct AccountTag>;

/// On whose behalf something is done.
struct Doing {
  enum class By {
    account,       ///< somebody who is signed in
    command_line,  ///< somebody at the machine
    system,        ///< the program itself
  };
  By by = By::system;
  std::optional<AccountId> account = {};  ///< of `account`

  [[nodiscard]] static Doing of(AccountId id) { return {By::account, std::move(id)}; }
  [[nodiscard]] static Doing at_the_machine() { return {By::command_line, std::nullopt}; }
};

}  // namespace waymark::access
