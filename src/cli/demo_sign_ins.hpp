/// How one signs in to a demo, as the terminal says it.
#pragma once

#include <string>

#include "access/account.hpp"

namespace waymark::cli {

/// Lines, one a kind of person; empty where the organisation is no demo. May throw db::DatabaseError.
[[nodiscard]] std::string sign_ins_in_words(access::Accounts& accounts, bool is_demo);

}  // namespace waymark::cli
