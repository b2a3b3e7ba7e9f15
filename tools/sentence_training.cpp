#include "sentence_training.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "lint/sentence/features.hpp"

namespace waymark::training {
namespace {

namespace judge = lint::sentence;
constexpr std::size_t columns = judge::feature_count + 1;  // the last is the intercept

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

Label label_of(std::string_view text) {
  if (text == "VAGUE") return Label::vague;
  if (text == "SPECIFIC") return Label::specific;
  if (text == "TENURE") return Label::tenure;
  if (text == "OTHER") return Label::other;
  throw std::runtime_error("a label is VAGUE, SPECIFIC, TENURE or OTHER");
}

std::vector<Labelled> without(const std::vector<Labelled>& sentences, const std::string& group) {
  std::vector<Labelled> rest;
  for (const Labelled& each : sentences) {
    if (each.group != group) rest.push_back(each);
  }
  return rest;
}

}  // namespace

std::vector<Labelled> read_labelled(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  std::vector<Labelled> sentences;
  std::string line;
  judge::Tokens tokens;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    try {
      const boost::json::object row = boost::json::parse(line).as_object();
      Labelled each;
      each.text = boost::json::value_to<std::string>(row.at("text"));
      each.group = boost::json::value_to<std::string>(row.at("group"));
      each.label = label_of(boost::json::value_to<std::string>(row.at("label")));
      judge::tokenize(each.text, tokens);
      if (tokens.empty()) throw std::runtime_error("the text has no words");
      each.features = judge::features_of(tokens, judge::shape_of(tokens));
      each.features.words = {};
      sentences.push_back(std::move(each));
    } catch (const std::exception& error) {
      throw std::runtime_error(path + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return sentences;
}

std::vector<Labelled> vague_or_specific(const std::vector<Labelled>& sentences) {
  std::vector<Labelled> kept;
  for (const Labelled& each : sentences) {
    if (each.label == Label::vague || each.label == Label::specific) kept.push_back(each);
  }
  return kept;
}

std::vector<std::string> groups_of(const std::vector<Labelled>& sentences) {
  std::set<std::string> groups;
  for (const Labelled& each : sentences) groups.insert(each.group);
  return {groups.begin(), groups.end()};
}

const std::vector<double>& ridges() {
  static const std::vector<double> tried{2, 4, 8, 16, 32, 64, 128};
  return tried;
}

namespace {

/// Ridge regression around `expected`, by Newton's method.
Eigen::VectorXd newton(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& expected, const Eigen::VectorXd& penalty) {
  Eigen::VectorXd weights = expected;
  for (int step = 0; step < 50; ++step) {
    const Eigen::VectorXd p = (x * weights).unaryExpr(&logistic);
    const Eigen::VectorXd gradient = x.transpose() * (p - y) + penalty.cwiseProduct(weights - expected);
    const Eigen::VectorXd spread = p.cwiseProduct(Eigen::VectorXd::Ones(p.size()) - p);
    Eigen::MatrixXd curvature = x.transpose() * spread.asDiagonal() * x;
    curvature.diagonal() += penalty;
    const Eigen::VectorXd change = curvature.ldlt().solve(gradient);
    weights -= change;
    if (change.cwiseAbs().maxCoeff() < 1e-9) break;
  }
  return weights;
}

}  // namespace

judge::Weights fit(const std::vector<Labelled>& sentences, double ridge) {
  const auto rows = static_cast<Eigen::Index>(sentences.size());
  const auto width = static_cast<Eigen::Index>(columns);
  Eigen::MatrixXd x(rows, width);
  Eigen::VectorXd y(rows), expected = Eigen::VectorXd::Zero(width), penalty = Eigen::VectorXd::Constant(width, ridge);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const Labelled& each = sentences[static_cast<std::size_t>(i)];
    for (Eigen::Index j = 0; j + 1 < width; ++j) x(i, j) = each.features.values[static_cast<std::size_t>(j)];
    x(i, width - 1) = 1;
    y(i) = each.label == Label::vague ? 1 : 0;
  }
  for (Eigen::Index j = 0; j + 1 < width; ++j) expected(j) = judge::features_told()[static_cast<std::size_t>(j)].expected;
  // What is expected is right in proportion; how sure it makes one is for the sentences to say.
  Eigen::MatrixXd proportion(rows, 2);
  proportion.col(0) = x * expected;
  proportion.col(1).setOnes();
  const Eigen::VectorXd scale = newton(proportion, y, Eigen::VectorXd::Zero(2), Eigen::VectorXd::Constant(2, 1e-6));
  expected *= scale(0);
  expected(width - 1) = scale(1);
  penalty(width - 1) = 1e-6;
  const Eigen::VectorXd weights = newton(x, y, expected, penalty);
  judge::Weights result;
  for (std::size_t j = 0; j < judge::feature_count; ++j) result.of[j] = weights(static_cast<Eigen::Index>(j));
  result.intercept = weights(width - 1);
  return result;
}

std::vector<Judged> leave_groups_out(const std::vector<Labelled>& sentences, double ridge) {
  std::vector<Judged> judged;
  for (const std::string& group : groups_of(sentences)) {
    const judge::Weights weights = fit(without(sentences, group), ridge);
    for (const Labelled& each : sentences) {
      if (each.group == group) judged.push_back({&each, judge::probability_of_vague(each.features, weights)});
    }
  }
  return judged;
}

double best_ridge(const std::vector<Labelled>& sentences) {
  double best = ridges().front(), least = 1e300;
  for (const double ridge : ridges()) {
    double loss = 0;
    for (const Judged& each : leave_groups_out(sentences, ridge)) {
      const double p = std::clamp(each.score, 1e-9, 1 - 1e-9);
      loss -= std::log(each.sentence->label == Label::vague ? p : 1 - p);
    }
    if (loss < least) {
      least = loss;
      best = ridge;
    }
  }
  return best;
}

Thresholds choose_thresholds(const std::vector<Judged>& judged, double false_alarms) {
  Thresholds chosen{0.5, 1};
  std::vector<double> specific;
  for (const Judged& each : judged) {
    if (each.sentence->label == Label::specific) specific.push_back(each.score);
  }
  std::sort(specific.rbegin(), specific.rend());
  const auto allowed = static_cast<std::size_t>(false_alarms * static_cast<double>(specific.size()));
  chosen.warning_from = std::max(chosen.vague_from, allowed < specific.size() ? specific[allowed] + 0.001 : chosen.vague_from);
  return chosen;
}

std::vector<Outcome> nested_validation(const std::vector<Labelled>& sentences, double false_alarms) {
  std::vector<Outcome> outcomes;
  for (const std::string& group : groups_of(sentences)) {
    const judge::Weights weights = train(without(sentences, group), false_alarms);
    for (const Labelled& each : sentences) {
      if (each.group != group) continue;
      const double score = judge::probability_of_vague(each.features, weights);
      outcomes.push_back({&each, score, score >= weights.vague_from, score >= weights.warning_from});
    }
  }
  return outcomes;
}

judge::Weights train(const std::vector<Labelled>& sentences, double false_alarms) {
  const double ridge = best_ridge(sentences);
  judge::Weights weights = fit(sentences, ridge);
  const Thresholds thresholds = choose_thresholds(leave_groups_out(sentences, ridge), false_alarms);
  weights.vague_from = thresholds.vague_from;
  weights.warning_from = thresholds.warning_from;
  return weights;
}

void Counts::add(bool truly, bool said) {
  if (truly)
    ++(said ? true_vague : false_specific);
  else
    ++(said ? false_vague : true_specific);
}
double Counts::precision() const { return true_vague + false_vague == 0 ? 1 : static_cast<double>(true_vague) / (true_vague + false_vague); }
double Counts::recall() const { return true_vague + false_specific == 0 ? 1 : static_cast<double>(true_vague) / (true_vague + false_specific); }
double Counts::false_alarm_rate() const {
  return false_vague + true_specific == 0 ? 0 : static_cast<double>(false_vague) / (false_vague + true_specific);
}
double Counts::matthews() const {
  const double tp = true_vague, fp = false_vague, tn = true_specific, fn = false_specific;
  const double below = std::sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
  return below == 0 ? 0 : (tp * tn - fp * fn) / below;
}

Counts verdict_counts(const std::vector<Outcome>& outcomes) {
  Counts counts;
  for (const Outcome& each : outcomes) counts.add(each.sentence->label == Label::vague, each.vague);
  return counts;
}

Counts warning_counts(const std::vector<Outcome>& outcomes) {
  Counts counts;
  for (const Outcome& each : outcomes) counts.add(each.sentence->label == Label::vague, each.warning);
  return counts;
}

double area_under_curve(const std::vector<Outcome>& outcomes) {
  double above = 0, pairs = 0;
  for (const Outcome& vague : outcomes) {
    if (vague.sentence->label != Label::vague) continue;
    for (const Outcome& specific : outcomes) {
      if (specific.sentence->label == Label::vague) continue;
      pairs += 1;
      above += vague.score > specific.score ? 1 : vague.score == specific.score ? 0.5 : 0;
    }
  }
  return pairs == 0 ? 0 : above / pairs;
}

Interval bootstrap_matthews(const std::vector<Outcome>& outcomes, int rounds) {
  std::map<std::string, std::vector<const Outcome*>> groups;
  for (const Outcome& each : outcomes) groups[each.sentence->group].push_back(&each);
  std::mt19937_64 random(20240229);
  std::vector<double> found;
  for (int round = 0; round < rounds; ++round) {
    Counts counts;
    for (const auto& [name, members] : groups) {
      for (std::size_t i = 0; i < members.size(); ++i) {
        const Outcome& each = *members[random() % members.size()];
        counts.add(each.sentence->label == Label::vague, each.vague);
      }
    }
    found.push_back(counts.matthews());
  }
  std::sort(found.begin(), found.end());
  return {found[found.size() / 40], found[found.size() - 1 - found.size() / 40]};
}

}  // namespace waymark::training
