#include "stats/survival/concordance.hpp"

#include <algorithm>
#include <cmath>

#include "stats/survival/cox_rows.hpp"

namespace waymark::stats {
namespace {

/// How many of a set of ranks lie below, at and above one (Fenwick 1994).
class RankCounts {
 public:
  explicit RankCounts(std::size_t ranks) : m_tree(ranks + 1), m_at(ranks) {}

  void add(Row rank, int times) {
    m_at[rank] += times;
    m_all += times;
    for (std::size_t i = rank + 1U; i < m_tree.size(); i += i & (~i + 1)) m_tree[i] += times;
  }

  struct Counts {
    double below = 0, equal = 0, above = 0;
  };
  [[nodiscard]] Counts around(Row rank) const {
    std::int64_t below = 0;
    for (std::size_t i = rank; i > 0; i -= i & (~i + 1)) below += m_tree[i];
    return {static_cast<double>(below), static_cast<double>(m_at[rank]), static_cast<double>(m_all - below - m_at[rank])};
  }

 private:
  std::vector<std::int64_t> m_tree;
  std::vector<std::int64_t> m_at;
  std::int64_t m_all = 0;
};

/// Pairs in which one row takes part.
struct Share {
  double concordant = 0, discordant = 0, tied = 0;
};

class Walk {
 public:
  Walk(const CoxRows& rows, std::vector<Row> rank)
      : m_rows(rows), m_rank(std::move(rank)), m_at_risk(rows.input.size()), m_events(rows.input.size()), m_shares(rows.input.size()) {}

  const std::vector<Share>& run() {
    Row stratum_end = 0;
    for (std::size_t b = m_rows.blocks.size(); b-- > 0;) {
      const CoxBlock& block = m_rows.blocks[b];
      if (block.last_of_stratum) stratum_end = block.end;
      for (Row at = block.leave_begin; at < block.leave_end; ++at) leave(m_rows.leaving[at]);
      for (Row place = block.deaths_end; place < block.end; ++place) enter(place);
      for (Row place = block.begin; place < block.deaths_end; ++place) {
        const RankCounts::Counts others = m_at_risk.around(m_rank[place]);
        m_shares[place].concordant += others.below;
        m_shares[place].discordant += others.above;
        m_shares[place].tied += others.equal;
      }
      for (Row place = block.begin; place < block.deaths_end; ++place) m_events.add(m_rank[place], 1);
      for (Row place = block.begin; place < block.deaths_end; ++place) enter(place);
      if (b > 0 && !m_rows.blocks[b - 1].last_of_stratum) continue;
      if (m_rows.delayed_entry()) {
        for (Row at = block.stay_begin; at < block.stay_end; ++at) leave(m_rows.staying[at]);
      } else {
        for (Row place = block.begin; place < stratum_end; ++place) leave(place);
      }
      forget_events(b, stratum_end);
    }
    return m_shares;
  }

 private:
  /// A row is the other half of the pairs of all events between coming in and leaving, walking backwards.
  void enter(Row place) {
    m_at_risk.add(m_rank[place], 1);
    count_events(place, -1);
  }
  void leave(Row place) {
    m_at_risk.add(m_rank[place], -1);
    count_events(place, 1);
  }
  void count_events(Row place, double sign) {
    const RankCounts::Counts events = m_events.around(m_rank[place]);
    m_shares[place].concordant += sign * events.above;
    m_shares[place].discordant += sign * events.below;
    m_shares[place].tied += sign * events.equal;
  }
  void forget_events(std::size_t first_block, Row stratum_end) {
    for (std::size_t b = first_block; b < m_rows.blocks.size() && m_rows.blocks[b].begin < stratum_end; ++b) {
      for (Row place = m_rows.blocks[b].begin; place < m_rows.blocks[b].deaths_end; ++place) m_events.add(m_rank[place], -1);
    }
  }

  const CoxRows& m_rows;
  std::vector<Row> m_rank;
  RankCounts m_at_risk;
  RankCounts m_events;
  std::vector<Share> m_shares;
};

std::vector<Row> ranks(const CoxRows& rows, const CoxFit& fit) {
  const std::size_t n = rows.input.size();
  std::vector<double> predictor(n);
  for (std::size_t place = 0; place < n; ++place) {
    for (std::size_t i = 0; i < rows.columns; ++i) predictor[place] += rows.row(place)[i] * fit.coefficient[i] * rows.spread[i];
  }
  std::vector<double> sorted = predictor;
  std::sort(sorted.begin(), sorted.end());
  // Predictors that are equal in exact arithmetic are one value.
  const double nearly = n > 0 ? 1e-12 * std::max(std::abs(sorted.front()), std::abs(sorted.back())) : 0;
  sorted.erase(std::unique(sorted.begin(), sorted.end(), [&](double a, double b) { return b - a <= nearly; }), sorted.end());
  std::vector<Row> result(n);
  for (std::size_t place = 0; place < n; ++place) {
    const auto after = std::upper_bound(sorted.begin(), sorted.end(), predictor[place]);
    result[place] = static_cast<Row>(after - sorted.begin() - 1);
  }
  return result;
}

}  // namespace

Answer<Concordance> concordance(const CoxData& data, const CoxFit& fit) {
  if (fit.diverges()) return undefined("a coefficient runs to infinity, so there is no fitted model to look at");
  const CoxRows rows = arrange(data);
  Walk walk(rows, ranks(rows, fit));
  const std::vector<Share>& shares = walk.run();
  Concordance result;
  for (const Share& share : shares) {
    result.concordant += share.concordant / 2;
    result.discordant += share.discordant / 2;
    result.tied += share.tied / 2;
  }
  const double pairs = result.concordant + result.discordant + result.tied;
  if (pairs == 0) return undefined("no two rows can be compared");
  result.value = (result.concordant + result.tied / 2) / pairs;
  std::vector<double> influence(data.cluster.empty() ? data.spells.size() : count_codes(data.cluster));
  for (std::size_t place = 0; place < shares.size(); ++place) {
    const Share& share = shares[place];
    const double own = share.concordant + share.discordant + share.tied;
    const Row row = rows.input[place];
    influence[data.cluster.empty() ? row : data.cluster[row]] += (share.concordant + share.tied / 2 - result.value * own) / pairs;
  }
  double squares = 0;
  for (const double value : influence) squares += value * value;
  result.standard_error = std::sqrt(squares);
  return result;
}

}  // namespace waymark::stats
