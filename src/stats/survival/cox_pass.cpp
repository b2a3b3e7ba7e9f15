#include "stats/survival/cox_pass.hpp"

#include <algorithm>
#include <array>

namespace waymark::stats {
namespace {

/// Sums in registers where the number of columns is known when this is compiled; P = 0: it is not.
template <int P>
struct Sums {
  explicit Sums(std::size_t) {}
  double weight = 0;
  std::array<double, P> first{};
  std::array<double, triangle(P)> second{};
};
template <>
struct Sums<0> {
  explicit Sums(std::size_t columns) : first(columns), second(triangle(columns)) {}
  double weight = 0;
  std::vector<double> first;
  std::vector<double> second;
};

template <int P, Moments M>
inline void add(Sums<P>& sums, const double* x, double weight, std::size_t columns) {
  const std::size_t p = P > 0 ? P : columns;
  sums.weight += weight;
  std::size_t at = 0;
  for (std::size_t i = 0; i < p; ++i) {
    const double wx = weight * x[i];
    sums.first[i] += wx;
    if constexpr (M == Moments::second) {
      for (std::size_t j = 0; j <= i; ++j) sums.second[at++] += wx * x[j];
    }
  }
}

template <int P>
inline double weight_of(const double* x, const double* coefficients, std::size_t columns) {
  const std::size_t p = P > 0 ? P : columns;
  double eta = 0;
  for (std::size_t i = 0; i < p; ++i) eta += x[i] * coefficients[i];
  return std::exp(eta);
}

template <int P>
void copy(const Sums<P>& from, RiskSums& to) {
  to.weight = from.weight;
  std::copy(from.first.begin(), from.first.end(), to.first.begin());
  std::copy(from.second.begin(), from.second.end(), to.second.begin());
}

template <int P, Moments M>
void walk(const CoxRows& rows, const double* coefficients, Ties ties, Calls calls, CoxVisitor& visitor) {
  const std::size_t p = rows.columns;
  Sums<P> at_risk(p);
  RiskSums all(p), deaths(p);
  std::size_t count = 0;
  Row stratum_end = 0;
  for (std::size_t b = rows.blocks.size(); b-- > 0;) {
    const CoxBlock& block = rows.blocks[b];
    if (block.last_of_stratum) {
      at_risk = Sums<P>(p);
      count = 0;
      stratum_end = block.end;
    }
    count -= block.leave_end - block.leave_begin;
    if (count == 0) at_risk = Sums<P>(p);  // forgets the rounding of those who were added and taken out
    for (Row at = block.leave_begin; at < block.leave_end; ++at) {
      const double* const x = rows.row(rows.leaving[at]);
      const double weight = weight_of<P>(x, coefficients, p);
      if (count > 0) add<P, M>(at_risk, x, -weight, p);
      if (calls == Calls::rows_too) visitor.leave(rows.leaving[at], weight);
    }
    // Only with ties of Efron's are the deaths' own sums needed.
    const bool apart = ties == Ties::efron && block.deaths() > 1;
    Sums<P> own(p);
    for (Row place = block.begin; place < block.end; ++place) {
      const double* const x = rows.row(place);
      const double weight = weight_of<P>(x, coefficients, p);
      if (calls == Calls::rows_too) visitor.enter(place, weight);
      if (apart && place < block.deaths_end) add<P, M>(own, x, weight, p);
      add<P, M>(at_risk, x, weight, p);
    }
    count += block.end - block.begin;
    copy(at_risk, all);
    if (apart) {
      copy(own, deaths);
    } else {
      deaths.clear();
    }
    visitor.deaths(block, all, deaths, tie_sums(ties, block.deaths(), all.weight, deaths.weight));
    if (calls == Calls::deaths || (b > 0 && !rows.blocks[b - 1].last_of_stratum)) continue;
    if (rows.delayed_entry()) {
      for (Row at = block.stay_begin; at < block.stay_end; ++at) {
        visitor.leave(rows.staying[at], weight_of<P>(rows.row(rows.staying[at]), coefficients, p));
      }
    } else {
      for (Row place = block.begin; place < stratum_end; ++place) visitor.leave(place, weight_of<P>(rows.row(place), coefficients, p));
    }
  }
}

template <Moments M>
void walk_with(const CoxRows& rows, const double* coefficients, Ties ties, Calls calls, CoxVisitor& visitor) {
  switch (rows.columns) {
    case 1: return walk<1, M>(rows, coefficients, ties, calls, visitor);
    case 2: return walk<2, M>(rows, coefficients, ties, calls, visitor);
    case 3: return walk<3, M>(rows, coefficients, ties, calls, visitor);
    case 4: return walk<4, M>(rows, coefficients, ties, calls, visitor);
    case 5: return walk<5, M>(rows, coefficients, ties, calls, visitor);
    case 6: return walk<6, M>(rows, coefficients, ties, calls, visitor);
    case 7: return walk<7, M>(rows, coefficients, ties, calls, visitor);
    case 8: return walk<8, M>(rows, coefficients, ties, calls, visitor);
    default: return walk<0, M>(rows, coefficients, ties, calls, visitor);
  }
}

class LikelihoodVisitor : public CoxVisitor {
 public:
  explicit LikelihoodVisitor(Likelihood& likelihood) : m_likelihood(likelihood) {}

