#include "stats/severity/facets_model.hpp"

#include <Eigen/Dense>

namespace waymark::stats {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// The information of judges, criteria and, if wanted, thresholds once the ratees are eliminated.
template <class Weight, class Cross>
Eigen::MatrixXd eliminate_ratees(const FacetsRows& rows, std::size_t thresholds, const Weight& weight, const Cross& cross,
                                 std::vector<double>& ratee_diagonal, Eigen::MatrixXd* link) {
  const std::size_t others = rows.judges + rows.criteria + thresholds;
  const auto index = [](std::size_t at) { return static_cast<Eigen::Index>(at); };
  Eigen::MatrixXd rest = Eigen::MatrixXd::Zero(index(others), index(others));
  ratee_diagonal.assign(rows.ratees, 0);
  if (link != nullptr) *link = Eigen::MatrixXd::Zero(index(others), index(rows.ratees));
  for (std::size_t at = 0; at < rows.lines.size();) {
    const Row ratee = rows.lines[at].ratee;
    std::vector<double> row(others);
    std::vector<Row> touched;
    double all = 0;
    const auto touch = [&](Row place, double value) {
      if (row[place] == 0) touched.push_back(place);
      row[place] += value;
    };
    for (; at < rows.lines.size() && rows.lines[at].ratee == ratee; ++at) {
      const double w = weight(at);
      const Row judge = static_cast<Row>(rows.lines[at].judge - rows.ratees);
      const Row criterion = static_cast<Row>(rows.lines[at].criterion - rows.ratees);
      all += w;
      touch(judge, -w);
      touch(criterion, -w);
      rest(judge, judge) += w;
      rest(criterion, criterion) += w;
      rest(judge, criterion) += w;
      rest(criterion, judge) += w;
    }
    for (std::size_t h = 0; h < thresholds; ++h) touch(static_cast<Row>(rows.judges + rows.criteria + h), cross(ratee, h));
    ratee_diagonal[ratee] = all;
    for (const Row a : touched) {
      for (const Row b : touched) rest(a, b) -= row[a] * row[b] / all;
      if (link != nullptr) (*link)(a, ratee) = row[a];
    }
  }
  return rest;
}

}  // namespace

FacetsModel::FacetsModel(const FacetsRows& rows)
    : m_rows(rows),
      m_variance(rows.lines.size()),
      m_score(rows.parameters()),
      m_diagonal(rows.parameters()),
      m_cross(rows.elements() * rows.thresholds),
      m_between(rows.thresholds * rows.thresholds) {}

double FacetsModel::evaluate(std::span<const double> parameters) {
  const std::size_t m = m_rows.thresholds;
  const std::size_t elements = m_rows.elements();
  std::fill(m_score.begin(), m_score.end(), 0.0);
  std::fill(m_diagonal.begin(), m_diagonal.end(), 0.0);
  std::fill(m_cross.begin(), m_cross.end(), 0.0);
  std::fill(m_between.begin(), m_between.end(), 0.0);
  const RatingScale scale(parameters.subspan(elements, m));
  ScalePoint point;
  std::array<double, most_categories> above{}, with_mean{};
  double value = 0;
  for (std::size_t at = 0; at < m_rows.lines.size(); ++at) {
    const FacetsRows::Line& line = m_rows.lines[at];
    scale.at(parameters[line.ratee] - parameters[line.judge] - parameters[line.criterion], point);
    value += std::log(point.probability[line.category]);
    const double residual = static_cast<double>(line.category) - point.mean;
    m_variance[at] = point.variance;
    m_score[line.ratee] += residual;
    m_score[line.judge] -= residual;
    m_score[line.criterion] -= residual;
    m_diagonal[line.ratee] += point.variance;
    m_diagonal[line.judge] += point.variance;
    m_diagonal[line.criterion] += point.variance;
    // P(X ≥ h) and E(X·1{X ≥ h}), from the top.
    double sum = 0, first = 0;
    for (std::size_t h = m; h > 0; --h) {
      sum += point.probability[h];
      first += static_cast<double>(h) * point.probability[h];
      above[h - 1] = sum;
      with_mean[h - 1] = first - sum * point.mean;
    }
    for (std::size_t h = 0; h < m; ++h) {
      m_score[elements + h] -= (line.category > h ? 1.0 : 0.0) - above[h];
      m_cross[line.ratee * m + h] -= with_mean[h];
      m_cross[line.judge * m + h] += with_mean[h];
      m_cross[line.criterion * m + h] += with_mean[h];
      for (std::size_t g = 0; g <= h; ++g) m_between[h * m + g] += above[h] * (1 - above[g]);
    }
  }
  for (std::size_t h = 0; h < m; ++h) {
    m_diagonal[elements + h] = m_between[h * m + h];
    for (std::size_t g = 0; g < h; ++g) m_between[g * m + h] = m_between[h * m + g];
  }
  return value;
}

