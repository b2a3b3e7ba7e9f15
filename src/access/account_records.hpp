/// Accounts and roles in the store.
#pragma once

#include "access/account.hpp"

namespace waymark::access {

/// What is needed to sign somebody in with a password.
struct SignInRecord {
  AccountId account;
  std::string name;
  std::optional<std::string> email;
  std::optional<std::string> password_hash;
  bool has_second_factor = false;
  bool is_locked = false;
};

/// The form of an address that is compared; none for a text without an @ between other characters.
[[nodiscard]] std::optional<std::string> email_key(std::string_view email);

void insert_account(db::Writer& writer, const AccountId& id, const NewAccount& account, Instant now);
void update_details(db::Writer& writer, const AccountId& id, const NewAccount& details);
[[nodiscard]] std::optional<Account> find_account(db::Reader& reader, const AccountId& id);
[[nodiscard]] std::optional<AccountId> find_by_email_key(db::Reader& reader, std::string_view key);
[[nodiscard]] std::optional<AccountId> find_by_external_id(db::Reader& reader, std::string_view external_id);
[[nodiscard]] std::optional<AccountId> find_by_person(db::Reader& reader, std::string_view person);
[[nodiscard]] std::optional<AccountId> find_by_subject(db::Reader& reader, std::string_view issuer, std::string_view subject);
[[nodiscard]] std::optional<SignInRecord> find_for_sign_in(db::Reader& reader, std::string_view email_key);
[[nodiscard]] std::optional<SignInRecord> find_for_sign_in(db::Reader& reader, const AccountId& id);
/// By name, then id, behind both.
[[nodiscard]] std::vector<Account> list_accounts(db::Reader& reader, std::string_view after_name, std::string_view after_id, int limit);
void write_locked(db::Writer& writer, const AccountId& id, std::optional<Instant> at);
void write_identity(db::Writer& writer, const AccountId& id, const std::optional<std::string>& issuer, const std::optional<std::string>& subject);

void write_password(db::Writer& writer, const AccountId& id, const std::optional<std::string>& hash);
[[nodiscard]] std::vector<std::string> old_passwords(db::Reader& reader, const AccountId& id, std::size_t most);
void remember_password(db::Writer& writer, const AccountId& id, std::string_view hash, Instant now, std::size_t most);

void insert_role(db::Writer& writer, const AccountId& id, const RoleAssignment& role);
void write_role_end(db::Writer& writer, const RoleId& role, Date to);
void delete_role(db::Writer& writer, const RoleId& role);
[[nodiscard]] std::vector<RoleAssignment> roles_of(db::Reader& reader, const AccountId& id);
/// Accounts that can administer everything on the day: not locked, not erased, with a password or an identity.
[[nodiscard]] std::vector<AccountId> administrators(db::Reader& reader, Date day);

/// Takes out everything that says who it was and lets nobody in; the bare record stays, so that others can point to it.
void erase_account(db::Writer& writer, const AccountId& id, Instant now);

}  // namespace waymark::access
