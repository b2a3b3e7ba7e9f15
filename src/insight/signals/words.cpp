#include "insight/signals/words.hpp"

#include "base/date.hpp"
#include "base/text.hpp"

namespace waymark::insight {
namespace {

std::string since_in_words(const Signal& signal) {
  return signal.since ? ", since " + in_words(*signal.since) + " at the latest" : std::string();
}

/// "The pathway’s range is 6–12 engineers."
std::string range_in_words(const Signal& signal) { return " The pathway names " + signal.threshold->range() + "."; }

std::string names_in_words(const Signal& signal, const org::OrganisationOn& on) {
  constexpr std::size_t most = 12;
  std::vector<std::string> names;
  for (const org::PersonIndex person : signal.about) {
    if (names.size() == most) {
      names.push_back(counted(signal.about.size() - most, "other"));
      break;
    }
    names.push_back(on.name(person));
  }
  return in_words(names);
}

std::string title_of(const pathway::Pathway& pathway, std::string_view level) {
  const pathway::Level* found = pathway.level(level);
  return found == nullptr ? std::string(level) : found->title;
}

}  // namespace

SignalWords words_of(const Signal& signal, const org::OrganisationOn& on, const pathway::Pathway& pathway) {
  const std::string names = names_in_words(signal, on);

  SignalWords words;
  if (signal.threshold != nullptr) {
    words.reason = signal.threshold->reason;
    words.also = signal.threshold->also;
    words.conversation = signal.threshold->ask;
  }
  const auto begin_with = [&](std::string beginning) { words.conversation = std::move(beginning) + ' ' + words.conversation; };
  switch (signal.kind) {
    case SignalKind::graduate_months: {
      const std::string level = title_of(pathway, on.level(signal.about.front()));
      words.title = names + " has been at " + level + " for " + counted(signal.observed, "month");
      words.observed = "The range passed on " + in_words(*signal.since) + "." + range_in_words(signal) +
                       " It is a question about the work there was to learn from, and it is said to nobody else.";
      begin_with("Begin with the work, not with the person: what you have given them, and what you have not.");
      break;
    }
    case SignalKind::team_lead_engineers:
      words.title = names + " leads a team of " + counted(signal.observed, "engineer");
      words.observed = "That is how many engineers are on the team, without its lead" + since_in_words(signal) + "." + range_in_words(signal);
      begin_with("Ask what a usual week holds before you speak of numbers.");
      break;
    case SignalKind::manager_direct_reports:
      words.title = counted(signal.observed, "person reports", "people report") + " to " + names;
      words.observed = "Direct reports, by the solid line" + since_in_words(signal) + "." + range_in_words(signal);
      begin_with("The number is a matter of how work is divided, and so yours to mend together; say that first.");
      break;
    case SignalKind::manager_span:
      words.title = counted(signal.observed, "engineer is", "engineers are") + " in the teams below " + names;
      words.observed = "All engineers below them count, whoever they report to, because there is more than one team." + range_in_words(signal);
      begin_with("Draw the teams on one page, together, and look at it before you decide anything.");
      break;
    case SignalKind::head_individual_reports: {
      words.title = counted(signal.observed, "engineer reports", "engineers report") + " to " + names + " directly";
      const std::string junior = signal.juniors == 0 ? std::string(".") : "; " + std::to_string(signal.juniors) + " of them before the fork.";
      words.observed = "Managers are not counted" + since_in_words(signal) + junior + " Of senior engineers the pathway names " +
                       signal.threshold->range() + ", and of others none.";
      begin_with("Ask first how it came to be so; there is usually a vacancy or a promise behind it.");
      break;
    }
    case SignalKind::led_before_fork: {
      const std::string fork = pathway.fork ? title_of(pathway, pathway.fork->at.value) : std::string("the fork");
      words.title = names + " came to leadership before " + fork;
      words.observed = "Since " + in_words(*signal.since) + ", with nothing on record at " + fork + " or beyond before that.";
      words.reason = "Whoever has not yet led technical work for a while chooses leadership without having seen the other way, and has less to stand on when "
                     "engineers ask for judgement.";
      words.also = "They may have done that work elsewhere, or here without its name. A record may be missing. And it may simply have gone well: then there "
                   "is nothing to mend, and the way back stays open all the same.";
      words.conversation = "Do not begin with the record. Ask what gives them energy now, what they would want to have done before, and whether they know "
                           "that going back to engineering is an ordinary route here.";
      break;
    }
    case SignalKind::place_unknown:
      words.title = counted(signal.observed, "person who reports to you has", "people who report to you have") + " no level yet";
      words.observed = names + ".";
      words.reason = "Without a place nobody can say what is in reach, and they are missing from every figure on fairness.";
      words.also = "They may have joined lately, or work on something that this pathway does not cover. Not levelled yet is a state and not an error.";
      words.conversation = "Read the pages of two neighbouring places together and ask which one tells their work of today; then propose it.";
      break;
  }
  return words;
}

}  // namespace waymark::insight
