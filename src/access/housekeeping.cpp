#include "access/housekeeping.hpp"

#include "access/link.hpp"

namespace waymark::access {

Forgotten forget_what_has_ended(db::Database& database, const Clock& clock, SessionRules sessions, const ThrottleRules& throttle) {
  Forgotten forgotten;
  forgotten.sessions = Sessions(database, clock, sessions).forget_ended();
  forgotten.links = database.write([&](db::Writer& writer) { return forget_ended_links(writer, clock.now()); });
  forgotten.attempts = database.write([&](db::Writer& writer) { return forget_old_attempts(writer, throttle, clock.now()); });
  return forgotten;
}

}  // namespace waymark::access
