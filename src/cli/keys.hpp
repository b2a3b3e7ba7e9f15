/// The keys that seal columns of the store, as the settings name them.
#pragma once

#include <memory>

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

/// The keys to what people declare of themselves, from the file that `attribute-keys-file` names; made where there are none as long as nobody has declared
/// anything. Else not_found says what to do.
[[nodiscard]] Result<std::shared_ptr<const access::CurrentKeys>> attribute_keys(const settings::Settings& settings, db::Database& database);

/// What every room keeps about a person. What they declared of themselves is opened with `attribute_keys` alone, for nobody but the person.
[[nodiscard]] access::PersonalData all_personal_data(std::shared_ptr<const access::CurrentKeys> attribute_keys = {});

}  // namespace waymark::cli
