#include "web/installation.hpp"

namespace waymark::web {

Installation::Installation(db::Database& store, const Clock& time, access::CurrentKeys ring, InstallationOptions with)
    : database(store),
      clock(time),
      keys(std::move(ring)),
      options(std::move(with)),
      accounts(database, clock, options.accounts),
      sessions(database, clock, options.sessions),
      factors(database, clock, keys),
      joining(database, accounts, clock),
      tokens(database, clock),
      sign_in(database, clock, accounts, sessions, factors, options.sign_in),
      organisation(database, clock),
      directories(database, clock),
      versions(database),
      publishing(database, versions, clock),
      uploads(database, clock, keys) {
  if (options.attribute_keys) attributes.emplace(database, clock, *options.attribute_keys);
  if (options.provider) {
    http = access::oidc::make_http();
    provider = std::make_unique<access::oidc::RelyingParty>(*options.provider, *http, clock);
  }
}

bool Installation::is_set_up() {
  if (m_is_set_up) return true;
  if (accounts.has_administrator()) m_is_set_up = true;
  return m_is_set_up;
}

}  // namespace waymark::web
