#include "stats/linear_program.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>

#include <glpk.h>

namespace waymark::stats {
namespace {

/// Whoever holds one is alone with GLPK, and leaves nothing behind.
class Environment {
 public:
  Environment() : m_alone(s_mutex) { glp_term_out(GLP_OFF); }
  ~Environment() { glp_free_env(); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static std::mutex s_mutex;
  std::lock_guard<std::mutex> m_alone;
};
std::mutex Environment::s_mutex;

struct Deleter {
  void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};
using Problem = std::unique_ptr<glp_prob, Deleter>;

/// One column a cell, one row a margin; the cells that are shown are fixed.
Problem margins_problem(const CountTable& table, const CellMask& hidden) {
  Problem problem(glp_create_prob());
  const int rows = static_cast<int>(table.rows);
  const int columns = static_cast<int>(table.columns);
  glp_add_rows(problem.get(), rows + columns);
  glp_add_cols(problem.get(), rows * columns);
  std::vector<double> margins(static_cast<std::size_t>(rows + columns) + 1, 0);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const int cell = r * columns + c + 1;
      const double value = table.cells[static_cast<std::size_t>(cell) - 1].real();
      const int places[] = {0, r + 1, rows + c + 1};
      const double ones[] = {0, 1, 1};
      glp_set_mat_col(problem.get(), cell, 2, places, ones);
      if (hidden[static_cast<std::size_t>(cell) - 1]) {
        glp_set_col_bnds(problem.get(), cell, GLP_LO, 0, 0);
      } else {
        glp_set_col_bnds(problem.get(), cell, GLP_FX, value, value);
      }
      margins[static_cast<std::size_t>(r) + 1] += value;
      margins[static_cast<std::size_t>(rows + c) + 1] += value;
    }
  }
  for (int i = 1; i <= rows + columns; ++i) glp_set_row_bnds(problem.get(), i, GLP_FX, margins[static_cast<std::size_t>(i)], 0);
  return problem;
}

CellBound solve(glp_prob* problem, int cell, int direction) {
  glp_smcp parameters;
  glp_init_smcp(&parameters);
  parameters.msg_lev = GLP_MSG_OFF;
  glp_set_obj_dir(problem, direction);
  glp_set_obj_coef(problem, cell, 1);
  int failed = glp_simplex(problem, &parameters);
  if (failed != 0) {
    // A basis left by the program before may be singular for this one.
    glp_std_basis(problem);
    failed = glp_simplex(problem, &parameters);
  }
  // The table itself is a solution, and its margins bound every cell.
  if (failed != 0 || glp_get_status(problem) != GLP_OPT) throw std::runtime_error("GLPK found no bound for a cell of a table");
  CellBound bound{glp_get_obj_val(problem), {}};
  for (int i = 1; i <= glp_get_num_cols(problem); ++i) bound.reduced_costs.push_back(glp_get_col_dual(problem, i));
  glp_set_obj_coef(problem, cell, 0);
  return bound;
}

void stop_after(glp_tree* tree, void* nodes_left) {
  int& left = *static_cast<int*>(nodes_left);
  if (glp_ios_reason(tree) == GLP_ISELECT && --left < 0) glp_ios_terminate(tree);
}

}  // namespace

std::vector<CellRange> cell_ranges(const CountTable& table, const CellMask& hidden, const std::vector<std::size_t>& asked) {
  if (asked.empty()) return {};
  const Environment environment;
  const Problem problem = margins_problem(table, hidden);
  std::vector<CellRange> result;
  for (const std::size_t cell : asked) {
    const int column = static_cast<int>(cell) + 1;
    result.push_back({cell, solve(problem.get(), column, GLP_MIN), solve(problem.get(), column, GLP_MAX)});
  }
  return result;
}

std::optional<CoverChoice> cheapest_cover(const std::vector<double>& costs, const std::vector<CoverCut>& cuts, int nodes) {
  CoverChoice result{std::vector<bool>(costs.size(), false), true};
  if (costs.empty()) return cuts.empty() ? std::optional(result) : std::nullopt;
  const Environment environment;
  const Problem problem(glp_create_prob());
  glp_set_obj_dir(problem.get(), GLP_MIN);
  glp_add_cols(problem.get(), static_cast<int>(costs.size()));
  for (std::size_t i = 0; i < costs.size(); ++i) {
    glp_set_col_kind(problem.get(), static_cast<int>(i) + 1, GLP_BV);
    glp_set_obj_coef(problem.get(), static_cast<int>(i) + 1, costs[i]);
  }
  for (const CoverCut& cut : cuts) {
    std::vector<int> places{0};
    std::vector<double> values{0};
    for (std::size_t i = 0; i < costs.size(); ++i) {
      if (cut.coefficients[i] <= 0) continue;
      places.push_back(static_cast<int>(i) + 1);
      values.push_back(cut.coefficients[i]);
    }
    const int row = glp_add_rows(problem.get(), 1);
    glp_set_mat_row(problem.get(), row, static_cast<int>(places.size()) - 1, places.data(), values.data());
    glp_set_row_bnds(problem.get(), row, GLP_LO, cut.bound, 0);
  }
  glp_iocp parameters;
  glp_init_iocp(&parameters);
  parameters.msg_lev = GLP_MSG_OFF;
  parameters.presolve = GLP_ON;
  parameters.cb_func = stop_after;
  parameters.cb_info = &nodes;
  const int failed = glp_intopt(problem.get(), &parameters);
  const int status = glp_mip_status(problem.get());
  if ((failed != 0 && failed != GLP_ESTOP) || (status != GLP_OPT && status != GLP_FEAS)) return std::nullopt;
  for (std::size_t i = 0; i < costs.size(); ++i) result.chosen[i] = glp_mip_col_val(problem.get(), static_cast<int>(i) + 1) > 0.5;
  result.optimal = status == GLP_OPT;
  return result;
}

}  // namespace waymark::stats
