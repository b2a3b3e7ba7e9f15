#include "access/account_checks.hpp"

#include <fmt/core.h>

#include "access/account_records.hpp"
#include "base/text.hpp"

namespace waymark::access {
namespace {

constexpr std::size_t longest_name = 200;

}  // namespace

Result<NewAccount> tidy(NewAccount account) {
  account.name = collapse_white_space(account.name);
  if (account.name.empty()) return fail(Error::Kind::bad_input, "An account needs a name.", "Write the name by which colleagues know the person.", "name");
  if (account.name.size() > longest_name || !is_valid_utf8(account.name)) {
    return fail(Error::Kind::bad_input, fmt::format("The name is longer than {} bytes, or not text.", longest_name), "Write a shorter one.", "name");
  }
  for (auto* text : {&account.email, &account.person, &account.external_id}) {
    if (!*text) continue;
    **text = std::string(trim(**text));
    if ((*text)->empty()) text->reset();
  }
  if (account.email && (!email_key(*account.email) || account.email->size() > 254 || account.email->find_first_of(" \t\r\n") != std::string::npos)) {
    return fail(Error::Kind::bad_input, fmt::format("`{}` is not an e-mail address.", *account.email), "Write it as name@example.org.", "email");
  }
  return account;
}

Result<void> require_free(db::Reader& reader, const NewAccount& account, const std::optional<AccountId>& own) {
  const auto taken = [&](const std::optional<AccountId>& holder) { return holder && (!own || *holder != *own); };
  if (account.email && taken(find_by_email_key(reader, *email_key(*account.email)))) {
    return fail(Error::Kind::conflict, fmt::format("There is an account with the address {} already.", *account.email),
                "Use that one, or another address.", "email");
  }
  if (account.external_id && taken(find_by_external_id(reader, *account.external_id))) {
    return fail(Error::Kind::conflict, "There is an account with this externalId already.", "Each externalId belongs to one account.", "external-id");
  }
  if (account.person && taken(find_by_person(reader, *account.person))) {
    return fail(Error::Kind::conflict, "This person has an account already.", "Use that one.", "person");
  }
  return {};
}

bool is_last_administrator(db::Reader& reader, const AccountId& id, Date today) {
  const auto all = administrators(reader, today);
  return all.size() == 1 && all.front() == id;
}

tl::unexpected<Error> last_administrator() {
  return fail(Error::Kind::conflict, "This is the only administrator.", "Make somebody else an administrator first.");
}

}  // namespace waymark::access
