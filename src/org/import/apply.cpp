#include "org/import/apply.hpp"

namespace waymark::org {

AppliedImport apply_import(Registry& registry, const Table& table, const ImportRequest& request, ImportPlan shown, const std::string& seen, const Reason& reason) {
  AppliedImport applied{.plan = std::move(shown)};
  const auto make = [&](const std::shared_ptr<const Organisation>& organisation) -> Revised {
    if (applied.plan.before->revision() != organisation->revision()) applied.plan = plan_import(organisation, table, request);
    applied.is_other = !seen.empty() && applied.plan.digest() != seen;
    if (!applied.is_other && !applied.plan.has_errors()) return applied.plan.revised;
    Revised nothing;
    nothing.organisation = organisation;
    return nothing;
  };
  const Changed changed = registry.keep(make, reason);
  applied.is_new = changed.is_new;
  for (const Problem& problem : changed.problems) {
    applied.plan.findings.push_back({"contradiction", Severity::error, table.name(), {}, problem.message, problem.way_out});
  }
  return applied;
}

}  // namespace waymark::org
