#include "access/api_token_records.hpp"

#include "base/text.hpp"

namespace waymark::access {
namespace {

Set<TokenScope> scopes_of(const std::string& text) {
  Set<TokenScope> scopes;
  for (const std::string_view word : split(text, ' ')) {
    // A scope that a newer version knew lets nobody do anything here.
    if (const auto scope = token_scope_of(word)) scopes.add(*scope);
  }
  return scopes;
}

}  // namespace

std::string scopes_text(Set<TokenScope> scopes) {
  std::vector<std::string> words;
  for (int i = 0; i < token_scope_count; ++i) {
    if (scopes.has(static_cast<TokenScope>(i))) words.emplace_back(to_string(static_cast<TokenScope>(i)));
  }
  return join(words, " ");
}

void insert_api_token(db::Writer& writer, const AccountId& account, const ApiToken& token, std::string_view hash) {
  writer.run(
      "INSERT INTO api_token (id, account, name, prefix, hash, scopes, created_at, expires_at) "
      "VALUES (:id, :account, :name, :prefix, :hash, :scopes, :created, :expires)",
      {{"id", token.id},
       {"account", account},
       {"name", token.name},
       {"prefix", token.prefix},
       {"hash", hash},
       {"scopes", scopes_text(token.scopes)},
       {"created", token.created_at},
       {"expires", token.expires_at}});
}

std::optional<TokenRecord> find_api_token(db::Reader& reader, std::string_view hash) {
  return reader.row(
      "SELECT api_token.id, api_token.account, account.person, api_token.scopes, api_token.expires_at, api_token.last_used_at, account.locked_at IS "
      "NOT NULL "
      "FROM api_token JOIN account ON account.id = api_token.account WHERE api_token.hash = :hash",
      {{"hash", hash}},
      [](ApiTokenId id, AccountId account, std::optional<std::string> person, const std::string& scopes, Instant expires, std::optional<Instant> used,
         bool is_locked) { return TokenRecord{std::move(id), std::move(account), std::move(person), scopes_of(scopes), expires, used, is_locked}; });
}

void write_last_used(db::Writer& writer, const ApiTokenId& id, Instant now) {
  writer.run("UPDATE api_token SET last_used_at = :now WHERE id = :id", {{"id", id}, {"now", now}});
}

std::vector<ApiToken> list_api_tokens(db::Reader& reader, const AccountId& account) {
  return reader.rows(
      "SELECT id, name, prefix, scopes, created_at, expires_at, last_used_at FROM api_token WHERE account = :account ORDER BY created_at DESC, id",
      {{"account", account}},
      [](ApiTokenId id, std::string name, std::string prefix, const std::string& scopes, Instant created, Instant expires,
         std::optional<Instant> used) {
        return ApiToken{std::move(id), std::move(name), std::move(prefix), scopes_of(scopes), created, expires, used};
      });
}

std::int64_t delete_api_token(db::Writer& writer, const AccountId& account, const ApiTokenId& id) {
  return writer.run("DELETE FROM api_token WHERE account = :account AND id = :id", {{"account", account}, {"id", id}});
}

}  // namespace waymark::access
