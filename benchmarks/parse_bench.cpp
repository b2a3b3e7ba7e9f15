// How fast documents are read, beside cmark-gfm alone on the same bytes: ./bench parse
#include <benchmark/benchmark.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/folder.hpp"
#include "markup/markdown.hpp"
#include "pathway/pathway.hpp"

namespace {

using namespace waymark;

const Folder& starter() {
  static const Folder folder = [] {
    const char* const path = std::getenv("WAYMARK_BENCH_PATHWAY");
    return read_folder(path != nullptr ? path : "starter", pathway::document_extensions()).value();
  }();
  return folder;
}

/// The starter's pages end to end, without front matter, until there are ten megabytes.
const std::string& prose() {
  static const std::string text = [] {
    std::string pages;
    for (const FolderFile& file : starter().files) {
      const std::size_t end = file.bytes.find("\n---\n", 4);
      if (file.path.ends_with(".md") && end != std::string::npos) pages += file.bytes.substr(end + 5) + "\n";
    }
    std::string all;
    while (all.size() < (10u << 20)) all += pages;
    return all;
  }();
  return text;
}

void bytes_each(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void waymark_markdown(benchmark::State& state) {
  for (auto _ : state) {
    const SourceText source("prose.md", prose());
    benchmark::DoNotOptimize(markup::parse_markdown(source));
  }
  bytes_each(state, prose().size());
}

void cmark_gfm_alone(benchmark::State& state) {
  for (auto _ : state) {
    cmark_node* const document = cmark_parse_document(prose().data(), prose().size(), CMARK_OPT_DEFAULT);
    char* const html = cmark_render_html(document, CMARK_OPT_DEFAULT, nullptr);
    benchmark::DoNotOptimize(html);
    std::free(html);
    cmark_node_free(document);
  }
  bytes_each(state, prose().size());
}

void whole_pathway(benchmark::State& state) {
  std::size_t bytes = 0;
  for (const FolderFile& file : starter().files) bytes += file.bytes.size();
  for (auto _ : state) benchmark::DoNotOptimize(pathway::load(starter()));
  bytes_each(state, bytes);
}

}  // namespace

BENCHMARK(waymark_markdown)->Unit(benchmark::kMillisecond);
BENCHMARK(cmark_gfm_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_pathway)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
