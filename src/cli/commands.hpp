/// Every sub-command there is. Each is made in the file of its name.
#pragma once

#include "cli/command.hpp"

namespace waymark::cli {

[[nodiscard]] std::unique_ptr<Command> make_init();
[[nodiscard]] std::unique_ptr<Command> make_import_framework();
[[nodiscard]] std::unique_ptr<Command> make_import_people();
[[nodiscard]] std::unique_ptr<Command> make_lint();
[[nodiscard]] std::unique_ptr<Command> make_lsp();
[[nodiscard]] std::unique_ptr<Command> make_show();
[[nodiscard]] std::unique_ptr<Command> make_routes();
[[nodiscard]] std::unique_ptr<Command> make_diff();
[[nodiscard]] std::unique_ptr<Command> make_cite();
[[nodiscard]] std::unique_ptr<Command> make_search();
[[nodiscard]] std::unique_ptr<Command> make_stats();
[[nodiscard]] std::unique_ptr<Command> make_serve();
[[nodiscard]] std::unique_ptr<Command> make_site();
[[nodiscard]] std::unique_ptr<Command> make_publish();
[[nodiscard]] std::unique_ptr<Command> make_versions();
[[nodiscard]] std::unique_ptr<Command> make_config_show();
[[nodiscard]] std::unique_ptr<Command> make_migrate();
[[nodiscard]] std::unique_ptr<Command> make_backup();
[[nodiscard]] std::unique_ptr<Command> make_restore();
[[nodiscard]] std::unique_ptr<Command> make_demo();
[[nodiscard]] std::unique_ptr<Command> make_create_admin();
[[nodiscard]] std::unique_ptr<Command> make_person_export();
[[nodiscard]] std::unique_ptr<Command> make_person_erase();
[[nodiscard]] std::unique_ptr<Command> make_audit_verify();
[[nodiscard]] std::unique_ptr<Command> make_audit_export();
[[nodiscard]] std::unique_ptr<Command> make_keys_rotate();
[[nodiscard]] std::unique_ptr<Command> make_completion();

/// In the order of the help.
[[nodiscard]] Commands all_commands();

}  // namespace waymark::cli
