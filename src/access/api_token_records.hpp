/// API tokens in the store.
#pragma once

#include "access/api_token.hpp"

namespace waymark::access {

struct TokenRecord {
  ApiTokenId id;
  AccountId account;
  std::optional<std::string> person;
  Set<TokenScope> scopes;
  Instant expires_at{};
  std::optional<Instant> last_used_at = {};
  bool is_locked = false;
};

void insert_api_token(db::Writer& writer, const AccountId& account, const ApiToken& token, std::string_view hash);
[[nodiscard]] std::optional<TokenRecord> find_api_token(db::Reader& reader, std::string_view hash);
void write_last_used(db::Writer& writer, const ApiTokenId& id, Instant now);
[[nodiscard]] std::vector<ApiToken> list_api_tokens(db::Reader& reader, const AccountId& account);
std::int64_t delete_api_token(db::Writer& writer, const AccountId& account, const ApiTokenId& id);

/// "pathway own_record"
[[nodiscard]] std::string scopes_text(Set<TokenScope> scopes);

}  // namespace waymark::access
