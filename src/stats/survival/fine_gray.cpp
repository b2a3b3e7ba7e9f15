#include "stats/survival/fine_gray.hpp"

#include <algorithm>
#include <cmath>

#include "stats/information.hpp"
#include "stats/survival/cox_pass.hpp"

namespace waymark::stats {
namespace {

/// A day with at least one event of the cause.
struct EventDay {
  Day day = 0;
  double uncensored = 1;  // Ĝ(t−)
  std::vector<Row> deaths;
};

void add_row(RiskSums& sums, const double* x, double weight) {
  sums.weight += weight;
  std::size_t at = 0;
  for (std::size_t i = 0; i < sums.first.size(); ++i) {
    sums.first[i] += weight * x[i];
    for (std::size_t j = 0; j <= i; ++j) sums.second[at++] += weight * x[i] * x[j];
  }
}

void add_sums(RiskSums& to, const RiskSums& from, double factor) {
  to.weight += factor * from.weight;
  for (std::size_t i = 0; i < to.first.size(); ++i) to.first[i] += factor * from.first[i];
  for (std::size_t i = 0; i < to.second.size(); ++i) to.second[i] += factor * from.second[i];
}

/// Half the way from the smallest to the largest value of each column, and the middle; 0 for columns that do not vary.
struct Scale {
  std::vector<double> centre, spread;

  explicit Scale(const CoxData& data) {
    const std::size_t n = data.spells.size();
    for (std::size_t column = 0; column < data.columns; ++column) {
      const std::span<const double> values = data.covariates.subspan(column * n, n);
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      centre.push_back(*low / 2 + *high / 2);
      const double half = *high / 2 - *low / 2;
      spread.push_back(half > 1e-13 * std::abs(centre.back()) ? half : 0);
    }
  }
  [[nodiscard]] double of(std::size_t column) const { return spread[column] > 0 ? spread[column] : 1; }
};

/// One stratum: its baseline, and its curve of being censored.
class Subdistribution {
 public:
  Subdistribution(const CoxData& data, std::uint8_t cause, const Scale& scale)
      : m_columns(data.columns), m_cause(cause), m_spells(data.spells), m_order(order_by({}, data.spells.stop)) {
    const std::size_t n = data.spells.size();
    m_x.resize(n * m_columns);
    for (std::size_t column = 0; column < m_columns; ++column) {
      if (scale.spread[column] == 0) continue;
      for (std::size_t row = 0; row < n; ++row) {
        m_x[row * m_columns + column] = (data.covariates[column * n + row] - scale.centre[column]) / scale.spread[column];
      }
    }
    find_days();
  }

  [[nodiscard]] std::size_t events() const { return m_events; }
  [[nodiscard]] std::size_t competing() const { return m_competing; }

  [[nodiscard]] Likelihood likelihood(std::span<const double> coefficients) const {
    Likelihood result{0, std::vector<double>(m_columns), std::vector<double>(m_columns * m_columns)};
    each_day(coefficients, [&](const EventDay& day, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) {
      for (const Row row : day.deaths) {
        for (std::size_t i = 0; i < m_columns; ++i) {
          result.value += x(row)[i] * coefficients[i];
          result.score[i] += x(row)[i];
        }
      }
      result.value -= ties.log_sum;
      for (std::size_t i = 0; i < m_columns; ++i) result.score[i] -= at_risk.first[i] * ties.one - deaths.first[i] * ties.part;
      add_information(at_risk, deaths, ties, 1, result.information);
    });
    return result;
  }

  /// Σ of squared scores, with rows and with stretches as the unit.
  struct Squares {
    std::vector<double> rows, stretches;
  };
  [[nodiscard]] Squares squares(std::span<const double> coefficients) const;

 private:
  [[nodiscard]] const double* x(Row row) const { return &m_x[row * m_columns]; }
  [[nodiscard]] double weight(Row row, std::span<const double> coefficients) const {
    double eta = 0;
    for (std::size_t i = 0; i < m_columns; ++i) eta += x(row)[i] * coefficients[i];
    return std::exp(eta);
  }

  void find_days() {
    double at_risk = static_cast<double>(m_order.size());
    double uncensored = 1;
    m_uncensored.resize(m_order.size());
    for (std::size_t at = 0; at < m_order.size();) {
      const Day today = m_spells.stop[m_order[at]];
      EventDay day{today, uncensored, {}};
      double events = 0, censored = 0;
      for (; at < m_order.size() && m_spells.stop[m_order[at]] == today; ++at) {
        const Row row = m_order[at];
        m_uncensored[row] = uncensored;
        const std::uint8_t how = m_spells.cause[row];
        ++(how == 0 ? censored : events);
        if (how == m_cause) day.deaths.push_back(row);
        if (how != 0 && how != m_cause) ++m_competing;
      }
      if (!day.deaths.empty()) m_days.push_back(day);
      m_events += day.deaths.size();
      if (censored > 0) uncensored *= (at_risk - events - censored) / (at_risk - events);
      at_risk -= events + censored;
    }
  }

