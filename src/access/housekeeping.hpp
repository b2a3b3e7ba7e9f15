/// Taking out what has ended: sessions, links, attempts to sign in that no longer count. Nothing depends on when it is done: what has ended is never
/// let in, whether its record is still there or not.
#pragma once

#include <cstdint>

#include "access/session.hpp"
#include "access/throttle.hpp"
#include "db/database.hpp"

namespace waymark::access {

struct Forgotten {
  std::int64_t sessions = 0;
  std::int64_t links = 0;
  std::int64_t attempts = 0;
};

/// Once an hour is often enough. Each kind in a write of its own, so that nobody waits long; several nodes may do it at the same time. Throws
/// db::DatabaseError.
Forgotten forget_what_has_ended(db::Database& database, const Clock& clock, SessionRules sessions = {}, const ThrottleRules& throttle = {});

}  // namespace waymark::access
