/// What a signal says to the person it goes to: what is so, why one may ask, what else it may mean, and how the conversation could begin.
#pragma once

#include <string>

#include "insight/signals/signals.hpp"

namespace waymark::insight {

/// Sentences, plain text.
struct SignalWords {
  std::string title;         ///< "Ada Park has 17 direct reports"
  std::string observed;      ///< what is so, since when, and the limit
  std::string reason;        ///< why there is a limit; of the threshold, the pathway's own words
  std::string also;          ///< what else it may mean
  std::string conversation;  ///< how to begin, and the question of the pathway
};

[[nodiscard]] SignalWords words_of(const Signal& signal, const org::OrganisationOn& on, const pathway::Pathway& pathway);

}  // namespace waymark::insight