void FacetsModel::multiply(std::span<const double> direction, std::span<double> result) const {
  const std::size_t m = m_rows.thresholds;
  const std::size_t elements = m_rows.elements();
  std::fill(result.begin(), result.end(), 0.0);
  for (std::size_t at = 0; at < m_rows.lines.size(); ++at) {
    const FacetsRows::Line& line = m_rows.lines[at];
    const double change = m_variance[at] * (direction[line.ratee] - direction[line.judge] - direction[line.criterion]);
    result[line.ratee] += change;
    result[line.judge] -= change;
    result[line.criterion] -= change;
  }
  for (std::size_t e = 0; e < elements; ++e) {
    for (std::size_t h = 0; h < m; ++h) {
      result[e] += cross(e, h) * direction[elements + h];
      result[elements + h] += cross(e, h) * direction[e];
    }
  }
  for (std::size_t h = 0; h < m; ++h) {
    for (std::size_t g = 0; g < m; ++g) result[elements + h] += m_between[h * m + g] * direction[elements + g];
  }
}

std::vector<double> FacetsModel::step(double tolerance) const {
  const std::size_t size = m_rows.parameters();
  std::vector<double> x(size), residual = m_score, scaled(size), direction(size), image(size);
  take_out_shifts(residual);
  const auto precondition = [&] {
    for (std::size_t i = 0; i < size; ++i) scaled[i] = m_diagonal[i] > 0 ? residual[i] / m_diagonal[i] : 0;
  };
  precondition();
  direction = scaled;
  double length = dot(residual, scaled);
  const double enough = length * tolerance * tolerance;
  for (int iteration = 0; iteration < 500 && length > enough; ++iteration) {
    multiply(direction, image);
    const double curvature = dot(direction, image);
    if (!(curvature > 0)) break;
    const double alpha = length / curvature;
    for (std::size_t i = 0; i < size; ++i) {
      x[i] += alpha * direction[i];
      residual[i] -= alpha * image[i];
    }
    precondition();
    const double next = dot(residual, scaled);
    const double beta = next / length;
    length = next;
    for (std::size_t i = 0; i < size; ++i) direction[i] = scaled[i] + beta * direction[i];
  }
  return x;
}

