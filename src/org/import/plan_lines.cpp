// What a plan says of itself: its kinds of lines in words, and what two plans that do the same have in common.
#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "org/import/plan.hpp"

namespace waymark::org {
namespace {

struct KindWords {
  PlanLine::Kind kind;
  std::string_view name, heading;
};
constexpr std::array<KindWords, plan_kind_count> kind_words{{
    {PlanLine::Kind::joins, "joins", "Joining"},
    {PlanLine::Kind::returns, "returns", "Coming back"},
    {PlanLine::Kind::leaves, "leaves", "Leaving"},
    {PlanLine::Kind::moves, "moves", "Moving to another team"},
    {PlanLine::Kind::manager, "manager", "Another manager"},
    {PlanLine::Kind::level, "level", "Another level"},
    {PlanLine::Kind::name, "name", "Another name"},
    {PlanLine::Kind::other, "other", "Other changes"},
    {PlanLine::Kind::team, "team", "Teams"},
}};

}  // namespace

std::string_view heading_of(PlanLine::Kind kind) { return kind_words[static_cast<std::size_t>(kind)].heading; }
std::string_view to_string(PlanLine::Kind kind) { return kind_words[static_cast<std::size_t>(kind)].name; }

std::size_t ImportPlan::count(PlanLine::Kind kind) const {
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const PlanLine& line) { return line.kind == kind; }));
}

std::string ImportPlan::digest() const {
  std::string text = to_iso(as_of);
  for (const PlanLine& line : lines) text += fmt::format("\n{}\t{}\t{}", to_string(line.kind), line.who, line.what);
  return sha256_hex(text);
}

}  // namespace waymark::org
