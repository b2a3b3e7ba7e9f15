// GLPK brings seven libraries along, which every command would load at its start. So its calls end here, and it is loaded by the first table that asks.
#include <dlfcn.h>

#include <stdexcept>

#include <glpk.h>

namespace waymark::stats {
namespace {

void* library() {
  static void* const loaded = dlopen("libglpk.so.40", RTLD_NOW | RTLD_LOCAL);
  return loaded;
}

/// The library's own function of this name and type.
template <class Function>
Function* found(const char* name, Function*) {
  void* const symbol = library() == nullptr ? nullptr : dlsym(library(), name);
  if (symbol == nullptr) throw std::runtime_error("The library GLPK cannot be loaded: install the package libglpk40.");
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace
}  // namespace waymark::stats

#define WAYMARK_FORWARD(Result, name, declared, passed)                \
  extern "C" Result name declared {                                    \
    static auto* const function = waymark::stats::found(#name, &name); \
    return function passed;                                            \
  }

WAYMARK_FORWARD(int, glp_term_out, (int flag), (flag))
WAYMARK_FORWARD(int, glp_free_env, (), ())
WAYMARK_FORWARD(glp_prob*, glp_create_prob, (), ())
WAYMARK_FORWARD(void, glp_delete_prob, (glp_prob * problem), (problem))
WAYMARK_FORWARD(int, glp_add_rows, (glp_prob * problem, int count), (problem, count))
WAYMARK_FORWARD(int, glp_add_cols, (glp_prob * problem, int count), (problem, count))
WAYMARK_FORWARD(void, glp_set_mat_row, (glp_prob * problem, int row, int length, const int columns[], const double values[]),
                (problem, row, length, columns, values))
WAYMARK_FORWARD(void, glp_set_mat_col, (glp_prob * problem, int column, int length, const int rows[], const double values[]),
                (problem, column, length, rows, values))
WAYMARK_FORWARD(void, glp_set_row_bnds, (glp_prob * problem, int row, int type, double low, double high), (problem, row, type, low, high))
WAYMARK_FORWARD(void, glp_set_col_bnds, (glp_prob * problem, int column, int type, double low, double high), (problem, column, type, low, high))
WAYMARK_FORWARD(void, glp_set_col_kind, (glp_prob * problem, int column, int kind), (problem, column, kind))
WAYMARK_FORWARD(void, glp_set_obj_coef, (glp_prob * problem, int column, double value), (problem, column, value))
WAYMARK_FORWARD(void, glp_set_obj_dir, (glp_prob * problem, int direction), (problem, direction))
WAYMARK_FORWARD(int, glp_get_num_cols, (glp_prob * problem), (problem))
WAYMARK_FORWARD(double, glp_get_obj_val, (glp_prob * problem), (problem))
WAYMARK_FORWARD(double, glp_get_col_dual, (glp_prob * problem, int column), (problem, column))
WAYMARK_FORWARD(int, glp_get_status, (glp_prob * problem), (problem))
WAYMARK_FORWARD(void, glp_std_basis, (glp_prob * problem), (problem))
WAYMARK_FORWARD(void, glp_init_smcp, (glp_smcp * parameters), (parameters))
WAYMARK_FORWARD(int, glp_simplex, (glp_prob * problem, const glp_smcp* parameters), (problem, parameters))
WAYMARK_FORWARD(void, glp_init_iocp, (glp_iocp * parameters), (parameters))
WAYMARK_FORWARD(int, glp_intopt, (glp_prob * problem, const glp_iocp* parameters), (problem, parameters))
WAYMARK_FORWARD(int, glp_mip_status, (glp_prob * problem), (problem))
WAYMARK_FORWARD(double, glp_mip_col_val, (glp_prob * problem, int column), (problem, column))
WAYMARK_FORWARD(int, glp_ios_reason, (glp_tree * tree), (tree))
WAYMARK_FORWARD(void, glp_ios_terminate, (glp_tree * tree), (tree))
