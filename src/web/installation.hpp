/// One installation as the pages behind the sign-in see it: its store and the use cases that work on it, put together once at the start.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/account.hpp"
#include "access/api_token.hpp"
#include "access/current_keys.hpp"
#include "access/joining.hpp"
#include "access/oidc/relying_party.hpp"
#include "access/personal_data.hpp"
#include "access/second_factors.hpp"
#include "access/session.hpp"
#include "access/sign_in.hpp"
#include "base/clock.hpp"
#include "db/database.hpp"
#include "org/attributes.hpp"
#include "org/registry.hpp"
#include "org/scim/directory.hpp"
#include "release/publishing.hpp"
#include "web/stored_uploads.hpp"

namespace waymark::web {

/// A line of the page of settings. Secrets are hidden before they come here.
struct ShownSetting {
  std::string key, value, where, help;
};

struct InstallationOptions {
  std::string address;  ///< "https://waymark.example.org", without a slash at the end; what links that are handed out begin with
  bool open_to_visitors = false;  ///< the pathway is read without an account, also once there are accounts
  access::SessionRules sessions = {};
  access::AccountRules accounts = {};
  access::SignInRules sign_in = {};
  std::optional<access::oidc::ProviderConfiguration> provider = {};
  std::string provider_name = {};  ///< as people know it: "Sign in with …"
  access::Accounts::Unknown unknown_identity = access::Accounts::Unknown::refuse;
  std::vector<ShownSetting> settings = {};
  std::shared_ptr<const access::CurrentKeys> attribute_keys = {};  ///< of what people declare of themselves; without it nothing of the kind is asked
  access::PersonalData personal_data = {};  ///< what every room keeps about a person
};

/// Safe from any thread.
struct Installation {
  /// `database` and `clock` must outlive it; the schema of the store is the program's.
  Installation(db::Database& database, const Clock& clock, access::CurrentKeys keys, InstallationOptions options);
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  /// Until somebody has set it up, everybody may read the pathway. Asks the store only as long as the answer is no.
  [[nodiscard]] bool is_set_up();
  [[nodiscard]] bool shows_pathway_to_visitors() { return options.open_to_visitors || !is_set_up(); }
  /// Cookies are for encrypted connections only where the site's address says that there are no others.
  [[nodiscard]] bool is_encrypted() const { return options.address.starts_with("https://"); }
  [[nodiscard]] std::string link(std::string_view path) const { return options.address + std::string(path); }

  db::Database& database;
  const Clock& clock;
  const access::CurrentKeys keys;
  const InstallationOptions options;
  access::Accounts accounts;
  access::Sessions sessions;
  access::SecondFactors factors;
  access::Joining joining;
  access::ApiTokens tokens;
  access::SignIn sign_in;
  org::Registry organisation;
  org::scim::Directories directories;
  std::optional<org::Attributes> attributes;  ///< with options.attribute_keys
  release::Versions versions;
  release::Publishing publishing;
  StoredUploads uploads;
  std::unique_ptr<access::oidc::Http> http;
  std::unique_ptr<access::oidc::RelyingParty> provider;  ///< nullptr without one

 private:
  std::atomic<bool> m_is_set_up = false;
};

}  // namespace waymark::web
