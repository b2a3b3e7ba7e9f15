/// Making what a plan shows, whole or not at all.
#pragma once

#include <string>

#include "org/import/plan.hpp"
#include "org/registry.hpp"

namespace waymark::org {

struct AppliedImport {
  bool is_new = false;     ///< false where everything was so already
  bool is_other = false;   ///< the organisation has changed since, and so has what would happen: nothing was done, `plan` is what it would be now
  ImportPlan plan;         ///< with what is wrong, when something is: then nothing was done
};

/// `seen` is the digest of the plan that somebody looked at; empty to make whatever it is now. Throws db::DatabaseError.
[[nodiscard]] AppliedImport apply_import(Registry& registry, const Table& table, const ImportRequest& request, ImportPlan shown, const std::string& seen, const Reason& reason);

}  // namespace waymark::org
