/// The keys that seal columns of the store, as the settings name them.
#pragma once

#include "access/account.hpp"
#include "access/current_keys.hpp"
#include "access/key_ring.hpp"
#include "access/personal_data.hpp"
#include "settings/settings.hpp"

namespace waymark::cli {

/// From `keys`, or the file that `keys-file` names. Fails as KeyRing::load does.
[[nodiscard]] Result<access::KeyRing> open_keys(const settings::Settings& settings);

/// The same for a program that goes on: a file is followed.
[[nodiscard]] Result<access::CurrentKeys> follow_keys(const settings::Settings& settings);

/// Makes them where there are none, as long as nobody administers the store yet: nothing can be sealed in it. Else not_found says what to do.
[[nodiscard]] Result<void> make_keys_when_new(const settings::Settings& settings, access::Accounts& accounts);

/// What every room keeps about a person.
[[nodiscard]] access::PersonalData all_personal_data();

}  // namespace waymark::cli
