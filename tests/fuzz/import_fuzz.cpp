// Any bytes as a framework: the first byte says what they are called, so that each reader is reached. Nothing is lost silently, and what comes out loads.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "importer/framework.hpp"
#include "pathway/pathway.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1 || size > 20'000) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  // What begins like a page, a table or data reaches that reader by its own first words.
  const std::string_view openings[]{"",
                                    "<!doctype html><body><h1>Engineer</h1>",
                                    "levels:\n- name: Engineer\n  criteria:\n",
                                    "Level,Area,Text\nJunior,A,says this\nSenior,A,",
                                    "# A\n\n| | Junior | Senior |\n|-|-|-|\n",
                                    "{\"levels\":[{\"title\":\"Engineer\",\"criteria\":["};
  const std::string text = std::string(openings[data[0] % 6]) + bytes;
  const auto imported = waymark::importer::import_framework(waymark::Folder{"fuzz", {{"source", text}}, {}}, {});
  if (!imported) return 0;
  if (!waymark::pathway::load(imported->draft).pathway) std::abort();
  for (const auto& sentence : imported->sentences) {
    if (sentence.became.empty()) std::abort();
  }
  return 0;
}
