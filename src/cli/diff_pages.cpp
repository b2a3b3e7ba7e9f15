#include "cli/diff_pages.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

using namespace pathway;

const Margin body = Margin::of(2);

std::string about_route(const Difference& difference) {
  if (difference.route == nullptr) return "No route leads there directly.";
  if (!difference.route->note.empty()) return difference.route->note;
  return difference.route->kind == Route::Kind::return_ ? "An ordinary return." : "One route away.";
}

std::string in_brackets(const Criterion& criterion) { return fmt::format("({})", to_string(criterion.citation())); }

/// The title and the four parts; each is laid out on a page of its own, so that two can stand beside each other.
std::vector<Page> parts_of(const Difference& difference, int columns, bool colour) {
  std::vector<Page> parts(5, Page(columns, colour));
  Page& title = parts[0];
  title.heading(fmt::format("From {} to {}", name_of(*difference.from), name_of(*difference.to)));
  title.say(about_route(difference));

  Page& keeps = parts[1];
  keeps.heading("What you keep doing");
  for (const Criterion* const criterion : difference.keeps) {
    keeps.say(Runs{{criterion->title}, {" "}, {in_brackets(*criterion), Ink::faint}}, body.with("- "));
  }
  if (difference.keeps.empty()) keeps.say("Nothing that both places count.", body);

  Page& starts = parts[2];
  starts.heading("What is new");
  for (const Criterion* const criterion : difference.starts) {
    if (criterion != difference.starts.front()) starts.gap();
    tell_criterion(starts, *criterion, body);
  }
  if (difference.starts.empty()) starts.say("Nothing that does not count already.", body);

  Page& stops = parts[3];
  stops.heading("What stops counting");
  for (const Stops& stop : difference.stops) {
    const bool told = stop.because != nullptr && !stop.because->because.block.text.empty();
    stops.say(Runs{{told ? stop.because->because.block.text : stop.criterion->title}, {" "}, {in_brackets(*stop.criterion), Ink::faint}},
              body.with("- "));
  }
  if (difference.stops.empty()) stops.say("Nothing.", body);

  Page& not_yet = parts[4];
  not_yet.heading("What nobody expects yet");
  if (difference.not_yet == nullptr || difference.not_yet->passages.empty()) {
    not_yet.say("The page does not say.", body);
  } else {
    not_yet.passages(difference.not_yet->passages, body);
  }
  return parts;
}

}  // namespace

void tell_difference(Page& page, const Difference& difference) {
  for (const Page& part : parts_of(difference, page.columns(), page.colour())) {
    page.gap();
    page.append(part);
  }
}

void tell_side_by_side(Page& page, const Difference& left, const Difference& right) {
  const int column = (page.columns() - 4) / 2;
  const std::vector<Page> first = parts_of(left, column, page.colour());
  const std::vector<Page> second = parts_of(right, column, page.colour());
  for (std::size_t i = 0; i < first.size(); ++i) {
    page.gap();
    page.side_by_side(first[i], second[i]);
  }
}

void tell_changes(Page& page, const Pathway& before, const Pathway& after, const std::vector<VersionChange>& changes) {
  page.heading(fmt::format("{}: from {} to {}", after.name, version_of(before), version_of(after)));
  if (changes.empty()) page.say("Both say the same.");
  const VersionChange* previous = nullptr;
  for (const VersionChange& change : changes) {
    if (previous == nullptr || previous->kind != change.kind) {
      page.gap();
      std::string title = replace_all(std::string(to_string(change.kind)), "-", " ");
      title.front() = static_cast<char>(title.front() - ('a' - 'A'));
      page.heading(title);
    }
    page.say(Runs{{change.subject, Ink::strong}, {": " + change.summary}}, body.with("- "));
    Runs words;
    for (const WordEdit& edit : change.words) {
      const bool bare = page.colour() || edit.kind == WordEdit::Kind::same;
      const bool added = edit.kind == WordEdit::Kind::added;
      const Ink ink = edit.kind == WordEdit::Kind::same ? Ink::plain : added ? Ink::added : Ink::removed;
      words.push_back({bare ? edit.text : (added ? "{+" : "[-") + edit.text + (added ? "+}" : "-]"), ink});
      words.push_back({" "});
    }
    if (!words.empty()) page.say(words, Margin::of(6));
    previous = &change;
  }
}

}  // namespace waymark::cli
