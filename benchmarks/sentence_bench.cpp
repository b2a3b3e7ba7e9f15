// How fast sentences are judged on one core: ./bench sentences
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "lint/sentence/judge.hpp"

namespace {

/// The lines of the file that WAYMARK_BENCH_SENTENCES names.
const std::vector<std::string>& sentences() {
  static const std::vector<std::string> lines = [] {
    const char* const path = std::getenv("WAYMARK_BENCH_SENTENCES");
    std::ifstream file(path != nullptr ? path : "");
    std::vector<std::string> found;
    for (std::string line; std::getline(file, line);) found.push_back(line);
    if (found.empty()) {
      std::cerr << "sentence_bench: WAYMARK_BENCH_SENTENCES names no file with sentences\n";
      std::exit(1);
    }
    return found;
  }();
  return lines;
}

std::int64_t bytes() {
  std::size_t all = 0;
  for (const std::string& each : sentences()) all += each.size() + 1;
  return static_cast<std::int64_t>(all);
}

void judge_sentences(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& each : sentences()) benchmark::DoNotOptimize(waymark::lint::judge_sentence(each));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes());
}

void find_tenure(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& each : sentences()) benchmark::DoNotOptimize(waymark::lint::tenure_phrases(each));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes());
}

}  // namespace

BENCHMARK(judge_sentences)->Unit(benchmark::kMillisecond);
BENCHMARK(find_tenure)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
