#include "access/account_records.hpp"

namespace waymark::access {
namespace {

Account account_of(AccountId id, std::string name, std::optional<std::string> email, std::optional<std::string> person,
                   std::optional<std::string> external_id, std::optional<std::string> issuer, std::optional<std::string> subject, bool has_password,
                   bool has_second_factor, std::optional<Instant> locked_at, Instant created_at) {
  return {std::move(id), std::move(name),   std::move(email), std::move(person), std::move(external_id), std::move(issuer), std::move(subject),
          has_password,  has_second_factor, locked_at,        created_at};
}

SignInRecord sign_in_record(AccountId id, std::string name, std::optional<std::string> email, std::optional<std::string> hash, bool has_second_factor,
                            bool is_locked) {
  return {std::move(id), std::move(name), std::move(email), std::move(hash), has_second_factor, is_locked};
}

AccountId only_id(AccountId id) { return id; }

RoleAssignment role_assignment(RoleId id, const std::string& role, std::string part, std::string country, Date from, std::optional<Date> to) {
  const auto known = role_of(role);
  if (!known) throw db::Unreadable{"`" + role + "` is not a role"};
  return {std::move(id), {*known, {std::move(part), std::move(country)}}, from, to};
}

}  // namespace

std::optional<std::string> email_key(std::string_view email) {
  const std::size_t at = email.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == email.size()) return std::nullopt;
  return folded(email);
}

void insert_account(db::Writer& writer, const AccountId& id, const NewAccount& account, Instant now) {
  writer.run(
      "INSERT INTO account (id, name, email, email_key, person, external_id, totp_confirmed, created_at) "
      "VALUES (:id, :name, :email, :email_key, :person, :external_id, FALSE, :now)",
      {{"id", id},
       {"name", account.name},
       {"email", account.email},
       {"email_key", account.email ? email_key(*account.email) : std::nullopt},
       {"person", account.person},
       {"external_id", account.external_id},
       {"now", now}});
}

void update_details(db::Writer& writer, const AccountId& id, const NewAccount& details) {
  writer.run("UPDATE account SET name = :name, email = :email, email_key = :email_key, person = :person, external_id = :external_id WHERE id = :id",
             {{"id", id},
              {"name", details.name},
              {"email", details.email},
              {"email_key", details.email ? email_key(*details.email) : std::nullopt},
              {"person", details.person},
              {"external_id", details.external_id}});
}

std::optional<Account> find_account(db::Reader& reader, const AccountId& id) {
  return reader.row(
      "SELECT id, name, email, person, external_id, oidc_issuer, oidc_subject, password_hash IS NOT NULL, totp_confirmed, locked_at, created_at "
      "FROM account WHERE id = :id AND erased_at IS NULL",
      {{"id", id}}, account_of);
}

std::optional<AccountId> find_by_email_key(db::Reader& reader, std::string_view key) {
  return reader.row("SELECT id FROM account WHERE email_key = :key", {{"key", key}}, only_id);
}

std::optional<AccountId> find_by_external_id(db::Reader& reader, std::string_view external_id) {
  return reader.row("SELECT id FROM account WHERE external_id = :external_id", {{"external_id", external_id}}, only_id);
}

std::optional<AccountId> find_by_person(db::Reader& reader, std::string_view person) {
  return reader.row("SELECT id FROM account WHERE person = :person", {{"person", person}}, only_id);
}

std::optional<AccountId> find_by_subject(db::Reader& reader, std::string_view issuer, std::string_view subject) {
  return reader.row("SELECT id FROM account WHERE oidc_issuer = :issuer AND oidc_subject = :subject", {{"issuer", issuer}, {"subject", subject}},
                    only_id);
}

std::optional<SignInRecord> find_for_sign_in(db::Reader& reader, std::string_view key) {
  return reader.row("SELECT id, name, email, password_hash, totp_confirmed, locked_at IS NOT NULL FROM account WHERE email_key = :key",
                    {{"key", key}}, sign_in_record);
}

std::optional<SignInRecord> find_for_sign_in(db::Reader& reader, const AccountId& id) {
  return reader.row("SELECT id, name, email, password_hash, totp_confirmed, locked_at IS NOT NULL FROM account WHERE id = :id AND erased_at IS NULL",
                    {{"id", id}}, sign_in_record);
}

std::vector<Account> list_accounts(db::Reader& reader, std::string_view after_name, std::string_view after_id, int limit) {
  return reader.rows(
      "SELECT id, name, email, person, external_id, oidc_issuer, oidc_subject, password_hash IS NOT NULL, totp_confirmed, locked_at, created_at "
      "FROM account WHERE (name, id) > (:name, :id) AND erased_at IS NULL ORDER BY name, id LIMIT :limit",
      {{"name", after_name}, {"id", after_id}, {"limit", limit}}, account_of);
}