  void deaths(const CoxBlock&, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) override {
    m_likelihood.value -= ties.log_sum;
    for (std::size_t i = 0; i < at_risk.first.size(); ++i) m_likelihood.score[i] -= at_risk.first[i] * ties.one - deaths.first[i] * ties.part;
    add_information(at_risk, deaths, ties, 1, m_likelihood.information);
  }

 private:
  Likelihood& m_likelihood;
};

}  // namespace

TieSums tie_sums(Ties ties, double deaths, double at_risk_weight, double death_weight) {
  TieSums sums;
  if (ties != Ties::efron || deaths == 1) {
    const double inverse = 1 / at_risk_weight;
    sums.log_sum = deaths * std::log(at_risk_weight);
    sums.one = deaths * inverse;
    sums.one2 = deaths * inverse * inverse;
    return sums;
  }
  const std::size_t count = static_cast<std::size_t>(deaths);
  for (std::size_t k = 0; k < count; ++k) {
    const double f = static_cast<double>(k) / deaths;
    const double c = at_risk_weight - f * death_weight;
    const double inverse = 1 / c;
    const double inverse2 = inverse * inverse;
    sums.log_sum += std::log(c);
    sums.one += inverse;
    sums.part += f * inverse;
    sums.one2 += inverse2;
    sums.part2 += f * inverse2;
    sums.square2 += f * f * inverse2;
  }
  return sums;
}

void walk_back(const CoxRows& rows, std::span<const double> coefficients, Ties ties, Moments moments, Calls calls, CoxVisitor& visitor) {
  if (moments == Moments::second) {
    walk_with<Moments::second>(rows, coefficients.data(), ties, calls, visitor);
  } else {
    walk_with<Moments::first>(rows, coefficients.data(), ties, calls, visitor);
  }
}

void add_information(const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties, double factor, std::span<double> information) {
  const std::size_t p = at_risk.first.size();
  std::size_t at = 0;
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t j = 0; j <= i; ++j, ++at) {
      double value = at_risk.second[at] * ties.one - at_risk.first[i] * at_risk.first[j] * ties.one2;
      if (deaths.weight > 0) {
        value -= deaths.second[at] * ties.part + deaths.first[i] * deaths.first[j] * ties.square2 -
                 (at_risk.first[i] * deaths.first[j] + deaths.first[i] * at_risk.first[j]) * ties.part2;
      }
      information[i * p + j] += factor * value;
      if (i != j) information[j * p + i] += factor * value;
    }
  }
}

Likelihood cox_likelihood(const CoxRows& rows, std::span<const double> coefficients, Ties ties) {
  if (ties == Ties::exact) return exact_likelihood(rows, coefficients);
  Likelihood likelihood{0, rows.death_sum, std::vector<double>(rows.columns * rows.columns)};
  for (std::size_t i = 0; i < rows.columns; ++i) likelihood.value += rows.death_sum[i] * coefficients[i];
  LikelihoodVisitor visitor(likelihood);
  walk_back(rows, coefficients, ties, Moments::second, Calls::deaths, visitor);
  return likelihood;
}

}  // namespace waymark::stats
