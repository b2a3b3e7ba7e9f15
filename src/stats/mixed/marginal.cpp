#include "stats/mixed/marginal.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/Eigenvalues>

namespace waymark::stats {
namespace {

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }
/// log(1 + eˣ)
double soft_plus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

}  // namespace

HermiteRule::HermiteRule(std::size_t count) {
  const auto size = static_cast<Eigen::Index>(count);
  const Eigen::VectorXd diagonal = Eigen::VectorXd::Zero(size);
  Eigen::VectorXd beside(size - 1);
  for (Eigen::Index i = 0; i + 1 < size; ++i) beside[i] = std::sqrt(static_cast<double>(i + 1) / 2);
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(diagonal, beside, Eigen::EigenvaluesOnly);
  for (Eigen::Index i = 0; i < size; ++i) {
    const double z = (solver.eigenvalues()[i] - solver.eigenvalues()[size - 1 - i]) / 2;
    // Christoffel's weight from the orthonormal Hermite functions, e^{−z²/2} included.
    double before = 0, here = std::exp(-z * z / 2) / std::pow(std::numbers::pi, 0.25), sum = 0;
    for (std::size_t degree = 0; degree < count; ++degree) {
      sum += here * here;
      const double n = static_cast<double>(degree);
      const double next = std::sqrt(2 / (n + 1)) * z * here - std::sqrt(n / (n + 1)) * before;
      before = here;
      here = next;
    }
    node.push_back(z);
    weight.push_back(1 / sum);
  }
}

/// What a row says, as a function of how far `shift` moves its predictor: log(F(upper − shift) − F(lower − shift)), which falls apart into a function
/// of each edge and one of their distance.
struct MarginalLikelihood::Edges {
  double upper = HUGE_VAL;
  double lower = -HUGE_VAL;
  double weight = 1;
  double between = 0;        // log(1 − e^{lower − upper})
  double between_slope = 0;  // its derivative by upper

  struct At {
    double upper = 0, upper_density = 0, upper_bend = 0;  // 1 − F, f, f′ at the upper edge; 0 where it is infinite
    double lower = 0, lower_density = 0, lower_bend = 0;  // F, f, f′ at the lower
    [[nodiscard]] double first() const { return lower - upper; }
    [[nodiscard]] double second() const { return -upper_density - lower_density; }
    [[nodiscard]] double third() const { return upper_bend + lower_bend; }
  };
  [[nodiscard]] At at(double shift) const {
    At result;
    if (std::isfinite(upper)) {
      result.upper = logistic(shift - upper);
      result.upper_density = result.upper * (1 - result.upper);
      result.upper_bend = result.upper_density * (2 * result.upper - 1);
    }
    if (std::isfinite(lower)) {
      result.lower = logistic(lower - shift);
      result.lower_density = result.lower * (1 - result.lower);
      result.lower_bend = result.lower_density * (1 - 2 * result.lower);
    }
    return result;
  }
  [[nodiscard]] double value(double shift) const {
    return between - (std::isfinite(upper) ? soft_plus(shift - upper) : 0) - (std::isfinite(lower) ? soft_plus(lower - shift) : 0);
  }
};

MarginalLikelihood::MarginalLikelihood(std::vector<MixedRow> rows, std::vector<double> covariates, std::size_t columns, std::size_t categories,
                                       std::size_t nodes)
    : m_rows(std::move(rows)), m_x(std::move(covariates)), m_columns(columns), m_categories(categories), m_rule(nodes) {
  std::stable_sort(m_rows.begin(), m_rows.end(), [](const MixedRow& a, const MixedRow& b) { return a.group < b.group; });
  for (std::size_t at = 1; at <= m_rows.size(); ++at) {
    if (at == m_rows.size() || m_rows[at].group != m_rows[at - 1].group) m_ends.push_back(at);
  }
}

std::vector<MarginalLikelihood::Edges> MarginalLikelihood::edges(std::span<const double> parameters, std::size_t first, std::size_t last) const {
  std::vector<Edges> result;
  for (std::size_t at = first; at < last; ++at) {
    const MixedRow& row = m_rows[at];
    double predictor = 0;
    for (std::size_t j = 0; j < m_columns; ++j) predictor += m_x[row.x * m_columns + j] * parameters[thresholds() + j];
    Edges here;
    here.weight = row.weight;
    if (row.category < thresholds()) here.upper = parameters[row.category] - predictor;
    if (row.category > 0) here.lower = parameters[row.category - 1] - predictor;
    if (row.category > 0 && row.category < thresholds()) {
      const double distance = parameters[row.category] - parameters[row.category - 1];
      here.between = std::log(-std::expm1(-distance));
      here.between_slope = 1 / std::expm1(distance);
    }
    result.push_back(here);
  }
  return result;
}

