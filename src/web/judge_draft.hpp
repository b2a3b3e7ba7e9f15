/// What the linter makes of an imported draft, for the report and the page about it.
#pragma once

#include "base/clock.hpp"
#include "importer/judgement.hpp"

namespace waymark::web {

/// Depends on nothing but the draft and the day. As fast as a check; from any thread.
[[nodiscard]] importer::DraftJudgement judge_draft(const Folder& draft, Date today);

}  // namespace waymark::web
