/// Accounts, as commands name them.
#pragma once

#include <string>

#include "access/account.hpp"
#include "base/error.hpp"

namespace waymark::cli {

/// Fails with not_found.
[[nodiscard]] Result<access::Account> account_by_email(access::Accounts& accounts, const std::string& email);

/// Who is at the machine, as the operating system knows them; "somebody" when it does not.
[[nodiscard]] std::string operator_name();

}  // namespace waymark::cli
