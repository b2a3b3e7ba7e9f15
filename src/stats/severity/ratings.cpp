#include "stats/severity/ratings.hpp"

#include <numeric>

#include <fmt/core.h>

namespace waymark::stats {
namespace {

/// Sets that grow together (Tarjan 1975, with path halving).
class Union {
 public:
  explicit Union(std::size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), std::size_t{0}); }

  std::size_t find(std::size_t at) {
    while (m_parent[at] != at) at = m_parent[at] = m_parent[m_parent[at]];
    return at;
  }
  void join(std::size_t a, std::size_t b) { m_parent[find(a)] = find(b); }

 private:
  std::vector<std::size_t> m_parent;
};

}  // namespace

Result<void> check(const Ratings& ratings) {
  const std::size_t n = ratings.size();
  if (n == 0) return fail(Error::Kind::bad_input, "There are no ratings.", "Give at least one row with a ratee, a judge and a rating.");
  if (ratings.ratee.size() != n || ratings.judge.size() != n || (!ratings.criterion.empty() && ratings.criterion.size() != n)) {
    return fail(Error::Kind::bad_input, fmt::format("The columns have different lengths: {} ratings, {} ratees, {} judges, {} criteria.", n,
                                                    ratings.ratee.size(), ratings.judge.size(), ratings.criterion.size()));
  }
  if (const Result<void> fine = check_codes(ratings.ratee, n, "ratee"); !fine) return fine;
  if (const Result<void> fine = check_codes(ratings.judge, n, "judge"); !fine) return fine;
  return check_codes(ratings.criterion, n, "criterion");
}

LinkedSets linked_sets(const Ratings& ratings) {
  LinkedSets linked;
  const std::size_t judges = count_codes(ratings.judge);
  const std::size_t ratees = count_codes(ratings.ratee);
  Union sets(judges + ratees);
  linked.of_judge.assign(judges, LinkedSets::absent);
  linked.of_ratee.assign(ratees, LinkedSets::absent);
  std::vector<bool> seen(judges);
  for (std::size_t row = 0; row < ratings.size(); ++row) {
    sets.join(ratings.judge[row], judges + ratings.ratee[row]);
    seen[ratings.judge[row]] = true;
  }
  std::vector<Code> number(judges + ratees, LinkedSets::absent);
  for (std::size_t judge = 0; judge < judges; ++judge) {
    if (!seen[judge]) continue;
    Code& set = number[sets.find(judge)];
    if (set == LinkedSets::absent) set = static_cast<Code>(linked.sets++);
    linked.of_judge[judge] = set;
  }
  for (std::size_t row = 0; row < ratings.size(); ++row) linked.of_ratee[ratings.ratee[row]] = linked.of_judge[ratings.judge[row]];
  return linked;
}

}  // namespace waymark::stats