void write_locked(db::Writer& writer, const AccountId& id, std::optional<Instant> at) {
  writer.run("UPDATE account SET locked_at = :at WHERE id = :id", {{"id", id}, {"at", at}});
}

void write_identity(db::Writer& writer, const AccountId& id, const std::optional<std::string>& issuer, const std::optional<std::string>& subject) {
  writer.run("UPDATE account SET oidc_issuer = :issuer, oidc_subject = :subject WHERE id = :id",
             {{"id", id}, {"issuer", issuer}, {"subject", subject}});
}

void write_password(db::Writer& writer, const AccountId& id, const std::optional<std::string>& hash) {
  writer.run("UPDATE account SET password_hash = :hash WHERE id = :id", {{"id", id}, {"hash", hash}});
}

std::vector<std::string> old_passwords(db::Reader& reader, const AccountId& id, std::size_t most) {
  return reader.rows("SELECT hash FROM account_password WHERE account = :id ORDER BY replaced_at DESC, hash LIMIT :most",
                     {{"id", id}, {"most", static_cast<std::int64_t>(most)}}, [](std::string hash) { return hash; });
}

void remember_password(db::Writer& writer, const AccountId& id, std::string_view hash, Instant now, std::size_t most) {
  writer.run("INSERT INTO account_password (account, hash, replaced_at) VALUES (:id, :hash, :now)", {{"id", id}, {"hash", hash}, {"now", now}});
  writer.run(
      "DELETE FROM account_password WHERE account = :id AND hash NOT IN "
      "(SELECT hash FROM account_password WHERE account = :id ORDER BY replaced_at DESC, hash LIMIT :most)",
      {{"id", id}, {"most", static_cast<std::int64_t>(most)}});
}

void insert_role(db::Writer& writer, const AccountId& id, const RoleAssignment& role) {
  writer.run(
      "INSERT INTO account_role (id, account, role, part, country, valid_from, valid_to) VALUES (:id, :account, :role, :part, :country, :from, :to)",
      {{"id", role.id},
       {"account", id},
       {"role", to_string(role.grant.role)},
       {"part", role.grant.scope.part},
       {"country", role.grant.scope.country},
       {"from", role.from},
       {"to", role.to}});
}

void write_role_end(db::Writer& writer, const RoleId& role, Date to) {
  writer.run("UPDATE account_role SET valid_to = :to WHERE id = :id", {{"id", role}, {"to", to}});
}

void delete_role(db::Writer& writer, const RoleId& role) { writer.run("DELETE FROM account_role WHERE id = :id", {{"id", role}}); }

std::vector<RoleAssignment> roles_of(db::Reader& reader, const AccountId& id) {
  return reader.rows("SELECT id, role, part, country, valid_from, valid_to FROM account_role WHERE account = :id ORDER BY valid_from, id",
                     {{"id", id}}, role_assignment);
}

std::vector<AccountId> administrators(db::Reader& reader, Date day) {
  return reader.rows(
      "SELECT DISTINCT account.id FROM account_role JOIN account ON account.id = account_role.account "
      "WHERE account_role.role = 'administrator' AND account_role.part = '' AND account_role.country = '' AND account_role.valid_from <= :day "
      "AND (account_role.valid_to IS NULL OR account_role.valid_to > :day) AND account.locked_at IS NULL AND account.erased_at IS NULL "
      "AND (account.password_hash IS NOT NULL OR account.oidc_subject IS NOT NULL)",
      {{"day", day}}, only_id);
}

void erase_account(db::Writer& writer, const AccountId& id, Instant now) {
  writer.run(
      "UPDATE account SET name = '', email = NULL, email_key = NULL, person = NULL, external_id = NULL, oidc_issuer = NULL, oidc_subject = NULL, "
      "password_hash = NULL, totp_secret = NULL, totp_confirmed = FALSE, totp_step = NULL, locked_at = :now, erased_at = :now WHERE id = :id",
      {{"id", id}, {"now", now}});
  writer.run("DELETE FROM account_password WHERE account = :id", {{"id", id}});
  writer.run("DELETE FROM account_role WHERE account = :id", {{"id", id}});
  writer.run("DELETE FROM recovery_code WHERE account = :id", {{"id", id}});
  writer.run("DELETE FROM single_use_link WHERE account = :id", {{"id", id}});
  writer.run("DELETE FROM session WHERE account = :id", {{"id", id}});
  writer.run("DELETE FROM api_token WHERE account = :id", {{"id", id}});
}

}  // namespace waymark::access
