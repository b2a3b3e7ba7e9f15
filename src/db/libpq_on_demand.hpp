/// Inside the room only: libpq, loaded when it is first needed.
#pragma once

namespace waymark::db {

/// Throws DatabaseError (unavailable) when the library is not there. Call it before anything of libpq.
void require_libpq();

}  // namespace waymark::db
