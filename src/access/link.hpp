/// Links and answers that work once: the set-up of a new installation, invitations, new passwords, and what must be kept between two
/// requests of a sign-in. The store has the hash and when it ends.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "access/account_id.hpp"
#include "access/secret.hpp"
#include "base/clock.hpp"
#include "db/reader.hpp"

namespace waymark::access {

enum class LinkPurpose { set_up, invitation, new_password, second_factor, provider_sign_in };

/// How long a link of this purpose works: set-up and invitation days, a new password an hour, a sign-in ten minutes.
[[nodiscard]] std::chrono::milliseconds life_of(LinkPurpose purpose);

struct Link {
  std::optional<AccountId> account;
  std::string payload;
};

/// A new link; those of the same purpose for the same account (or for nobody, at the set-up) stop working, except sign-ins under way.
[[nodiscard]] Secret issue_link(db::Writer& writer, LinkPurpose purpose, const std::optional<AccountId>& account, std::string_view payload,
                                Instant now);
/// Looks without using it up: a page that asks for a password shows itself first.
[[nodiscard]] std::optional<Link> look_at_link(db::Reader& reader, LinkPurpose purpose, std::string_view token, Instant now);
/// Uses it up. None for an unknown, used or ended one, or another purpose.
[[nodiscard]] std::optional<Link> use_link(db::Writer& writer, LinkPurpose purpose, std::string_view token, Instant now);
/// Deletes what has ended. Gives how many.
std::int64_t forget_ended_links(db::Writer& writer, Instant now);

}  // namespace waymark::access
