#include "cli/accounts.hpp"

#include <pwd.h>
#include <unistd.h>

#include <fmt/core.h>

namespace waymark::cli {

Result<access::Account> account_by_email(access::Accounts& accounts, const std::string& email) {
  if (auto found = accounts.find_by_email(email)) return *std::move(found);
  return fail(Error::Kind::not_found, fmt::format("There is no account with the address {}.", email),
              "Check how it is spelled; an administrator sees all accounts on the site.");
}

std::string operator_name() {
  const passwd* const entry = ::getpwuid(::getuid());
  if (entry == nullptr) return "somebody";
  const std::string full(entry->pw_gecos == nullptr ? "" : entry->pw_gecos);
  const std::string name = full.substr(0, full.find(','));
  return name.empty() ? std::string(entry->pw_name) : name;
}

}  // namespace waymark::cli