  /// Calls `visit` for every day of an event, from the last to the first, with the weighted sums over its risk set.
  template <class Visit>
  void each_day(std::span<const double> coefficients, const Visit& visit) const {
    RiskSums present(m_columns), taken(m_columns), at_risk(m_columns), deaths(m_columns);
    for (const Row row : m_order) {
      const std::uint8_t how = m_spells.cause[row];
      if (how != 0 && how != m_cause) add_row(taken, x(row), weight(row, coefficients) / m_uncensored[row]);
    }
    std::size_t left = m_order.size();
    for (std::size_t d = m_days.size(); d-- > 0;) {
      const EventDay& day = m_days[d];
      for (; left > 0 && m_spells.stop[m_order[left - 1]] >= day.day; --left) {
        const Row row = m_order[left - 1];
        const std::uint8_t how = m_spells.cause[row];
        add_row(present, x(row), weight(row, coefficients));
        if (how != 0 && how != m_cause) add_row(taken, x(row), -weight(row, coefficients) / m_uncensored[row]);
      }
      deaths.clear();
      if (day.deaths.size() > 1) {
        for (const Row row : day.deaths) add_row(deaths, x(row), weight(row, coefficients));
      }
      at_risk.clear();
      add_sums(at_risk, present, 1);
      if (taken.weight > 0) add_sums(at_risk, taken, day.uncensored);
      visit(day, at_risk, deaths, tie_sums(Ties::efron, static_cast<double>(day.deaths.size()), at_risk.weight, deaths.weight));
    }
  }

  std::size_t m_columns;
  std::uint8_t m_cause;
  Spells m_spells;
  std::vector<Row> m_order;
  std::vector<double> m_x;
  std::vector<double> m_uncensored;  // Ĝ(T−) of each row
  std::vector<EventDay> m_days;
  std::size_t m_events = 0;
  std::size_t m_competing = 0;
};

/// What one day of an event says about everybody at risk: the score of a row falls by weight·(x·hazard − first).
struct DayHazard {
  double hazard = 0;
  std::vector<double> first;
};

/// Moments of (hazard, first) over stretches of constant Ĝ: enough to square weight·(x·hazard − first) for any x.
struct StretchMoments {
  explicit StretchMoments(std::size_t columns) : mixed(columns), outer(columns * columns) {}
  double square = 0;
  std::vector<double> mixed, outer;

