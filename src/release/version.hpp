/// Versions of the pathway: what was published, by whom, and from which day it counts. Plain values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "base/clock.hpp"
#include "base/folder.hpp"
#include "pathway/pathway.hpp"
#include "pathway/version_difference.hpp"

namespace waymark::release {

/// Which pathway of the organisation a version is of: the one that the site begins with, or another by its key, such as "hardware".
inline constexpr std::string_view main_pathway = "main";
/// Of another pathway: a lower-case letter first, then letters, digits and hyphens, 40 at most; and not main_pathway.
[[nodiscard]] bool is_pathway_key(std::string_view text);

struct Author {
  std::optional<access::AccountId> account = {};  ///< none: somebody at the machine, before there were accounts
  std::string name;                               ///< of the account today; empty once the person was erased
};

struct Withdrawal {
  Instant at{};
  std::string why;
};

struct Version {
  std::string pathway;                          ///< main_pathway or a key
  std::int64_t number = 0;                      ///< 1, 2, 3 … in the order of publishing; for sorting, not for addresses
  std::string hash;                             ///< of its documents (pathway::Pathway::hash): its name for ever
  std::string label;                            ///< `version:` in pathway.yaml; may be empty, may be that of another version
  std::string name;                             ///< `name:` in pathway.yaml
  std::optional<std::string> predecessor = {};  ///< the hash of the version it was compared with; none: the first
  Author author;
  std::string note;
  Date effective;                  ///< in force from this day on
  std::optional<Date> until = {};  ///< the day from which the next one is in force; the same day: it never was
  Instant published_at{};
  std::vector<std::string> despite = {};  ///< errors of the linter that it was published with, a line each
  std::string because = {};               ///< why, in spite of them
  std::optional<Withdrawal> withdrawn = {};

  [[nodiscard]] std::string short_hash() const { return hash.substr(0, 12); }
};

struct VersionPage {
  std::vector<Version> versions;         ///< the newest first
  std::optional<std::string> next = {};  ///< what to ask with for older ones
};

/// What a version says. Immutable, safe from any thread. The hash of the pathway is that of the version.
struct Frozen {
  Folder documents;  ///< as they were published, with line ends LF
  pathway::Pathway pathway;
};

/// One change of a version, as it was shown before publishing and is kept after.
struct Change {
  pathway::VersionChange what;
  bool same_meaning = false;  ///< a rewording whose author declared that it means what it meant
};

}  // namespace waymark::release
