# What stats_models_bench is measured beside: Rscript survival_peer.R CASE ROWS FILE, the file as stats_models_bench writes it. Prints seconds of the processor.
suppressMessages(library(survival))
arguments <- commandArgs(TRUE)
what <- arguments[1]
rows <- as.integer(arguments[2])
values <- matrix(readBin(arguments[3], "double", rows * 12), rows)
start <- values[, 1]; stop <- values[, 2]; event <- values[, 3]; stratum <- values[, 4]; cluster <- values[, 5]; group <- values[, 6]; x <- values[, 7:12]
run <- switch(what,
  "km" = function() survfit(Surv(stop, event) ~ 1),
  "logrank" = function() survdiff(Surv(stop, event) ~ group + strata(stratum)),
  "cox" = function() coxph(Surv(stop, event) ~ x + strata(stratum)),
  "cox-cluster" = function() coxph(Surv(stop, event) ~ x + strata(stratum), cluster = cluster),
  "cox-start-stop" = function() coxph(Surv(start, stop, event) ~ x + strata(stratum)))
cat(sum(system.time(run())[1:2]), "\n")
