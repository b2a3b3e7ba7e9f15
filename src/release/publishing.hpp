/// Publishing: freezes a folder into a version, when nothing stands in the way.
///
/// What stands in the way is said before: an id that vanishes without an entry under `retired:`; a reworded criterion of which nobody has said that it
/// means the same; an error of the linter without a reason; a day before the version that it follows.
///
/// Nobody is told from here. Who is to hear of a version is known further up, from the changes that `publish` gives.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/personal_data.hpp"
#include "access/policy.hpp"
#include "base/error.hpp"
#include "base/finding.hpp"
#include "release/versions.hpp"
#include "release/words.hpp"

namespace waymark::release {

struct Proposal {
  Folder folder;
  std::string note = {};                       ///< for readers: what this version is for
  std::optional<Date> effective = {};          ///< today unless said
  std::vector<std::string> same_meaning = {};  ///< reworded criteria that mean what they meant, by their ids now
  std::string because = {};                    ///< why it is published in spite of the linter's errors
  /// The hash that was the newest when its author looked, empty when there was none; publishing fails when others came between. Not said: whichever is
  /// the newest now.
  std::optional<std::string> after = {};
  std::string pathway = std::string(main_pathway);  ///< or the key of another, which need not be there yet
};

struct Obstacle {
  enum class Kind {
    unusable,       ///< errors that leave no pathway; they are among the findings
    draft,          ///< it says of itself that it is one
    same_bytes,     ///< these very documents are a version already
    vanished,       ///< an id is gone without an entry under `retired:`
    meaning,        ///< a rewording without a declaration
    declaration,    ///< something was declared that was not reworded
    lint,           ///< errors without a reason; they are among the findings
    effective_day,  ///< too early
    note,           ///< there is none, or it is too long
    pathway,        ///< no key of a pathway, or its name is another pathway's
  };
  Kind kind = Kind::unusable;
  std::string subject;    ///< the citation, the rule or the option; may be empty
  std::string message;    ///< one sentence
  std::string way_out;    ///< one sentence
  std::string yaml = {};  ///< of `vanished`: the entry for `retired:` in pathway.yaml, to be completed
};

struct Preview {
  std::optional<Version> predecessor;    ///< none: this would be the first
  std::shared_ptr<const Frozen> before;  ///< what that says; nullptr for the first
  std::shared_ptr<const Frozen> after;   ///< what would be published; nullptr when it is unusable
  std::vector<Change> changes;           ///< empty for the first
  Findings findings;                     ///< all of the linter's, files relative to the folder
  std::vector<Obstacle> obstacles;       ///< none: it can be published
  Date effective;
};

struct Publisher {
  access::Doing doing;
  access::Actor actor;               ///< for access::may; not asked at the machine without an account
  std::string name_at_machine = {};  ///< whose name stands as the author where there is no account
};

struct Published {
  Version version;
  std::vector<Change> changes;
};

struct Refusal {
  Error error;
  std::vector<Obstacle> obstacles = {};
  std::vector<Version> came_between = {};  ///< what others published meanwhile, oldest first
};

/// Safe from any thread; all may throw db::DatabaseError.
class Publishing {
 public:
  /// All must outlive it.
  Publishing(db::Database& database, Versions& versions, const Clock& clock);

  /// What publishing would do. Changes nothing.
  [[nodiscard]] Preview preview(const Proposal& proposal);

  /// All or nothing, with its entry in the audit. Of two that follow the same version one succeeds, and the other is told what came between.
  [[nodiscard]] tl::expected<Published, Refusal> publish(const Proposal& proposal, const Publisher& publisher);

  /// Takes back the newest version before it is in force, so that another can be published in its place; it can still be read. not_found, conflict when it is in force
  /// or others follow it, bad_input without a reason.
  [[nodiscard]] Result<void> withdraw(std::string_view hash, std::string_view why, const Publisher& publisher,
                                      std::string_view pathway = main_pathway);

 private:
  db::Database& m_database;
  Versions& m_versions;
  const Clock& m_clock;
};

/// What this room keeps about a person: that they are the author of versions.
[[nodiscard]] access::DataHolder personal_data();

}  // namespace waymark::release
