/// Inside the room only: writes that reading does not depend on.
#pragma once

#include "db/database_error.hpp"

namespace waymark::access {

/// Calls `write`. What a store would not keep at the moment (a full disk, a standby) is left out: the next request tries again, and who may read goes on
/// reading.
template <class Write>
void note(Write&& write) {
  using Kind = db::DatabaseError::Kind;
  try {
    write();
  } catch (const db::DatabaseError& error) {
    switch (error.kind()) {
      case Kind::contended:
      case Kind::busy:
      case Kind::full:
      case Kind::read_only:
      case Kind::unavailable:
      case Kind::uncertain: return;
      default: throw;
    }
  }
}

}  // namespace waymark::access