  void add(double factor, const DayHazard& stretch) {
    const std::size_t p = mixed.size();
    square += factor * stretch.hazard * stretch.hazard;
    for (std::size_t i = 0; i < p; ++i) {
      mixed[i] += factor * stretch.hazard * stretch.first[i];
      for (std::size_t j = 0; j < p; ++j) outer[i * p + j] += factor * stretch.first[i] * stretch.first[j];
    }
  }
};

void add_outer(std::vector<double>& sum, const std::vector<double>& score) {
  for (std::size_t i = 0; i < score.size(); ++i) {
    for (std::size_t j = 0; j < score.size(); ++j) sum[i * score.size() + j] += score[i] * score[j];
  }
}

Subdistribution::Squares Subdistribution::squares(std::span<const double> coefficients) const {
  const std::size_t p = m_columns;
  std::vector<DayHazard> hazards(m_days.size(), DayHazard{0, std::vector<double>(p)});
  std::vector<std::vector<double>> death_scores(m_spells.size());
  std::size_t d = m_days.size();
  each_day(coefficients, [&](const EventDay& day, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) {
    DayHazard& hazard = hazards[--d];
    hazard.hazard = ties.one;
    const double count = static_cast<double>(day.deaths.size());
    for (std::size_t i = 0; i < p; ++i) hazard.first[i] = at_risk.first[i] * ties.one2 - deaths.first[i] * ties.part2;
    for (const Row row : day.deaths) {
      std::vector<double>& score = death_scores[row];
      score.resize(p);
      const double w = weight(row, coefficients);
      for (std::size_t i = 0; i < p; ++i) {
        score[i] = x(row)[i] - (at_risk.first[i] * ties.one - deaths.first[i] * ties.part) / count +
                   w * (x(row)[i] * ties.part - (at_risk.first[i] * ties.part2 - deaths.first[i] * ties.square2));
      }
    }
  });

  Squares squares{std::vector<double>(p * p), std::vector<double>(p * p)};
  // What lies ahead of a day, weighted with Ĝ: the whole of it for rows, and stretch by stretch.
  std::vector<DayHazard> ahead(m_days.size() + 1, DayHazard{0, std::vector<double>(p)});
  for (std::size_t day = m_days.size(); day-- > 0;) {
    ahead[day] = ahead[day + 1];
    ahead[day].hazard += m_days[day].uncensored * hazards[day].hazard;
    for (std::size_t i = 0; i < p; ++i) ahead[day].first[i] += m_days[day].uncensored * hazards[day].first[i];
  }
  DayHazard behind{0, std::vector<double>(p)};
  std::size_t next = 0;
  std::vector<double> score(p);
  for (const Row row : m_order) {
    for (; next < m_days.size() && m_days[next].day <= m_spells.stop[row]; ++next) {
      behind.hazard += hazards[next].hazard;
      for (std::size_t i = 0; i < p; ++i) behind.first[i] += hazards[next].first[i];
    }
    const double w = weight(row, coefficients);
    for (std::size_t i = 0; i < p; ++i) score[i] = w * (behind.first[i] - x(row)[i] * behind.hazard);
    if (!death_scores[row].empty()) {
      for (std::size_t i = 0; i < p; ++i) score[i] += death_scores[row][i];
    }
    const std::uint8_t how = m_spells.cause[row];
    if (how == 0 || how == m_cause) {
      add_outer(squares.rows, score);
      add_outer(squares.stretches, score);
      continue;
    }
    const double later = w / m_uncensored[row];
    // The stretch in which a row is taken keeps the weight 1 until Ĝ falls.
    std::size_t day = next;
    for (; day < m_days.size() && m_days[day].uncensored == m_uncensored[row]; ++day) {
      for (std::size_t i = 0; i < p; ++i) score[i] += w * (hazards[day].first[i] - x(row)[i] * hazards[day].hazard);
    }
    add_outer(squares.stretches, score);
    for (std::size_t i = 0; i < p; ++i) score[i] += later * (ahead[day].first[i] - x(row)[i] * ahead[day].hazard);
    add_outer(squares.rows, score);
  }

  // Stretches of later weights: from the last, so that a row finds all that lie after the day on which it was taken.
  StretchMoments moments(p);
  std::size_t day = m_days.size();
  std::size_t left = m_order.size();
  while (left > 0) {
    const Row row = m_order[left - 1];
    // All whole stretches whose Ĝ is below that of the row.
    while (day > 0 && m_days[day - 1].uncensored < m_uncensored[row]) {
      const double uncensored = m_days[day - 1].uncensored;
      DayHazard stretch{0, std::vector<double>(p)};
      for (; day > 0 && m_days[day - 1].uncensored == uncensored; --day) {
        stretch.hazard += hazards[day - 1].hazard;
        for (std::size_t i = 0; i < p; ++i) stretch.first[i] += hazards[day - 1].first[i];
      }
      moments.add(uncensored * uncensored, stretch);
    }
    --left;
    const std::uint8_t how = m_spells.cause[row];
    if (how == 0 || how == m_cause) continue;
    const double w = weight(row, coefficients) / m_uncensored[row];
    for (std::size_t i = 0; i < p; ++i) {
      for (std::size_t j = 0; j < p; ++j) {
        squares.stretches[i * p + j] +=
            w * w * (x(row)[i] * x(row)[j] * moments.square - x(row)[i] * moments.mixed[j] - x(row)[j] * moments.mixed[i] + moments.outer[i * p + j]);
      }
    }
  }
  return squares;
}

void add(std::vector<double>& to, const std::vector<double>& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

/// The rows of one stratum, copied together.
struct StratumRows {
  std::vector<Day> stop;
  std::vector<std::uint8_t> cause;
  std::vector<double> covariates;

  StratumRows(const CoxData& data, std::span<const Row> rows) {
    for (const Row row : rows) {
      stop.push_back(data.spells.stop[row]);
      cause.push_back(data.spells.cause[row]);
    }
    const std::size_t n = data.spells.size();
    for (std::size_t column = 0; column < data.columns; ++column) {
      for (const Row row : rows) covariates.push_back(data.covariates[column * n + row]);
    }
  }
};

/// All strata: what they say is added up.
class StratifiedSubdistribution {
 public:
  StratifiedSubdistribution(const CoxData& data, std::uint8_t cause) : m_scale(data), m_columns(data.columns) {
    if (data.stratum.empty()) {
      m_strata.emplace_back(data, cause, m_scale);
      return;
    }
    const std::vector<Row> order = order_by(data.stratum, data.spells.stop);
    m_rows.reserve(count_codes(data.stratum));
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
      while (end < order.size() && data.stratum[order[end]] == data.stratum[order[first]]) ++end;
      const StratumRows& rows = m_rows.emplace_back(data, std::span(order).subspan(first, end - first));
      m_strata.emplace_back(CoxData{Spells{{}, rows.stop, rows.cause}, rows.covariates, data.columns}, cause, m_scale);
    }
  }

  [[nodiscard]] const Scale& scale() const { return m_scale; }
  [[nodiscard]] std::size_t events() const {
    std::size_t all = 0;
    for (const Subdistribution& stratum : m_strata) all += stratum.events();
    return all;
  }
  [[nodiscard]] std::size_t competing() const {
    std::size_t all = 0;
    for (const Subdistribution& stratum : m_strata) all += stratum.competing();
    return all;
  }
  [[nodiscard]] Likelihood likelihood(std::span<const double> coefficients) const {
    Likelihood all{0, std::vector<double>(m_columns), std::vector<double>(m_columns * m_columns)};
    for (const Subdistribution& stratum : m_strata) {
      const Likelihood here = stratum.likelihood(coefficients);
      all.value += here.value;
      add(all.score, here.score);
      add(all.information, here.information);
    }
    return all;
  }
  [[nodiscard]] Subdistribution::Squares squares(std::span<const double> coefficients) const {
    Subdistribution::Squares all{std::vector<double>(m_columns * m_columns), std::vector<double>(m_columns * m_columns)};
    for (const Subdistribution& stratum : m_strata) {
      const Subdistribution::Squares here = stratum.squares(coefficients);
      add(all.rows, here.rows);
      add(all.stretches, here.stretches);
    }
    return all;
  }

 private:
  Scale m_scale;
  std::size_t m_columns;
  std::vector<StratumRows> m_rows;  // reserved, so that they stay where the strata look
  std::vector<Subdistribution> m_strata;
};

}  // namespace

Result<Answer<FineGrayFit>> fit_fine_gray(const CoxData& data, std::uint8_t cause) {
  if (const Result<void> fine = check(data); !fine) return tl::unexpected(fine.error());
  if (data.spells.delayed_entry())
    return fail(Error::Kind::bad_input, "The Fine–Gray model has no form here for delayed entry.", "Leave the start times out.");
  if (!data.cluster.empty()) return fail(Error::Kind::bad_input, "The Fine–Gray model takes no clusters here.", "Leave them out.");
  if (cause == 0) return fail(Error::Kind::bad_input, "The Fine–Gray model needs a cause; 0 means censored.", "Name the event it is about.");
  const StratifiedSubdistribution model(data, cause);
  if (model.events() == 0) return Answer<FineGrayFit>(undefined("the event happened to nobody"));
  const std::size_t p = data.columns;
  FineGrayFit fit;
  fit.rows = data.spells.size();
  fit.events = model.events();
  fit.competing = model.competing();
  const Likelihood null = model.likelihood(std::vector<double>(p));
  if (Information(null.information, p).rank() == 0)
    return Answer<FineGrayFit>(undefined("no covariate varies among those at risk when the event happened"));
  const Optimum best = climb([&](std::span<const double> at) { return model.likelihood(at); }, std::vector<double>(p, 2.0), null);
  const Information information(settled_information(best), p);
  fit.log_likelihood_null = null.value;
  fit.log_likelihood = best.likelihood.value;
  fit.iterations = best.iterations;
  fit.divergence = best.divergence;
  fit.coefficient = best.coefficient;
  fit.covariance = information.inverse();
  const auto squares = model.squares(best.coefficient);
  fit.robust_covariance = product(product(fit.covariance, squares.rows, p), fit.covariance, p);
  fit.stretch_covariance = product(product(fit.covariance, squares.stretches, p), fit.covariance, p);
  fit.redundant = best.redundant;
  for (std::size_t i = 0; i < p; ++i) {
    fit.coefficient[i] /= model.scale().of(i);
    if (best.divergence[i] != Divergence::none) {
      fit.coefficient[i] = best.divergence[i] == Divergence::up ? HUGE_VAL : -HUGE_VAL;
    }
    for (std::size_t j = 0; j < p; ++j) {
      const double scale = model.scale().of(i) * model.scale().of(j);
      fit.covariance[i * p + j] /= scale;
      fit.robust_covariance[i * p + j] /= scale;
      fit.stretch_covariance[i * p + j] /= scale;
    }
  }
  return Answer<FineGrayFit>(std::move(fit));
}

Method fine_gray_method() { return {"Fine–Gray subdistribution hazards", "Fine & Gray 1999, JASA 94:496–509"}; }

}  // namespace waymark::stats
