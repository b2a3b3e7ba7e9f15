#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

class Pages {
 public:
  Pages(const Subject& subject, Reporter& report) : m_subject(subject), m_report(report) {}

  void look(const std::optional<pathway::Review>& review, const pathway::Place& page) {
    if (!review) {
      if (m_subject.style.review_every_page) {
        m_report.at(page, "Nobody has said when this page was last read and stood by.",
                    "Read it, and put `reviewed:` with the day into the front matter.");
      }
      return;
    }
    const int months = months_between(review->on, m_subject.today);
    if (review->on > m_subject.today) {
      m_report.at(review->place, fmt::format("{} is still to come.", in_words(review->on)), "Write the day on which the page was read.");
    } else if (months >= m_subject.style.review_months) {
      m_report.at(review->place,
                  fmt::format("This page was last read on {}, {} ago.", in_words(review->on), counted(static_cast<std::size_t>(months), "month")),
                  "Read it with somebody at this place, mend what is no longer so, and write today's date.");
    }
  }

 private:
  const Subject& m_subject;
  Reporter& m_report;
};

void check(const Subject& subject, Reporter& report) {
  Pages pages(subject, report);
  for (const pathway::Level& level : subject.pathway.levels) pages.look(level.reviewed, level.place);
  for (const pathway::Capability& capability : subject.pathway.capabilities) pages.look(capability.reviewed, capability.place);
  for (const pathway::Archetype& archetype : subject.pathway.archetypes) pages.look(archetype.reviewed, archetype.place);
  if (subject.pathway.fork && !subject.pathway.fork->page.empty()) pages.look(subject.pathway.fork->reviewed, {subject.pathway.fork->page, {}});
}

}  // namespace

Rule stale_page() { return {"stale-page", Family::freshness, Severity::warning, Needs::words, check}; }

}  // namespace waymark::lint::checks
