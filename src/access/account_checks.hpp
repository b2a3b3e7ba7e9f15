/// Inside the room only: what must hold of an account whoever changes it.
#pragma once

#include "access/account.hpp"

namespace waymark::access {

/// Trimmed, with empty texts taken out, or what is wrong.
[[nodiscard]] Result<NewAccount> tidy(NewAccount account);
/// Fails with conflict where another account than `own` has the address, the id or the person already.
[[nodiscard]] Result<void> require_free(db::Reader& reader, const NewAccount& account, const std::optional<AccountId>& own);
/// True when `id` is the only account left that can administer everything.
[[nodiscard]] bool is_last_administrator(db::Reader& reader, const AccountId& id, Date today);
[[nodiscard]] tl::unexpected<Error> last_administrator();

}  // namespace waymark::access
