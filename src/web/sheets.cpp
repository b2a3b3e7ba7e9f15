#include "web/sheets.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "web/pages/frame.hpp"

namespace waymark::web {
namespace {

constexpr std::array done_sentences{
    std::pair<std::string_view, std::string_view>{"password", "The password is changed. Everywhere else you have been signed out."},
    std::pair<std::string_view, std::string_view>{"session", "That session is ended."},
    std::pair<std::string_view, std::string_view>{"sessions", "All other sessions are ended."},
    std::pair<std::string_view, std::string_view>{"token", "The token is withdrawn; whatever uses it is refused from now on."},
    std::pair<std::string_view, std::string_view>{"factor-off", "The second factor is removed."},
    std::pair<std::string_view, std::string_view>{"details", "The details are changed."},
    std::pair<std::string_view, std::string_view>{"locked", "The account is locked and signed out everywhere."},
    std::pair<std::string_view, std::string_view>{"unlocked", "The account is open again."},
    std::pair<std::string_view, std::string_view>{"role", "The role is given."},
    std::pair<std::string_view, std::string_view>{"role-ended", "The role is ended."},
    std::pair<std::string_view, std::string_view>{"signed-out", "They are signed out everywhere."},
    std::pair<std::string_view, std::string_view>{"erased", "The account is erased. The audit keeps what was done, and nobody can say any more by whom."},
    std::pair<std::string_view, std::string_view>{"directory", "The directory is changed."},
    std::pair<std::string_view, std::string_view>{"directory-withdrawn", "The directory is withdrawn; its token is refused from now on. Whom it brought stays."},
    std::pair<std::string_view, std::string_view>{"switched-off", "The feature is switched off there."},
    std::pair<std::string_view, std::string_view>{"switched-on", "The feature is switched on there again."},
    std::pair<std::string_view, std::string_view>{"bye", "You are signed out."},
    std::pair<std::string_view, std::string_view>{"bye-here", "You are signed out here. At your organisation’s provider you may still be signed in."},
    std::pair<std::string_view, std::string_view>{"joined", "Your password is set. Sign in with it."},
    std::pair<std::string_view, std::string_view>{"published", "The version is published."},
    std::pair<std::string_view, std::string_view>{"person-added", "They are in the organisation."},
    std::pair<std::string_view, std::string_view>{"recorded", "It is recorded."},
    std::pair<std::string_view, std::string_view>{"as-before", "That is recorded already; nothing is changed."},
    std::pair<std::string_view, std::string_view>{"taken-back", "It is taken back. What was believed stays in the record, with today as its end."},
    std::pair<std::string_view, std::string_view>{"declared", "It is kept, sealed, for counting alone. You can change or withdraw it at any time."},
    std::pair<std::string_view, std::string_view>{"undeclared", "Nothing of it is kept any more."},
    std::pair<std::string_view, std::string_view>{"asked", "The question is asked from now on."},
    std::pair<std::string_view, std::string_view>{"not-asked", "It is asked no more, and its answers are gone."},
    std::pair<std::string_view, std::string_view>{"imported", "The people are in."},
    std::pair<std::string_view, std::string_view>{"imported-before", "Everything was so already; nothing was changed."},
    std::pair<std::string_view, std::string_view>{"team-added", "The team is there."},
    std::pair<std::string_view, std::string_view>{"withdrawn", "The version is withdrawn."},
};

}  // namespace

http::Response show(const Visit& visit, pages::Sheet sheet, int status) {
  sheet.form_token = visit.viewer.form_token();
  if (sheet.done.empty() && sheet.problems.empty()) sheet.done = done_words(visit);
  std::string title = sheet.problems.empty() ? sheet.title : "Problem: " + sheet.title;
  const pages::FrameView frame = pages::make_frame(visit.site, visit.links, std::move(title), sheet.lead, "narrow");
  http::Response response = http::Response::html(status, render_framed(frame, "sheet.html", [&](pages::Values values) { fill(values, sheet); }));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

void tell_problem(pages::Sheet& sheet, const Error& error, std::string_view field) {
  if (!error.field.empty()) field = error.field;
  std::string at;
  for (pages::Sheet::Section& section : sheet.sections) {
    if (!section.form) continue;
    for (pages::FormField& each : section.form->fields) {
      each.focused = false;
      if (each.name != field || field.empty()) continue;
      each.problem = error.message;
      at = each.name;
    }
  }
  sheet.problems.push_back({error.message, error.way_out, std::move(at)});
}

http::Response slow_down(const Visit& visit, pages::Sheet sheet, std::chrono::milliseconds wait) {
  const auto seconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count());
  const std::string in_words = seconds < 90 ? counted(static_cast<std::size_t>(seconds), "second") : counted(static_cast<std::size_t>((seconds + 59) / 60), "minute");
  tell_problem(sheet, {Error::Kind::unavailable, "There were too many wrong attempts.", fmt::format("Wait {} and try again. Nobody is locked out for good.", in_words)});
  http::Response response = show(visit, std::move(sheet), 429);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

http::Response done(std::string_view path, std::string_view what) { return http::Response::see_other(fmt::format("{}?done={}", path, what)); }

std::string done_words(const Visit& visit) {
  const std::string_view what = visit.request.parameter("done").value_or("");
  for (const auto& [key, words] : done_sentences) {
    if (key == what) return std::string(words);
  }
  return {};
}

std::string moment_in_words(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::minutes>(instant - day));
  return fmt::format("{}, {:02}:{:02} UTC", in_words(date_of(instant)), time.hours().count(), time.minutes().count());
}

std::string typed(const Visit& visit, std::string_view name) { return std::string(trim(visit.said(name))); }

}  // namespace waymark::web
