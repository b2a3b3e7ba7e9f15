// What is asked of a Cox model once it is fitted: proportional hazards, baseline, residuals.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/information.hpp"
#include "stats/survival/cox_scores.hpp"
#include "stats/survival/kaplan_meier.hpp"

namespace waymark::stats {
namespace {

constexpr const char* no_estimate = "a coefficient runs to infinity, so there is no fitted model to look at";

std::vector<double> scaled(const CoxRows& rows, const CoxFit& fit) {
  std::vector<double> coefficients = fit.coefficient;
  for (std::size_t i = 0; i < rows.columns; ++i) coefficients[i] *= rows.spread[i];
  return coefficients;
}

/// g of the day of each block, less its mean over the events.
Answer<std::vector<double>> stretched_days(const CoxData& data, const CoxRows& rows, TimeScale scale) {
  std::vector<double> values;
  std::vector<Day> sorted;
  SurvivalCurve curve;
  if (scale == TimeScale::kaplan_meier) curve = std::move((*kaplan_meier(data.spells, {}))[0]);
  if (scale == TimeScale::rank) {
    sorted.assign(data.spells.stop.begin(), data.spells.stop.end());
    std::sort(sorted.begin(), sorted.end());
  }
  for (const CoxBlock& block : rows.blocks) {
    switch (scale) {
      case TimeScale::kaplan_meier: values.push_back(1 - curve.at(block.day - 1)); break;
      case TimeScale::identity: values.push_back(static_cast<double>(block.day)); break;
      case TimeScale::log:
        if (block.day == 0) return undefined("the logarithm of day 0 has no value");
        values.push_back(std::log(static_cast<double>(block.day)));
        break;
      case TimeScale::rank: {
        const auto [low, high] = std::equal_range(sorted.begin(), sorted.end(), block.day);
        values.push_back(static_cast<double>((low - sorted.begin()) + (high - sorted.begin()) + 1) / 2);
        break;
      }
    }
  }
  double mean = 0;
  for (std::size_t b = 0; b < values.size(); ++b) mean += values[b] * rows.blocks[b].deaths();
  mean /= static_cast<double>(rows.events);
  for (double& value : values) value -= mean;
  return values;
}

/// The score for a slope of each coefficient over g, and the information of coefficients and slopes together.
class SlopeVisitor : public CoxVisitor {
 public:
  SlopeVisitor(const CoxRows& rows, const std::vector<double>& stretched)
      : score(rows.columns), m_rows(rows), m_stretched(stretched), m_block(rows.blocks.size()) {
    for (std::vector<double>& part : information) part.resize(rows.columns * rows.columns);
  }

  void deaths(const CoxBlock& block, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) override {
    const double g = m_stretched[--m_block];
    const std::size_t p = m_rows.columns;
    for (std::size_t i = 0; i < p; ++i) {
      double seen = 0;
      for (Row place = block.begin; place < block.deaths_end; ++place) seen += m_rows.row(place)[i];
      score[i] += g * (seen - (at_risk.first[i] * ties.one - deaths.first[i] * ties.part));
    }
    std::vector<double> here(p * p);
    add_information(at_risk, deaths, ties, 1, here);
    for (std::size_t at = 0; at < here.size(); ++at) {
      information[0][at] += here[at];
      information[1][at] += g * here[at];
      information[2][at] += g * g * here[at];
    }
  }

  std::vector<double> score;
  std::vector<double> information[3];  // by the power of g

 private:
  const CoxRows& m_rows;
  const std::vector<double>& m_stretched;
  std::size_t m_block;
};

class HazardVisitor : public CoxVisitor {
 public:
  explicit HazardVisitor(std::size_t blocks) : increment(blocks), m_block(blocks) {}
  void deaths(const CoxBlock&, const RiskSums&, const RiskSums&, const TieSums& ties) override { increment[--m_block] = ties.one; }

  std::vector<double> increment;

 private:
  std::size_t m_block;
};

class SchoenfeldVisitor : public CoxVisitor {
 public:
  SchoenfeldVisitor(const CoxRows& rows, CoxResiduals& residuals) : m_rows(rows), m_residuals(residuals), m_event(rows.events) {
    residuals.event_row.resize(rows.events);
    residuals.schoenfeld.resize(rows.events * rows.columns);
  }

  void deaths(const CoxBlock& block, const RiskSums& at_risk, const RiskSums& deaths, const TieSums& ties) override {
    const std::size_t p = m_rows.columns;
    for (Row place = block.deaths_end; place-- > block.begin;) {
      --m_event;
      m_residuals.event_row[m_event] = m_rows.input[place];
      for (std::size_t i = 0; i < p; ++i) {
        const double mean = (at_risk.first[i] * ties.one - deaths.first[i] * ties.part) / block.deaths();
        m_residuals.schoenfeld[m_event * p + i] = (m_rows.row(place)[i] - mean) * m_rows.spread[i];
      }
    }
  }

