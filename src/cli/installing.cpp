#include "cli/installing.hpp"

#include <fmt/format.h>

#include "access/oidc/http.hpp"
#include "base/text.hpp"
#include "cli/keys.hpp"
#include "cli/store.hpp"

namespace waymark::cli {
namespace {

using settings::Settings;

tl::unexpected<Error> wrong_setting(const Settings& settings, std::string_view key, std::string what) {
  const std::string& where = settings.value(key).where;
  return fail(Error::Kind::wrong_usage, fmt::format("{}: {} {}.", where.empty() ? std::string("The default") : where, key, what),
              "Correct it there; `waymark config show` lists what is set.");
}

Result<int> number_from(const Settings& settings, std::string_view key, int least, int most) {
  const std::string text = settings.text(key);
  if (const auto number = whole_number(text); number && *number >= least && *number <= most) return static_cast<int>(*number);
  return wrong_setting(settings, key, fmt::format("must be a number from {} to {}, and is “{}”", least, most, text));
}

/// The position of the setting's text among `words`.
Result<std::size_t> one_of(const Settings& settings, std::string_view key, const std::vector<std::string>& words) {
  const std::string text = settings.text(key);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == text) return i;
  }
  return wrong_setting(settings, key, fmt::format("must be one of {}, and is “{}”", in_words(words), text));
}

Result<std::optional<access::oidc::ProviderConfiguration>> provider_of(const Settings& settings, const std::string& address) {
  const std::string issuer = settings.text("oidc.issuer");
  if (issuer.empty()) return std::nullopt;
  if (!access::oidc::is_safe_address(issuer)) return wrong_setting(settings, "oidc.issuer", "must begin with https://");
  if (settings.text("oidc.client-id").empty()) return wrong_setting(settings, "oidc.issuer", "needs oidc.client-id beside it");
  access::oidc::ProviderConfiguration provider{.issuer = issuer, .client_id = settings.text("oidc.client-id"), .redirect_address = address + "/sign-in/provider/answer"};
  provider.client_secret = access::Secret(settings.text("oidc.client-secret"));
  provider.after_sign_out_address = address + "/sign-in?done=bye";
  provider.scopes = settings.texts("oidc.scopes");
  provider.claims = {settings.text("oidc.name-claim"), settings.text("oidc.email-claim"), settings.text("oidc.email-verified-claim"),
                     settings.text("oidc.external-id-claim")};
  return provider;
}

std::vector<web::ShownSetting> shown(const Settings& settings) {
  std::vector<web::ShownSetting> lines;
  for (const settings::Setting& setting : settings::catalogue()) {
    const settings::Value& value = settings.value(setting.key);
    lines.push_back({std::string(setting.key), settings::value_in_words(setting, value), settings::origin_in_words(value), std::string(setting.help)});
  }
  return lines;
}

}  // namespace

tl::expected<std::unique_ptr<Ground>, Trouble> open_ground(const Settings& settings) {
  auto database = open_ready_store(settings, MissingFile::make);
  if (database) {
    auto ground = std::make_unique<Ground>();
    ground->database = std::move(*database);
    return ground;
  }
  Trouble trouble = std::move(database.error());
  if (settings.text("database-url").empty() && trouble.error) {
    trouble.error->way_out += " Another place: --database WHERE. Only the documents, without accounts: --without-accounts.";
  }
  return tl::unexpected<Trouble>(std::move(trouble));
}

Result<web::InstallationOptions> installation_options(const Settings& settings, const std::string& url) {
  web::InstallationOptions options;
  options.address = settings.text("address").empty() ? url : settings.text("address");
  while (options.address.ends_with('/')) options.address.pop_back();
  if (!settings.text("address").empty() && !options.address.starts_with("https://") && !options.address.starts_with("http://")) {
    return wrong_setting(settings, "address", "must begin with https:// or http://");
  }
  options.open_to_visitors = settings.is_on("open-to-visitors");
  const auto minimum = number_from(settings, "password.minimum-length", 8, 100);
  const auto idle = number_from(settings, "session.idle-hours", 1, 24 * 366);
  const auto days = number_from(settings, "session.days", 1, 366);
  const auto factor = one_of(settings, "second-factor", {"optional", "administrators", "everybody"});
  const auto unknown = one_of(settings, "oidc.unknown", {"refuse", "create"});
  for (const auto* number : {&minimum, &idle, &days}) {
    if (!*number) return tl::unexpected<Error>(number->error());
  }
  if (!factor) return tl::unexpected<Error>(factor.error());
  if (!unknown) return tl::unexpected<Error>(unknown.error());
  auto provider = provider_of(settings, options.address);
  if (!provider) return tl::unexpected<Error>(provider.error());
  options.accounts.passwords.minimum_characters = static_cast<std::size_t>(*minimum);
  options.sessions.idle = std::chrono::hours{*idle};
  options.sessions.absolute = std::chrono::hours{24 * *days};
  options.sign_in.second_factor = static_cast<access::SecondFactorPolicy>(*factor);
  options.unknown_identity = *unknown == 0 ? access::Accounts::Unknown::refuse : access::Accounts::Unknown::create;
  options.provider = std::move(*provider);
  options.provider_name = settings.text("oidc.name");
  options.settings = shown(settings);
  return options;
}

Result<std::unique_ptr<web::Installation>> make_installation(const Settings& settings, Ground& ground, const std::string& url) {
  try {
    auto options = installation_options(settings, url);
    if (!options) return tl::unexpected<Error>(options.error());
    access::Accounts accounts(*ground.database, ground.clock);
    if (const auto made = make_keys_when_new(settings, accounts); !made) return tl::unexpected<Error>(made.error());
    auto keys = follow_keys(settings);
    if (!keys) return tl::unexpected<Error>(keys.error());
    auto apart = attribute_keys(settings, *ground.database);
    if (!apart) return tl::unexpected<Error>(apart.error());
    options->attribute_keys = *apart;
    options->personal_data = all_personal_data(*apart);
    return std::make_unique<web::Installation>(*ground.database, ground.clock, std::move(*keys), std::move(*options));
  } catch (const db::DatabaseError& error) {
    return tl::unexpected<Error>(error.error());
  }
}

}  // namespace waymark::cli
