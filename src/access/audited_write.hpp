/// A change of this room: one transaction with its audit entries, undone whole when it is refused.
#pragma once

#include <type_traits>
#include <utility>

#include "access/audit.hpp"
#include "base/error.hpp"
#include "db/database.hpp"

namespace waymark::access {

/// Calls `change(Writer&)`, which gives a Result, after taking its turn in the audit. When that is an error nothing of it is kept. Otherwise as
/// Database::write: `change` may be called more than once.
template <class Change>
auto audited_write(db::Database& database, Change&& change) -> std::invoke_result_t<Change&, db::Writer&> {
  using Answer = std::invoke_result_t<Change&, db::Writer&>;
  struct Refused {
    Error error;
  };
  try {
    return database.write([&](db::Writer& writer) -> Answer {
      take_turn_in_audit(writer);
      Answer answer = change(writer);
      if (!answer) throw Refused{std::move(answer.error())};
      return answer;
    });
  } catch (const Refused& refused) {
    return tl::unexpected<Error>(refused.error);
  }
}

}  // namespace waymark::access