std::vector<double> FacetsModel::joint_errors() const {
  const std::size_t m = m_rows.thresholds;
  const std::size_t others = m_rows.judges + m_rows.criteria + m;
  const auto index = [](std::size_t at) { return static_cast<Eigen::Index>(at); };
  std::vector<double> ratee_diagonal;
  Eigen::MatrixXd link;
  Eigen::MatrixXd rest = eliminate_ratees(
      m_rows, m, [&](std::size_t at) { return m_variance[at]; }, [&](std::size_t ratee, std::size_t h) { return cross(ratee, h); }, ratee_diagonal,
      &link);
  for (std::size_t h = 0; h < m; ++h) {
    for (std::size_t e = 0; e < m_rows.judges + m_rows.criteria; ++e) {
      rest(index(e), index(m_rows.judges + m_rows.criteria + h)) += cross(m_rows.ratees + e, h);
      rest(index(m_rows.judges + m_rows.criteria + h), index(e)) += cross(m_rows.ratees + e, h);
    }
    for (std::size_t g = 0; g < m; ++g) {
      rest(index(m_rows.judges + m_rows.criteria + h), index(m_rows.judges + m_rows.criteria + g)) += m_between[h * m + g];
    }
  }
  // Each facet may be shifted against the ratees; that direction is filled in, and taken out of the inverse again.
  Eigen::MatrixXd shifts = Eigen::MatrixXd::Zero(index(others), 3);
  const std::array<std::pair<std::size_t, std::size_t>, 3> facets{std::pair{std::size_t{0}, m_rows.judges}, std::pair{m_rows.judges, m_rows.criteria},
                                                                  std::pair{m_rows.judges + m_rows.criteria, m}};
  for (std::size_t facet = 0; facet < 3; ++facet) {
    const auto [begin, size] = facets[facet];
    if (size > 0) shifts.col(index(facet)).segment(index(begin), index(size)).setConstant(1 / std::sqrt(static_cast<double>(size)));
  }
  const double filling = rest.diagonal().mean();
  const Eigen::MatrixXd filled = rest + filling * shifts * shifts.transpose();
  Eigen::MatrixXd covariance = filled.ldlt().solve(Eigen::MatrixXd::Identity(index(others), index(others)));
  covariance -= shifts * shifts.transpose() / filling;

  std::vector<double> errors(m_rows.parameters());
  for (std::size_t ratee = 0; ratee < m_rows.ratees; ++ratee) {
    const double d = ratee_diagonal[ratee];
    const Eigen::VectorXd tie = link.col(index(ratee)) / d;
    errors[ratee] = std::sqrt(std::max(0.0, 1 / d + tie.dot(covariance * tie)));
  }
  for (std::size_t at = 0; at < others; ++at) errors[m_rows.ratees + at] = std::sqrt(std::max(0.0, covariance(index(at), index(at))));
  return errors;
}

bool FacetsModel::separable() const {
  std::vector<double> ratee_diagonal;
  const Eigen::MatrixXd rest = eliminate_ratees(
      m_rows, 0, [](std::size_t) { return 1.0; }, [](std::size_t, std::size_t) { return 0.0; }, ratee_diagonal, nullptr);
  // Two shifts are always free: judges against ratees, criteria against ratees.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(rest, Eigen::EigenvaluesOnly);
  const Eigen::VectorXd values = solver.eigenvalues();
  return values.size() <= 2 || values[2] > 1e-9 * std::max(1.0, values[values.size() - 1]);
}

void FacetsModel::take_out_shifts(std::vector<double>& score) const {
  // What judges lose the ratees gain, and so on: the score sums to 0 along each shift but for rounding, which would grow.
  const auto sum = [&](std::size_t begin, std::size_t size) {
    double total = 0;
    for (std::size_t i = begin; i < begin + size; ++i) total += score[i];
    return total;
  };
  const double ratees = sum(0, m_rows.ratees);
  const std::size_t begins[] = {m_rows.ratees, m_rows.ratees + m_rows.judges, m_rows.elements()};
  const std::size_t sizes[] = {m_rows.judges, m_rows.criteria, m_rows.thresholds};
  for (std::size_t facet = 0; facet < 3; ++facet) {
    if (sizes[facet] == 0) continue;
    const double surplus = (sum(begins[facet], sizes[facet]) + ratees) / static_cast<double>(sizes[facet]);
    for (std::size_t i = begins[facet]; i < begins[facet] + sizes[facet]; ++i) score[i] -= surplus;
  }
}

void FacetsModel::centre(std::vector<double>& parameters) const {
  const auto move = [&](std::size_t begin, std::size_t size) {
    if (size == 0) return;
    double mean = 0;
    for (std::size_t i = begin; i < begin + size; ++i) mean += parameters[i] / static_cast<double>(size);
    for (std::size_t i = begin; i < begin + size; ++i) parameters[i] -= mean;
    for (std::size_t i = 0; i < m_rows.ratees; ++i) parameters[i] -= mean;
  };
  move(m_rows.ratees, m_rows.judges);
  move(m_rows.ratees + m_rows.judges, m_rows.criteria);
  move(m_rows.elements(), m_rows.thresholds);
}

}  // namespace waymark::stats
