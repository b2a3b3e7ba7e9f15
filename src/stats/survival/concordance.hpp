/// How well the predictor of a Cox model orders the events.
#pragma once

#include "stats/survival/cox.hpp"

namespace waymark::stats {

/// Pairs of an event and somebody of its stratum who was at risk on that day and still free of the event after it. Concordant: the event had the
/// higher predictor. Harrell's C with ties of the predictor counted as half (Harrell, Lee & Mark 1996, Statistics in Medicine 15:361–387), and
/// the infinitesimal jackknife of its error, summed by cluster where there are clusters.
struct Concordance {
  double value = 0.5;
  double standard_error = 0;
  double concordant = 0;
  double discordant = 0;
  double tied = 0;
};

/// REQUIRES that `fit` comes from fit_cox with the same data. Undefined under divergence and when there is no pair. O(n·log n).
[[nodiscard]] Answer<Concordance> concordance(const CoxData& data, const CoxFit& fit);

}  // namespace waymark::stats
