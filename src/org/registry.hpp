/// The organisation of an installation: read from memory, changed in the store, the same on every node.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"
#include "org/change.hpp"
#include "org/name_search.hpp"
#include "org/on.hpp"
#include "org/organisation.hpp"

namespace waymark::org {

/// Of what `waymark demo` makes.
inline constexpr std::string_view demo_source = "demo";

/// Where a change came from.
struct Reason {
  std::string source;       ///< "form", "import", "directory", "demo"
  std::string why = {};     ///< for others to read; in the audit and in the history of whom it is about
  access::Doing by = {};
  std::string subject = {}; ///< the id of the one person it is about; empty where it is about several
};

struct Changed {
  std::shared_ptr<const Organisation> organisation;
  bool is_new = false;                 ///< false where everything was so already
  std::vector<Problem> problems = {};  ///< nothing was changed when there are any
};

/// What was believed of one fact, and since when no more.
struct HistoryEntry {
  Kind kind;
  Date from;
  std::string value;  ///< in words: a level, a name; empty where it ended
  Instant recorded_at;
  std::string source, why;
  std::optional<access::AccountId> author = {};
  std::optional<Instant> replaced_at = {};
  std::string replaced_source = {}, replaced_why = {};
};

/// Safe from any thread. All may throw db::DatabaseError.
class Registry {
 public:
  /// `database` and `clock` must outlive it.
  Registry(db::Database& database, const Clock& clock);
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// With everything that was acknowledged, on whichever node: one look at the store for its revision, and what is newer is read.
  [[nodiscard]] std::shared_ptr<const Organisation> now();
  /// The same on a day. Today and the last days that were asked for are kept; who asks for another one makes nobody wait who asks for these.
  [[nodiscard]] std::shared_ptr<const OrganisationOn> on(Date day);
  /// On the day of the clock (UTC).
  [[nodiscard]] std::shared_ptr<const OrganisationOn> today();
  /// Of those who work here today.
  [[nodiscard]] std::shared_ptr<const NameSearch> names();

  /// Whole or not at all, with its audit entry; refused with everything that is wrong. `make` is asked for the changes against the organisation as it is
  /// in that moment, again where another change came in between; its error is given back as the only problem.
  using Make = std::function<Changes(const std::shared_ptr<const Organisation>&)>;
  /// `also` happens in the same transaction, with the organisation as it is afterwards, and where nothing changes in it, too: what it throws undoes
  /// everything and comes out of here. It may be called more than once.
  using Also = std::function<void(db::Writer&, const Organisation&)>;
  [[nodiscard]] Changed change(const Make& make, const Reason& reason, const Also& also = {});
  [[nodiscard]] Changed change(const Changes& changes, const Reason& reason);
  /// The same for whoever has revised the organisation they are given already, as a plan does that was shown: it is not done twice.
  using MakeRevised = std::function<Revised(const std::shared_ptr<const Organisation>&)>;
  [[nodiscard]] Changed keep(const MakeRevised& make, const Reason& reason, const Also& also = {});

  /// It is made up: its first change came from `waymark demo`, which fills nothing but a fresh store. So an organisation is one for ever or never.
  [[nodiscard]] bool is_demo();

  /// Everything that was ever recorded about them, in that order.
  [[nodiscard]] std::vector<HistoryEntry> history(PersonIndex person);
  [[nodiscard]] std::vector<HistoryEntry> history(TeamIndex team);

 private:
  std::vector<HistoryEntry> history(bool team, std::uint32_t subject);

  /// None where it is not kept with that revision or a later one.
  std::shared_ptr<const OrganisationOn> kept(Date day, std::int64_t revision);

  db::Database& m_database;
  const Clock& m_clock;
  std::mutex m_making;  ///< one day at a time; taken before m_mutex
  std::mutex m_mutex;   ///< of what follows
  std::shared_ptr<const Organisation> m_organisation = Organisation::empty();
  std::shared_ptr<const OrganisationOn> m_today;              ///< of the newest revision that was asked for, or an earlier one
  std::vector<std::shared_ptr<const OrganisationOn>> m_days;  ///< others, newest use first
  std::shared_ptr<const OrganisationOn> m_named_on;           ///< what m_names was made from
  std::shared_ptr<const NameSearch> m_names;
};

}  // namespace waymark::org
