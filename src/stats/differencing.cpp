#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include <fmt/core.h>
#include <Eigen/QR>

#include "stats/suppression.hpp"

namespace waymark::stats {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using People = std::vector<std::uint64_t>;

constexpr double most_entries = 4e6;
constexpr int most_sets = 200'000;

People ordered(People people) {
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

/// People who are in the same figures. What is known of one of them is known of their class only as a whole.
struct Class {
  std::vector<std::size_t> figures;
  People people;
};

std::vector<Class> classes_of(const std::vector<People>& figures) {
  std::map<std::uint64_t, std::vector<std::size_t>> memberships;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    for (const std::uint64_t person : figures[i]) memberships[person].push_back(i);
  }
  std::map<std::vector<std::size_t>, People> by_figures;
  for (const auto& [person, of] : memberships) by_figures[of].push_back(person);
  std::vector<Class> result;
  for (auto& [of, people] : by_figures) result.push_back({of, std::move(people)});
  return result;
}

/// Projects onto what no figure says: a set of classes is given away when nothing of it is left.
MatrixXd unsaid(const std::vector<Class>& classes, std::size_t first_figures) {
  const Index size = static_cast<Index>(classes.size());
  MatrixXd columns = MatrixXd::Zero(size, static_cast<Index>(first_figures));
  for (Index i = 0; i < size; ++i) {
    for (const std::size_t figure : classes[static_cast<std::size_t>(i)].figures) {
      if (figure < first_figures) columns(i, static_cast<Index>(figure)) = 1;
    }
  }
  MatrixXd projector = MatrixXd::Identity(size, size);
  if (first_figures == 0) return projector;
  const Eigen::ColPivHouseholderQR<MatrixXd> qr(columns);
  const MatrixXd basis = MatrixXd(qr.householderQ()).leftCols(qr.rank());
  projector -= basis * basis.transpose();
  return projector;
}

/// Goes through the sets of classes with fewer than the minimum of people between them.
class SmallSets {
 public:
  SmallSets(const std::vector<Class>& classes, std::size_t minimum, const MatrixXd& before, const MatrixXd& after)
      : m_classes(classes), m_minimum(minimum), m_before(before), m_after(after) {}

  std::vector<People> given_away() {
    go_on(0, 0, VectorXd::Zero(static_cast<Index>(m_classes.size())));
    return std::move(m_found);
  }

 private:
  void go_on(std::size_t from, std::size_t people, const VectorXd& set) {
    for (std::size_t i = from; i < m_classes.size() && m_looked < most_sets; ++i) {
      const std::size_t together = people + m_classes[i].people.size();
      if (together >= m_minimum) continue;
      ++m_looked;
      VectorXd with = set;
      with(static_cast<Index>(i)) = 1;
      const bool said = (m_after * with).squaredNorm() < 1e-12;
      if (said && (m_before * with).squaredNorm() >= 1e-12) m_found.push_back(people_of(with));
      // What joins a set that is given away adds nothing to it.
      if (!said) go_on(i + 1, together, with);
    }
  }

  People people_of(const VectorXd& set) const {
    People result;
    for (std::size_t i = 0; i < m_classes.size(); ++i) {
      if (set(static_cast<Index>(i)) > 0) result.insert(result.end(), m_classes[i].people.begin(), m_classes[i].people.end());
    }
    return ordered(std::move(result));
  }

  const std::vector<Class>& m_classes;
  std::size_t m_minimum;
  const MatrixXd& m_before;
  const MatrixXd& m_after;
  std::vector<People> m_found;
  int m_looked = 0;
};

}  // namespace

Result<std::vector<Disclosure>> differencing_check(std::span<const ReleasedFigure> released, std::span<const ReleasedFigure> proposed,
                                                   Count minimum) {
  const std::size_t smallest = static_cast<std::size_t>(minimum.value());
  std::vector<People> figures;
  std::vector<std::string> names;
  for (const auto list : {released, proposed}) {
    for (const ReleasedFigure& figure : list) {
      figures.push_back(ordered(figure.members));
      names.push_back(figure.name);
    }
  }
  std::vector<Disclosure> result;
  for (std::size_t i = released.size(); i < figures.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      People apart;
      std::set_symmetric_difference(figures[i].begin(), figures[i].end(), figures[j].begin(), figures[j].end(), std::back_inserter(apart));
      if (!apart.empty() && apart.size() < smallest) result.push_back({{names[j], names[i]}, std::move(apart)});
    }
  }
  const std::vector<Class> classes = classes_of(figures);
  const double size = static_cast<double>(classes.size());
  if (size * std::max(size, static_cast<double>(figures.size())) > most_entries) {
    return fail(Error::Kind::bad_input,
                fmt::format("{} figures over {} classes of people are too many to check together.", figures.size(), classes.size()),
                "Check the figures of one attribute and one period at a time.");
  }
  const MatrixXd before = unsaid(classes, released.size());
  const MatrixXd after = unsaid(classes, figures.size());
  for (People& people : SmallSets(classes, smallest, before, after).given_away()) {
    const bool known = std::any_of(result.begin(), result.end(), [&](const Disclosure& found) { return found.people == people; });
    if (!known) result.push_back({names, std::move(people)});
  }
  return result;
}

}  // namespace waymark::stats
