#include "access/link.hpp"

namespace waymark::access {
namespace {

std::string_view to_text(LinkPurpose purpose) {
  switch (purpose) {
    case LinkPurpose::set_up: return "set_up";
    case LinkPurpose::invitation: return "invitation";
    case LinkPurpose::new_password: return "new_password";
    case LinkPurpose::second_factor: return "second_factor";
    case LinkPurpose::provider_sign_in: return "provider_sign_in";
  }
  return "";
}

}  // namespace

std::chrono::milliseconds life_of(LinkPurpose purpose) {
  switch (purpose) {
    case LinkPurpose::set_up: return std::chrono::hours{24};
    case LinkPurpose::invitation: return std::chrono::hours{24 * 7};
    case LinkPurpose::new_password: return std::chrono::hours{1};
    case LinkPurpose::second_factor:
    case LinkPurpose::provider_sign_in: return std::chrono::minutes{10};
  }
  return std::chrono::milliseconds{0};
}

Secret issue_link(db::Writer& writer, LinkPurpose purpose, const std::optional<AccountId>& account, std::string_view payload, Instant now) {
  if (purpose == LinkPurpose::set_up) {
    writer.run("DELETE FROM single_use_link WHERE purpose = 'set_up'");
  } else if (purpose == LinkPurpose::invitation || purpose == LinkPurpose::new_password) {
    writer.run("DELETE FROM single_use_link WHERE purpose = :purpose AND account = :account", {{"purpose", to_text(purpose)}, {"account", account}});
  }
  Secret token = new_token();
  writer.run("INSERT INTO single_use_link (hash, purpose, account, payload, expires_at) VALUES (:hash, :purpose, :account, :payload, :expires)",
             {{"hash", hash_of_token(token.reveal())},
              {"purpose", to_text(purpose)},
              {"account", account},
              {"payload", payload},
              {"expires", now + life_of(purpose)}});
  return token;
}

std::optional<Link> look_at_link(db::Reader& reader, LinkPurpose purpose, std::string_view token, Instant now) {
  return reader.row("SELECT account, payload FROM single_use_link WHERE hash = :hash AND purpose = :purpose AND expires_at > :now",
                    {{"hash", hash_of_token(token)}, {"purpose", to_text(purpose)}, {"now", now}},
                    [](std::optional<AccountId> account, std::string payload) {
                      return Link{std::move(account), std::move(payload)};
                    });
}

std::optional<Link> use_link(db::Writer& writer, LinkPurpose purpose, std::string_view token, Instant now) {
  auto link = look_at_link(writer, purpose, token, now);
  if (link) writer.run("DELETE FROM single_use_link WHERE hash = :hash", {{"hash", hash_of_token(token)}});
  return link;
}

std::int64_t forget_ended_links(db::Writer& writer, Instant now) {
  return writer.run("DELETE FROM single_use_link WHERE expires_at <= :now", {{"now", now}});
}

}  // namespace waymark::access
