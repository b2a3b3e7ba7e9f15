#include <algorithm>

#include <fmt/format.h>

#include "access/feature_switches.hpp"
#include "base/text.hpp"
#include "insight/signals/words.hpp"
#include "web/org_handlers.hpp"
#include "web/org_words.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"
#include "web/standpoint.hpp"

namespace waymark::web::handlers {
namespace {

using pages::Sheet;

/// Whoever may read it about everybody it is about, where they work.
bool may_read(const Visit& visit, const Standpoint& standpoint, const insight::Signal& signal, const std::vector<access::FeatureSwitch>& switches) {
  return std::all_of(signal.about.begin(), signal.about.end(), [&](org::PersonIndex person) {
    access::Subject subject = org::subject_about(*standpoint.today, standpoint.me, person);
    subject.switched_off = access::switched_off_at(subject.place, switches);
    return access::may(visit.viewer.actor, access::Action::read_signal, subject).allowed;
  });
}

Sheet::Section section_of(const pathway::Pathway& pathway, const org::OrganisationOn& on, const insight::Signal& signal, std::size_t number) {
  const insight::SignalWords words = insight::words_of(signal, on, pathway);
  Sheet::Section section{.id = fmt::format("signal-{}", number), .heading = words.title};
  section.words = {words.observed, "Why one asks: " + words.reason, "What else it may mean: " + words.also, "How to begin: " + words.conversation};
  for (const org::PersonIndex person : signal.about) section.links.push_back({on.name(person), page_of(on.organisation(), person)});
  return section;
}

}  // namespace

http::Response signals(const Visit& visit) {
  const Standpoint& standpoint = standpoint_of(visit);
  const org::OrganisationOn& on = *standpoint.today;
  const auto switches = visit.installation->database.read([](db::Reader& reader) { return access::feature_switches(reader); });
  Sheet sheet{.title = "Signals",
              .lead = "What the shape of your part of the organisation gives you reason to ask about. Each is a question and says nothing about anybody by itself. "
                      "You see it because you can act; those it is about do not see it here."};
  std::size_t number = 0;
  const auto add = [&](const pathway::Pathway& pathway, const OtherPathway* of) {
    const insight::Signals all(on, pathway, [&](std::string_view word) { return visit.pathways->of_word(word) == of; });
    for (const insight::Signal& signal : all.for_person(standpoint.me.value())) {
      if (may_read(visit, standpoint, signal, switches)) sheet.sections.push_back(section_of(pathway, on, signal, ++number));
    }
  };
  add(main_pathway_of(visit), nullptr);
  for (const auto& other : visit.pathways->others()) add(other->pathway(), other.get());
  if (number == 0) {
    sheet.sections.push_back({.words = {"There is nothing to ask about today. Signals come from the lines, teams and levels of your direct reports, and from the "
                                        "ranges that the pathway names."}});
  }
  sheet.sections.push_back({.links = {{"The ranges and their reasons", "/about"}, {"Your people", "/my-people"}}});
  return show(visit, std::move(sheet));
}

}  // namespace waymark::web::handlers
