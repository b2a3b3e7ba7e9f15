/// One function a row of the route table: find what is asked for, make its page, render.
#pragma once

#include "db/database_error.hpp"
#include "web/routes.hpp"

namespace waymark::web::handlers {

[[nodiscard]] http::Response landscape(const Visit& visit);
[[nodiscard]] http::Response all_levels(const Visit& visit);
/// An id in another case is redirected to the right one; an unknown id is 404 with the nearest. So for every id below.
[[nodiscard]] http::Response level(const Visit& visit);
[[nodiscard]] http::Response level_in_archetype(const Visit& visit);
[[nodiscard]] http::Response reach(const Visit& visit);
[[nodiscard]] http::Response difference(const Visit& visit);
/// With `from` and `to`: 303 to their difference, or 422 with the form and what is wrong.
[[nodiscard]] http::Response compare(const Visit& visit);
[[nodiscard]] http::Response fork(const Visit& visit);
[[nodiscard]] http::Response capabilities(const Visit& visit);
[[nodiscard]] http::Response capability(const Visit& visit);
[[nodiscard]] http::Response archetypes(const Visit& visit);
[[nodiscard]] http::Response archetype(const Visit& visit);
/// The whole page, or only the results for the page that searches while one types.
[[nodiscard]] http::Response search(const Visit& visit);
[[nodiscard]] http::Response cite(const Visit& visit);
[[nodiscard]] http::Response contents(const Visit& visit);
[[nodiscard]] http::Response about(const Visit& visit);
/// A framework from elsewhere: the form; the draft with its own form, or 422 with the first form and what is wrong; the draft as a zip.
[[nodiscard]] http::Response import_start(const Visit& visit);
[[nodiscard]] http::Response import_draft(const Visit& visit);
[[nodiscard]] http::Response import_folder(const Visit& visit);
/// With `file`, only of that file. 404 in a static export.
[[nodiscard]] http::Response lint(const Visit& visit);
[[nodiscard]] http::Response lint_rule(const Visit& visit);
[[nodiscard]] http::Response asset(const Visit& visit);
[[nodiscard]] http::Response health(const Visit& visit);
/// 200 when the pathway is there and the store answers, else 503.
[[nodiscard]] http::Response readiness(const Visit& visit);

/// 404 for a path that belongs to no row.
[[nodiscard]] http::Response no_such_page(const Visit& visit);
/// 403 for somebody who is signed in.
[[nodiscard]] http::Response not_allowed(const Visit& visit);
/// The form of a post that did not count, to be sent once more: the session had ended (401), or the form was not of this session (403).
[[nodiscard]] http::Response send_again(const Visit& visit, int status);
/// 403 for a form that another site sent. What it would have done is not offered again: whoever wrote it is not the viewer.
[[nodiscard]] http::Response from_elsewhere(const Visit& visit);
/// 503: the store does not answer. What was typed can be sent once more.
[[nodiscard]] http::Response unavailable(const Visit& visit, db::DatabaseError::Kind kind, std::string_view reference);
/// 500 in the look of the site; `reference` is what the log knows it by.
[[nodiscard]] http::Response broken(const Visit& visit, std::string_view reference);

}  // namespace waymark::web::handlers