 private:
  const CoxRows& m_rows;
  CoxResiduals& m_residuals;
  std::size_t m_event;
};

}  // namespace

Answer<ProportionalHazards> proportional_hazards(const CoxData& data, const CoxFit& fit, Ties ties, TimeScale scale) {
  if (fit.diverges()) return undefined(no_estimate);
  const CoxRows rows = arrange(data);
  const std::size_t p = rows.columns;
  const Answer<std::vector<double>> stretched = stretched_days(data, rows, scale);
  if (!stretched) return tl::unexpected(stretched.error());
  SlopeVisitor slopes(rows, *stretched);
  walk_back(rows, scaled(rows, fit), ties, Moments::second, Calls::deaths, slopes);

  const auto test = [&](const std::vector<std::size_t>& columns) {
    const std::size_t size = p + columns.size();
    std::vector<double> matrix(size * size);
    std::vector<double> score(size);
    const auto column_of = [&](std::size_t i) { return i < p ? i : columns[i - p]; };
    for (std::size_t i = 0; i < size; ++i) {
      if (i >= p) score[i] = slopes.score[columns[i - p]];
      for (std::size_t j = 0; j < size; ++j) {
        matrix[i * size + j] = slopes.information[(i >= p) + (j >= p)][column_of(i) * p + column_of(j)];
      }
    }
    const Information information(matrix, size, 1e-9);
    std::size_t degrees = 0;
    for (std::size_t i = p; i < size; ++i) degrees += information.redundant(i) ? 0 : 1;
    return chi_squared_test(information.squared_length(score), degrees);
  };
  ProportionalHazards result;
  std::vector<std::size_t> all(p);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t column = 0; column < p; ++column) result.column.push_back(test({column}));
  result.all = test(all);
  return result;
}

Answer<std::vector<BaselineHazard>> baseline_hazard(const CoxData& data, const CoxFit& fit, Ties ties) {
  if (fit.diverges()) return undefined(no_estimate);
  const CoxRows rows = arrange(data);
  HazardVisitor hazards(rows.blocks.size());
  const std::vector<double> coefficients = scaled(rows, fit);
  walk_back(rows, coefficients, ties, Moments::first, Calls::deaths, hazards);
  double at_centre = 0;
  for (std::size_t i = 0; i < rows.columns; ++i) at_centre += rows.centre[i] * fit.coefficient[i];
  const double factor = std::exp(-at_centre);

  std::vector<BaselineHazard> result;
  const std::vector<Row> order = order_by(data.stratum, data.spells.stop);
  const auto stratum_of = [&](Row row) { return data.stratum.empty() ? Code{0} : data.stratum[row]; };
  std::size_t b = 0;
  for (std::size_t at = 0; at < order.size();) {
    BaselineHazard here;
    here.stratum = stratum_of(order[at]);
    double hazard = 0;
    for (; at < order.size() && stratum_of(order[at]) == here.stratum; ++at) {
      const Day day = data.spells.stop[order[at]];
      if (!here.day.empty() && here.day.back() == day) continue;
      const bool event = b < rows.blocks.size() && rows.blocks[b].day == day && stratum_of(rows.input[rows.blocks[b].begin]) == here.stratum;
      if (event) hazard += hazards.increment[b++] * factor;
      here.day.push_back(day);
      here.hazard.push_back(hazard);
    }
    result.push_back(std::move(here));
  }
  return result;
}

Answer<CoxResiduals> cox_residuals(const CoxData& data, const CoxFit& fit, Ties ties) {
  if (fit.diverges()) return undefined(no_estimate);
  const CoxRows rows = arrange(data);
  const std::size_t p = rows.columns;
  const std::size_t n = data.spells.size();
  const std::vector<double> coefficients = scaled(rows, fit);
  std::vector<Code> itself(n);
  std::iota(itself.begin(), itself.end(), Code{0});
  ScoreSums sums = sum_scores(rows, coefficients, ties, itself, n);
  CoxResiduals residuals;
  residuals.martingale = std::move(sums.martingale);
  residuals.score = std::move(sums.score);
  residuals.dfbeta.resize(n * p);
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t i = 0; i < p; ++i) residuals.score[row * p + i] *= rows.spread[i];
    for (std::size_t i = 0; i < p; ++i) {
      for (std::size_t j = 0; j < p; ++j) residuals.dfbeta[row * p + i] += fit.covariance[i * p + j] * residuals.score[row * p + j];
    }
  }
  SchoenfeldVisitor schoenfeld(rows, residuals);
  walk_back(rows, coefficients, ties, Moments::first, Calls::deaths, schoenfeld);
  return residuals;
}

}  // namespace waymark::stats
