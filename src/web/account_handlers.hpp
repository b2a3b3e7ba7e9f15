/// The pages that need accounts: the door, one's own account, administration. One function a row of the route table; REQUIRE an installation, and that
/// the viewer may (gate.hpp).
#pragma once

#include "web/routes.hpp"

namespace waymark::web::handlers {

// What was published, and publishing (version_handlers.cpp, edition_handlers.cpp, publish_handlers.cpp)
[[nodiscard]] http::Response versions(const Visit& visit);
[[nodiscard]] http::Response version(const Visit& visit);
[[nodiscard]] http::Response version_difference(const Visit& visit);
[[nodiscard]] http::Response compare_versions(const Visit& visit);
[[nodiscard]] http::Response read_version(const Visit& visit);
/// The pathways of the organisation, and the pages of one of them.
[[nodiscard]] http::Response pathways(const Visit& visit);
[[nodiscard]] http::Response read_pathway(const Visit& visit);
[[nodiscard]] http::Response read_draft(const Visit& visit);
/// The words of the version that the query names, and what became of them until today.
[[nodiscard]] http::Response cite_version(const Visit& visit);
[[nodiscard]] http::Response publish_form(const Visit& visit);
[[nodiscard]] http::Response publish_upload(const Visit& visit);
[[nodiscard]] http::Response publish(const Visit& visit);
[[nodiscard]] http::Response withdraw_version(const Visit& visit);

// At the door (sign_in_handlers.cpp, joining_handlers.cpp)
[[nodiscard]] http::Response set_up_form(const Visit& visit);
[[nodiscard]] http::Response set_up(const Visit& visit);
[[nodiscard]] http::Response sign_in_form(const Visit& visit);
[[nodiscard]] http::Response sign_in(const Visit& visit);
[[nodiscard]] http::Response code_form(const Visit& visit);
[[nodiscard]] http::Response code(const Visit& visit);
[[nodiscard]] http::Response provider_start(const Visit& visit);
[[nodiscard]] http::Response provider_answer(const Visit& visit);
[[nodiscard]] http::Response sign_out(const Visit& visit);
[[nodiscard]] http::Response sign_out_at_provider(const Visit& visit);
[[nodiscard]] http::Response join_form(const Visit& visit);
[[nodiscard]] http::Response join(const Visit& visit);
[[nodiscard]] http::Response new_password_form(const Visit& visit);
[[nodiscard]] http::Response new_password(const Visit& visit);

// One's own account (own_account_handlers.cpp, second_factor_handlers.cpp, token_handlers.cpp)
[[nodiscard]] http::Response own_account(const Visit& visit);
[[nodiscard]] http::Response password_form(const Visit& visit);
[[nodiscard]] http::Response change_password(const Visit& visit);
[[nodiscard]] http::Response second_factor(const Visit& visit);
[[nodiscard]] http::Response begin_second_factor(const Visit& visit);
[[nodiscard]] http::Response confirm_second_factor(const Visit& visit);
[[nodiscard]] http::Response new_recovery_codes(const Visit& visit);
[[nodiscard]] http::Response remove_second_factor(const Visit& visit);
[[nodiscard]] http::Response end_session(const Visit& visit);
[[nodiscard]] http::Response end_other_sessions(const Visit& visit);
[[nodiscard]] http::Response tokens(const Visit& visit);
[[nodiscard]] http::Response issue_token(const Visit& visit);
[[nodiscard]] http::Response withdraw_token(const Visit& visit);
[[nodiscard]] http::Response export_own_data(const Visit& visit);

// Running it (accounts_handlers.cpp, account_admin_handlers.cpp, running_handlers.cpp)
[[nodiscard]] http::Response accounts(const Visit& visit);
[[nodiscard]] http::Response account_form(const Visit& visit);
[[nodiscard]] http::Response open_account(const Visit& visit);
[[nodiscard]] http::Response account(const Visit& visit);
[[nodiscard]] http::Response change_account(const Visit& visit);
[[nodiscard]] http::Response lock_account(const Visit& visit);
[[nodiscard]] http::Response unlock_account(const Visit& visit);
[[nodiscard]] http::Response issue_account_link(const Visit& visit);
[[nodiscard]] http::Response grant_role(const Visit& visit);
[[nodiscard]] http::Response end_role(const Visit& visit);
[[nodiscard]] http::Response end_account_sessions(const Visit& visit);
[[nodiscard]] http::Response remove_account_second_factor(const Visit& visit);
[[nodiscard]] http::Response erase_account(const Visit& visit);
[[nodiscard]] http::Response features(const Visit& visit);
[[nodiscard]] http::Response switch_feature(const Visit& visit);
[[nodiscard]] http::Response settings(const Visit& visit);
[[nodiscard]] http::Response audit(const Visit& visit);
[[nodiscard]] http::Response verify_audit(const Visit& visit);

}  // namespace waymark::web::handlers
