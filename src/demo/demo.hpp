/// A believable organisation over years, with known facts planted in it: what `waymark demo` fills a store with, and what every insight is held against.
///
/// A pure function of the wish: the same one gives the same people, ids, changes and truths, on every machine. The model is told in doc/demo.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "demo/truth.hpp"
#include "org/change.hpp"

namespace waymark::demo {

inline constexpr std::size_t fewest_people = 40, most_people = 200'000;
inline constexpr int most_years = 20;

struct Wish {
  std::size_t people = 180;  ///< who work here at the end; those who left come on top
  int years = 5;
  std::uint64_t seed = 1;
  Date until{};  ///< the last day that is lived through
};

/// bad_input with what is too much or too little.
[[nodiscard]] Result<void> check(const Wish& wish);

/// One of each kind of person, to look through the eyes of.
struct Stand {
  enum class For { engineer, team_lead, manager, head, pathway_owner, people_partner, analyst, panel_member, administrator };
  For what = For::engineer;
  std::string person;       ///< the text of a PersonId
  std::string name, email;
  std::string part = {};    ///< of the people partner: the team they are there for
};
inline constexpr int stand_count = 9;

/// What somebody declares of themselves, for the figures on fairness: one of `declared_options`.
struct Attribute {
  std::string person, name, value;
};

inline constexpr std::string_view declared_options[] = {"A", "B"};

struct History;

/// Immutable; safe to read from any thread.
class Demo {
 public:
  /// REQUIRES that check(wish) succeeds. Takes a second or two for a hundred thousand people and ten years.
  [[nodiscard]] static Demo make(const Wish& wish);

  /// To be made in this order, each when it is needed: everybody first, then what is known of them, some thousands of people at a time.
  [[nodiscard]] std::size_t parts() const;
  [[nodiscard]] org::Changes part(std::size_t index) const;
  /// All in one.
  [[nodiscard]] org::Changes whole() const;

  [[nodiscard]] const std::vector<Truth>& truths() const { return m_truths; }
  [[nodiscard]] const std::vector<NotPlanted>& not_planted() const;
  /// In the order of Stand::For.
  [[nodiscard]] const std::vector<Stand>& stands() const { return m_stands; }
  [[nodiscard]] std::vector<Attribute> attributes() const;
  /// With those who left.
  [[nodiscard]] std::size_t people_ever() const;

 private:
  std::shared_ptr<const History> m_history;
  std::vector<Truth> m_truths;
  std::vector<Stand> m_stands;
};

}  // namespace waymark::demo
