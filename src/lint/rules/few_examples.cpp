#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const pathway::Level& level : subject.pathway.levels) {
    const pathway::Section* const section = level.section(pathway::SectionKind::what_it_looks_like);
    if (section == nullptr || section->passages.empty()) continue;  // the loader has said so
    std::size_t examples = 0;
    for (const pathway::Passage& passage : section->passages) {
      const bool list = passage.block.kind == markup::Block::Kind::bullet_list || passage.block.kind == markup::Block::Kind::ordered_list;
      examples += list ? passage.block.children.size() : 0;
    }
    if (examples >= subject.style.examples) continue;
    const std::string there = examples == 0   ? "No list item shows"
                              : examples == 1 ? "Only one example shows"
                                              : fmt::format("Only {} examples show", examples);
    report.at(section->place, fmt::format("{} what this place looks like; {} are asked for.", there, subject.style.examples),
              "Add things somebody here really did, one a list item, with what came of each.");
  }
}

}  // namespace

Rule few_examples() { return {"few-examples", Family::structure, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