MarginalLikelihood::Mode MarginalLikelihood::mode(std::span<const Edges> rows, double sigma) {
  const auto height = [&](double u) {
    double sum = -u * u / 2;
    for (const Edges& row : rows) sum += row.weight * row.value(sigma * u);
    return sum;
  };
  Mode result;
  double value = height(0);
  for (int iteration = 0; iteration < 100; ++iteration) {
    double slope = -result.place;
    result.curvature = 1;
    for (const Edges& row : rows) {
      const Edges::At at = row.at(sigma * result.place);
      slope += row.weight * sigma * at.first();
      result.curvature -= row.weight * sigma * sigma * at.second();
    }
    double step = slope / result.curvature;
    if (std::abs(step) < 1e-14 * (1 + std::abs(result.place))) break;
    double next = height(result.place + step);
    for (int halvings = 0; halvings < 40 && !(next >= value - 1e-12 * std::abs(value)); ++halvings) {
      step /= 2;
      next = height(result.place + step);
    }
    result.place += step;
    value = next;
  }
  return result;
}

std::vector<MarginalLikelihood::Mode> MarginalLikelihood::modes(std::span<const double> parameters) const {
  std::vector<Mode> result;
  std::size_t first = 0;
  for (const std::size_t last : m_ends) {
    result.push_back(mode(edges(parameters, first, last), parameters.back()));
    result.back().group = m_rows[first].group;
    first = last;
  }
  return result;
}

double MarginalLikelihood::add_group(std::span<const double> parameters, std::size_t first, std::size_t last, std::vector<double>& gradient) const {
  const double sigma = parameters.back();
  const std::vector<Edges> rows = edges(parameters, first, last);
  const Mode top = mode(rows, sigma);
  const double stretch = 1 / std::sqrt(top.curvature);
  const std::size_t nodes = m_rule.node.size(), p = this->parameters();

  // How the rule itself moves with the parameters: derivatives of the mode and of the logarithm of its width.
  std::vector<double> slope(p), bend(p);  // of the first and of the second derivative at the mode
  double third = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const MixedRow& row = m_rows[first + i];
    const Edges::At at = rows[i].at(sigma * top.place);
    const double w = rows[i].weight, w1 = w * sigma, w2 = w1 * sigma;
    third += w2 * sigma * at.third();
    if (row.category < thresholds()) {
      slope[row.category] += w1 * at.upper_density;
      bend[row.category] -= w2 * at.upper_bend;
    }
    if (row.category > 0) {
      slope[row.category - 1] += w1 * at.lower_density;
      bend[row.category - 1] -= w2 * at.lower_bend;
    }
    for (std::size_t j = 0; j < m_columns; ++j) {
      slope[thresholds() + j] += w1 * at.second() * m_x[row.x * m_columns + j];
      bend[thresholds() + j] += w2 * at.third() * m_x[row.x * m_columns + j];
    }
    slope[p - 1] += w * at.first() + w1 * top.place * at.second();
    bend[p - 1] += 2 * w1 * at.second() + w2 * top.place * at.third();
  }

  std::vector<double> place(nodes), share(nodes);
  double highest = -HUGE_VAL;
  for (std::size_t k = 0; k < nodes; ++k) {
    place[k] = top.place + std::numbers::sqrt2 * stretch * m_rule.node[k];
    share[k] = std::log(m_rule.weight[k]) - place[k] * place[k] / 2;
    for (const Edges& row : rows) share[k] += row.weight * row.value(sigma * place[k]);
    highest = std::max(highest, share[k]);
  }
  double sum = 0;
  for (double& value : share) sum += value = std::exp(value - highest);

  double with_mode = 0, with_width = 1;
  for (std::size_t k = 0; k < nodes; ++k) {
    share[k] /= sum;
    double at_node = -place[k];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const MixedRow& row = m_rows[first + i];
      const Edges::At at = rows[i].at(sigma * place[k]);
      const double w = share[k] * rows[i].weight;
      at_node += rows[i].weight * sigma * at.first();
      if (row.category < thresholds()) gradient[row.category] += w * (at.upper + rows[i].between_slope);
      if (row.category > 0) gradient[row.category - 1] -= w * (at.lower + rows[i].between_slope);
      for (std::size_t j = 0; j < m_columns; ++j) gradient[thresholds() + j] += w * at.first() * m_x[row.x * m_columns + j];
      gradient[p - 1] += w * place[k] * at.first();
    }
    with_mode += share[k] * at_node;
    with_width += share[k] * at_node * (place[k] - top.place);
  }
  for (std::size_t i = 0; i < p; ++i) {
    const double mode_moves = slope[i] / top.curvature;
    const double width_moves = (bend[i] + third * mode_moves) / (2 * top.curvature);
    gradient[i] += with_mode * mode_moves + with_width * width_moves;
  }
  return highest + std::log(sum * stretch) - std::log(std::numbers::pi) / 2;
}

MarginalLikelihood::Point MarginalLikelihood::at(std::span<const double> parameters) const {
  Point point{0, std::vector<double>(this->parameters())};
  for (std::size_t i = 1; i < thresholds(); ++i) {
    if (!(parameters[i] > parameters[i - 1])) return {-HUGE_VAL, std::move(point.gradient)};
  }
  std::size_t first = 0;
  for (const std::size_t last : m_ends) {
    point.value += add_group(parameters, first, last, point.gradient);
    first = last;
  }
  return point;
}

}  // namespace waymark::stats
