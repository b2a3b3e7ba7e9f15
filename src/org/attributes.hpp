/// What people declare of themselves for the analysis of fairness: a list that the organisation chooses, answered by the person alone, free to skip,
/// to see and to withdraw.
///
/// Stored apart from everything else, one sealed record a person, under a ring of keys of its own: whoever has the store, or the other keys, reads nothing.
/// Records are filled up to whole blocks, so that their length says nothing either. That somebody declared anything can be seen in the store, what
/// cannot. Nothing is written to the audit about an answer, and no former answer is kept.
///
/// Who reads: the person, through `mine`; and insight, which counts, through declared_values.hpp. No other room includes that header; tests/rooms_test sees
/// to it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/account_id.hpp"
#include "access/current_keys.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"
#include "org/organisation.hpp"

namespace waymark::org {

using AttributeId = PublicId<struct AttributeTag>;

/// A question that may be answered by one of its options.
struct Attribute {
  AttributeId id;
  std::string question;              ///< "Gender"
  std::string purpose;               ///< why it is asked, for whoever is asked
  std::vector<std::string> options;  ///< two to twenty; not answering is no option, it is the default
};

struct NewAttribute {
  std::string question, purpose;
  std::vector<std::string> options;
};

/// Of one person: the option, by the attribute's id.
using Answers = std::map<std::string, std::string>;

/// Safe from any thread; all may throw db::DatabaseError.
class Attributes {
 public:
  /// `database`, `clock` and `keys` must outlive it.
  Attributes(db::Database& database, const Clock& clock, const access::CurrentKeys& keys);

  /// In the order in which they were added.
  [[nodiscard]] std::vector<Attribute> asked();
  /// bad_input where the question or its purpose is empty, or there are not two to twenty different options; conflict where it is asked already.
  [[nodiscard]] Result<AttributeId> ask(const NewAttribute& attribute, const access::Doing& by);
  /// The question goes, and every answer to it. not_found.
  [[nodiscard]] Result<void> stop_asking(const AttributeId& id, const access::Doing& by);

  /// To questions that are asked now. unavailable when the key is not on the ring.
  [[nodiscard]] Result<Answers> mine(PersonIndex person);
  /// These and no others; without any, nothing is kept. bad_input for an option that is not offered.
  [[nodiscard]] Result<void> declare(PersonIndex person, const Answers& answers);
  /// The same for many in one write; nothing is kept where one is refused.
  [[nodiscard]] Result<void> declare(const std::vector<std::pair<PersonIndex, Answers>>& all);
  [[nodiscard]] Result<void> withdraw(PersonIndex person) { return declare(person, {}); }

 private:
  db::Database& m_database;
  const Clock& m_clock;
  const access::CurrentKeys& m_keys;
};

/// Whether anybody has declared anything: then the keys must not be made anew.
[[nodiscard]] bool has_declarations(db::Reader& reader);

/// Seals everything again with the first key of the ring that is not; the number of records. Throws std::runtime_error when a key is missing.
[[nodiscard]] std::int64_t seal_declarations_again(db::Writer& writer, const access::KeyRing& keys);

}  // namespace waymark::org
