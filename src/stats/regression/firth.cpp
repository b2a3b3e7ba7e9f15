#include "stats/regression/firth.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distributions.hpp"
#include "stats/information.hpp"
#include "stats/regression/design.hpp"
#include "stats/roots.hpp"

namespace waymark::stats {
namespace {

/// An intercept and the columns divided by their spread but not centred, so that every coefficient of the data is one of the model and can be
/// held while the others move. Redundant columns are left out.
class Penalised {
 public:
  explicit Penalised(const RegressionData& data) : m_outcome(data.outcome), m_rows(data.size()) {
    const Design design(data);
    std::vector<double> information(design.columns() * design.columns());
    for (std::size_t at = 0; at < m_rows; ++at) add_outer_product(information, design.row(at), design.columns(), 0.25);
    const Information at_zero(information, design.columns());
    for (std::size_t i = 0; i < design.columns(); ++i) {
      if (at_zero.redundant(i)) continue;
      m_kept.push_back(i);
      m_scale.push_back(i == 0 ? 1 : 1 / design.contrast(i)[i]);
    }
    m_x.resize(m_rows * m_kept.size());
    for (std::size_t at = 0; at < m_rows; ++at) {
      for (std::size_t i = 0; i < m_kept.size(); ++i) {
        m_x[at * m_kept.size() + i] = m_kept[i] == 0 ? 1 : data.covariates[(m_kept[i] - 1) * m_rows + at] / m_scale[i];
      }
    }
  }

  /// Places of the columns that are in the model.
  [[nodiscard]] const std::vector<std::size_t>& kept() const { return m_kept; }
  [[nodiscard]] std::size_t columns() const { return m_kept.size(); }
  /// By what a column was divided.
  [[nodiscard]] double scale(std::size_t place) const { return m_scale[place]; }

  struct Point {
    std::vector<double> coefficient;
    double value = -HUGE_VAL;
    std::vector<double> score;
    std::vector<double> information;
    int iterations = 0;
  };

  [[nodiscard]] Point at(std::vector<double> coefficients) const {
    const std::size_t p = columns();
    Point point{std::move(coefficients), 0, std::vector<double>(p), std::vector<double>(p * p), 0};
    std::vector<RowLikelihood> rows;
    rows.reserve(m_rows);
    for (std::size_t at = 0; at < m_rows; ++at) {
      double eta = 0;
      for (std::size_t i = 0; i < p; ++i) eta += x(at)[i] * point.coefficient[i];
      rows.push_back(row_likelihood(Family::logit, m_outcome[at], eta));
      point.value += rows.back().value;
      add_outer_product(point.information, x(at), p, rows.back().weight);
    }
    const Information information(point.information, p, 1e-300);
    point.value += information.rank() == p ? information.log_determinant() / 2 : -HUGE_VAL;
    const std::vector<double> inverse = information.inverse();
    for (std::size_t at = 0; at < m_rows; ++at) {
      // h, the row's place on the diagonal of the hat matrix, times 1/2 − p.
      double hat = 0;
      for (std::size_t i = 0; i < p; ++i) {
        for (std::size_t j = 0; j < p; ++j) hat += x(at)[i] * inverse[i * p + j] * x(at)[j];
      }
      const double probability = m_outcome[at] - rows[at].score;
      const double score = rows[at].score + hat * rows[at].weight * (0.5 - probability);
      for (std::size_t i = 0; i < p; ++i) point.score[i] += score * x(at)[i];
    }
    return point;
  }

  /// The highest point from `start` with the coefficients for which `fixed` is not 0 held where they are.
  [[nodiscard]] Point climb_from(std::vector<double> start, std::span<const double> fixed) const {
    const std::size_t p = columns();
    Point best = at(std::move(start));
    for (int iteration = 0; iteration < 500; ++iteration) {
      best.iterations = iteration;
      std::vector<double> free_information = best.information;
      std::vector<double> free_score = best.score;
      for (std::size_t i = 0; i < p; ++i) {
        if (fixed[i] == 0) continue;
        free_score[i] = 0;
        for (std::size_t j = 0; j < p; ++j) free_information[i * p + j] = free_information[j * p + i] = 0;
      }
      std::vector<double> step = Information(free_information, p, 1e-300).solve(free_score);
      double largest = 0;
      for (const double value : step) largest = std::max(largest, std::abs(value));
      if (largest > 2) {
        for (double& value : step) value *= 2 / largest;
      }
      if (largest < 1e-13) return best;
      Point next = at(moved(best.coefficient, step));
      for (int halvings = 0; halvings < 30 && !(next.value >= best.value - 1e-12 * std::abs(best.value)); ++halvings) {
        for (double& value : step) value /= 2;
        next = at(moved(best.coefficient, step));
      }
      best = std::move(next);
    }
    return best;
  }

