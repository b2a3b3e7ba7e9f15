/// What the handlers behind the sign-in share: showing a sheet, going back to one with a word on what was done, words for times.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/clock.hpp"
#include "web/pages/sheet.hpp"
#include "web/routes.hpp"

namespace waymark::web {

/// Never kept by anybody; with the viewer's form token in every form.
[[nodiscard]] http::Response show(const Visit& visit, pages::Sheet sheet, int status = 200);

/// The error at the top of the sheet and, when the field that it names is one of the form's, at the field. `field` is for errors that name none.
void tell_problem(pages::Sheet& sheet, const Error& error, std::string_view field = {});

/// 429: too many wrong passwords or codes; the sheet with what to do about it.
[[nodiscard]] http::Response slow_down(const Visit& visit, pages::Sheet sheet, std::chrono::milliseconds wait);

/// 303 to `path`, where the page says that it was done: `what` is a key of `done_words`.
[[nodiscard]] http::Response done(std::string_view path, std::string_view what);
/// The sentence for the `done` of the query; empty for none and for an unknown one.
[[nodiscard]] std::string done_words(const Visit& visit);

/// "24 November 2026, 09:30 UTC"
[[nodiscard]] std::string moment_in_words(Instant instant);

/// What was typed into the field, without blanks around it.
[[nodiscard]] std::string typed(const Visit& visit, std::string_view name);

}  // namespace waymark::web
