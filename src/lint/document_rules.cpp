#include "lint/document_rules.hpp"

#include <array>

namespace waymark::lint {
namespace {

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;
constexpr Severity note = Severity::note;

constexpr std::array table{
    RuleInfo{"symlink-outside", Family::document, error},
    RuleInfo{"symlink-folder", Family::document, warning},
    RuleInfo{"broken-symlink", Family::document, error},
    RuleInfo{"file-too-large", Family::document, error},
    RuleInfo{"too-many-files", Family::document, error},
    RuleInfo{"nested-too-deep", Family::document, error},
    RuleInfo{"unreadable-file", Family::document, error},
    RuleInfo{"unreadable-folder", Family::document, error},
    RuleInfo{"not-a-file", Family::document, error},
    RuleInfo{"invalid-utf8", Family::document, error},
    RuleInfo{"byte-order-mark", Family::document, note},
    RuleInfo{"yaml-syntax", Family::document, error},
    RuleInfo{"yaml-alias", Family::document, error},
    RuleInfo{"yaml-tag", Family::document, error},
    RuleInfo{"yaml-duplicate-key", Family::document, error},
    RuleInfo{"yaml-nesting", Family::document, error},
    RuleInfo{"yaml-key", Family::document, error},
    RuleInfo{"yaml-documents", Family::document, error},
    RuleInfo{"front-matter-open", Family::document, error},
    RuleInfo{"front-matter-toml", Family::document, warning},
    RuleInfo{"missing-front-matter", Family::document, error},
    RuleInfo{"nesting-too-deep", Family::document, error},
    RuleInfo{"file-too-dense", Family::document, error},
    RuleInfo{"raw-html", Family::document, warning},
    RuleInfo{"empty-folder", Family::document, error},
    RuleInfo{"no-pathway-file", Family::document, error},
    RuleInfo{"empty-file", Family::document, error},
    RuleInfo{"no-levels", Family::document, error},
    RuleInfo{"missing-field", Family::document, error},
    RuleInfo{"wrong-type", Family::document, error},
    RuleInfo{"unknown-key", Family::document, warning},
    RuleInfo{"unknown-status", Family::document, error},
    RuleInfo{"unknown-track", Family::document, error},
    RuleInfo{"unknown-scope", Family::document, error},
    RuleInfo{"unknown-level", Family::document, error},
    RuleInfo{"unknown-route-kind", Family::document, error},
    RuleInfo{"invalid-id", Family::document, error},
    RuleInfo{"invalid-date", Family::document, warning},
    RuleInfo{"file-name", Family::document, warning},
    RuleInfo{"duplicate-id", Family::document, error},
    RuleInfo{"duplicate-route", Family::document, error},
    RuleInfo{"duplicate-section", Family::document, error},
    RuleInfo{"retired-id-in-use", Family::document, error},
    RuleInfo{"level-not-listed", Family::document, error},
    RuleInfo{"track-differs", Family::document, error},
    RuleInfo{"route-to-nowhere", Family::document, error},
    RuleInfo{"route-to-itself", Family::document, error},
    RuleInfo{"empty-range", Family::document, error},
    RuleInfo{"dangling-link", Family::document, error},
    RuleInfo{"foreign-link", Family::document, warning},
    RuleInfo{"heading-level", Family::document, warning},
    RuleInfo{"missing-summary", Family::document, error},
    RuleInfo{"missing-section", Family::document, error},
    RuleInfo{"empty-section", Family::document, error},
    RuleInfo{"no-criteria", Family::document, error},
    RuleInfo{"empty-criterion", Family::document, error},
    RuleInfo{"criterion-without-id", Family::document, error},
    RuleInfo{"stops-without-criterion", Family::document, error},
    RuleInfo{"stops-its-own", Family::document, error},
    RuleInfo{"fork-branch-untold", Family::document, error},
    RuleInfo{"argues-from-tenure", Family::statement, warning},
    RuleInfo{"argues-from-potential", Family::statement, warning},
    RuleInfo{"argues-from-impression", Family::statement, warning},
    RuleInfo{"argues-from-personality", Family::statement, warning},
    RuleInfo{"gendered-praise", Family::statement, warning},
    RuleInfo{"unknown-rule", Family::settings, warning},
    RuleInfo{"lint-setting", Family::settings, warning},
    RuleInfo{"bad-suppression", Family::settings, warning},
    RuleInfo{"unused-suppression", Family::settings, warning},
    RuleInfo{"widespread-finding", Family::settings, warning},
    RuleInfo{"english-only", Family::settings, note},
};

}  // namespace

std::span<const RuleInfo> document_rules() { return table; }

}  // namespace waymark::lint
