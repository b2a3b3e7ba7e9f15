/// Reading what was published: any version, the one in force on a day, differences, and what became of a citation.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "db/database.hpp"
#include "pathway/cite.hpp"
#include "release/version.hpp"

namespace waymark::release {

/// The words that a citation had in a version.
struct Cited {
  Version version;
  std::shared_ptr<const Frozen> frozen;  ///< keeps alive what `words` points into
  pathway::CitedWords words;
};

/// One thing that happened to what was cited, after the version that it was cited in.
struct FateStep {
  enum class Kind {
    reworded,  ///< other words, the same meaning; of a place, a section or a paragraph: other words
    moved,     ///< the criterion has another id from here on: `to`
    retired,   ///< taken out on purpose; `to` is what stands in its place, when something does
    gone,      ///< a section or paragraph that is no longer there under this id
    restored,  ///< there again
  };
  Kind kind = Kind::reworded;
  Version version;                           ///< that did it
  std::optional<pathway::Citation> to = {};  ///< of moved and retired
  std::string because = {};                  ///< of retired: what pathway.yaml says
};

struct Fate {
  enum class State { unchanged, reworded, moved, retired, gone };
  State state = State::unchanged;             ///< on the day that was asked for; moved when it was also reworded
  std::optional<pathway::Citation> now = {};  ///< its id on that day; none when it is retired or gone
  int rewordings = 0;                         ///< until that day
  std::vector<FateStep> steps = {};           ///< oldest first; also those of versions that are not in force yet
};

/// Safe from any thread; all may throw db::DatabaseError. Withdrawn versions can be read, and count for nothing else.
class Versions {
 public:
  /// `database` must outlive it. The last `kept` versions that were asked for stay in memory.
  explicit Versions(db::Database& database, std::size_t kept = 8);

  /// Newest first. `after` is the `next` of the page before; `limit` from 1 to 500.
  [[nodiscard]] VersionPage list(const std::optional<std::string>& after, int limit, std::string_view pathway = main_pathway);
  /// By what a person says: a hash or its first six digits or more, a label, `newest`, or `in-force` (on `day`). not_found, or wrong_usage when several
  /// are meant.
  [[nodiscard]] Result<Version> find(std::string_view word, Date day, std::string_view pathway = main_pathway);
  /// The same in any pathway, the main one first.
  [[nodiscard]] Result<Version> find_in_any(std::string_view word, Date day);
  /// Of every other pathway than the main one the version in force, by the key of the pathway; those that have none yet are not among them.
  [[nodiscard]] std::vector<Version> in_force_elsewhere(Date day);
  /// None before the first is in force.
  [[nodiscard]] std::optional<Version> in_force(Date day, std::string_view pathway = main_pathway);
  /// The newest that was not withdrawn, in force or not: what the next one follows.
  [[nodiscard]] std::optional<Version> newest(std::string_view pathway = main_pathway);
  /// Those behind the version with this hash, oldest first; all when none is named.
  [[nodiscard]] std::vector<Version> since(const std::optional<std::string>& hash, std::string_view pathway = main_pathway);

  /// not_found for an unknown hash. A version that a later Waymark would no longer accept is read as far as it can be.
  [[nodiscard]] Result<std::shared_ptr<const Frozen>> load(std::string_view hash, std::string_view pathway = main_pathway);

  /// Against the version before it, as it was shown when it was published; empty for the first one.
  [[nodiscard]] std::vector<Change> kept_changes(const Version& version);
  /// Of any two, in the direction asked. not_found for an unknown hash.
  [[nodiscard]] Result<std::vector<pathway::VersionChange>> difference(std::string_view before, std::string_view after,
                                                                       std::string_view pathway = main_pathway);

  /// What the citation said in that version. Fails as pathway::cite does, and with not_found for an unknown hash.
  [[nodiscard]] Result<Cited> words_of(std::string_view citation, std::string_view hash, std::string_view pathway = main_pathway);
  /// What became of it until `day`. Fails as words_of does.
  [[nodiscard]] Result<Fate> what_became_of(std::string_view citation, std::string_view hash, Date day, std::string_view pathway = main_pathway);

 private:
  db::Database& m_database;
  std::size_t m_kept;
  std::mutex m_mutex;
  std::vector<std::shared_ptr<const Frozen>> m_frozen;  ///< the last asked for at the end
};

}  // namespace waymark::release