 private:
  [[nodiscard]] const double* x(std::size_t at) const { return &m_x[at * m_kept.size()]; }
  static std::vector<double> moved(std::vector<double> from, const std::vector<double>& step) {
    for (std::size_t i = 0; i < from.size(); ++i) from[i] += step[i];
    return from;
  }

  std::span<const double> m_outcome;
  std::size_t m_rows;
  std::vector<std::size_t> m_kept;
  std::vector<double> m_scale;
  std::vector<double> m_x;
};

/// The penalised log-likelihood with one coefficient held, less `level`.
class Profile {
 public:
  Profile(const Penalised& model, const Penalised::Point& best, std::size_t place, double level)
      : m_model(model), m_best(best), m_place(place), m_level(level), m_fixed(model.columns()) {
    m_fixed[place] = 1;
  }

  [[nodiscard]] double above(double estimate) const {
    std::vector<double> start = m_best.coefficient;
    start[m_place] = estimate;
    return m_model.climb_from(std::move(start), m_fixed).value - m_level;
  }

  /// Where the profile falls to the level, going from the estimate in steps of `step`.
  [[nodiscard]] double bound(double step) const {
    const double estimate = m_best.coefficient[m_place];
    double inside = estimate;
    double outside = estimate + 1.5 * step;
    for (int doublings = 0; above(outside) > 0; ++doublings) {
      if (doublings == 24) return step > 0 ? HUGE_VAL : -HUGE_VAL;
      inside = outside;
      outside += std::ldexp(step, doublings / 2);
    }
    const auto root = find_root([this](double at) { return above(at); }, std::min(inside, outside), std::max(inside, outside));
    return root.value_or(outside);
  }

 private:
  const Penalised& m_model;
  const Penalised::Point& m_best;
  std::size_t m_place;
  double m_level;
  std::vector<double> m_fixed;
};

}  // namespace

Result<Answer<FirthFit>> fit_firth(const RegressionData& data, Confidence confidence) {
  if (const Result<void> fine = check(data, Family::logit); !fine) return tl::unexpected(fine.error());
  const auto [low, high] = std::minmax_element(data.outcome.begin(), data.outcome.end());
  if (*low == *high) return Answer<FirthFit>(undefined("the outcome is the same in every row"));
  const Penalised model(data);
  const std::size_t p = model.columns();
  if (data.size() < p) return Answer<FirthFit>(undefined("there are fewer rows than coefficients"));
  const Penalised::Point best = model.climb_from(std::vector<double>(p), std::vector<double>(p));
  const std::vector<double> covariance = Information(best.information, p, 1e-300).inverse();

  FirthFit fit;
  fit.rows = data.size();
  for (const double value : data.outcome) fit.events += value > 0 ? 1 : 0;
  fit.iterations = best.iterations;
  fit.penalised_log_likelihood = best.value;
  for (std::size_t i = 0; i < p; ++i) fit.penalised_log_likelihood += std::log(model.scale(i));
  const std::size_t all = data.columns + 1;
  fit.covariance.resize(all * all);
  fit.coefficient.assign(all, undefined("the column repeats what earlier ones say"));
  const double drop = chi_squared_quantile(confidence.value(), 1) / 2;
  for (std::size_t i = 0; i < p; ++i) {
    const std::size_t place = model.kept()[i];
    for (std::size_t j = 0; j < p; ++j) {
      fit.covariance[place * all + model.kept()[j]] = covariance[i * p + j] / (model.scale(i) * model.scale(j));
    }
    const double error = std::sqrt(covariance[i * p + i]);
    const Profile profile(model, best, i, best.value - drop);
    FirthFit::Coefficient here;
    here.estimate = best.coefficient[i] / model.scale(i);
    here.standard_error = error / model.scale(i);
    here.interval = {profile.bound(-error) / model.scale(i), profile.bound(error) / model.scale(i)};
    here.likelihood_ratio = chi_squared_test(-2 * (profile.above(0) - drop), 1);
    fit.coefficient[place] = here;
  }
  return Answer<FirthFit>(std::move(fit));
}

Method firth_method() {
  return {"Firth's logistic regression with profile intervals",
          "Firth 1993, Biometrika 80:27–38; Heinze & Schemper 2002, Statistics in Medicine 21:2409–2419"};
}

}  // namespace waymark::stats
