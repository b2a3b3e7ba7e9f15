#include "org/import/apply.hpp"

namespace waymark::org {

AppliedImport apply_import(Registry& registry, const Table& table, const ImportRequest& request, ImportPlan shown, const std::string& seen, const Reason& reason) {
  AppliedImport applied{.plan = std::move(shown)};
  const auto make = [&](const std::shared_ptr<const Organisation>& organisation) -> Changes {
    if (applied.plan.revision != organisation->revision()) applied.plan = plan_import(organisation, table, request);
    applied.is_other = !seen.empty() && applied.plan.digest() != seen;
    return applied.is_other || applied.plan.has_errors() ? Changes() : applied.plan.changes;
  };
  const Changed changed = registry.change(make, reason);
  applied.is_new = changed.is_new;
  for (const Problem& problem : changed.problems) {
    applied.plan.findings.push_back({"contradiction", Severity::error, table.name(), {}, problem.message, problem.way_out});
  }
  return applied;
}

}  // namespace waymark::org
