#include <algorithm>
#include <map>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint::checks {
namespace {

/// "12", "12–24", "12 to 24", each before its unit.
struct Amount {
  double from = 0;
  double to = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string singular(std::string_view unit) {
  std::string word = to_lower_ascii(unit.substr(0, unit.find(' ')));
  if (word.size() > 3 && word.ends_with('s')) word.pop_back();
  return word == "%" || word == "percent" || word == "per cent" ? "%" : word;
}

std::optional<double> number_at(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  double value = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') value = value * 10 + (text[at++] - '0');
  return at > begin && at - begin <= 6 ? std::optional(value) : std::nullopt;
}

void skip_spaces(std::string_view text, std::size_t& at) {
  while (at < text.size() && (text[at] == ' ' || text.substr(at).starts_with("\xC2\xA0"))) at += text[at] == ' ' ? 1 : 2;
}

/// Behind a number: a dash or "to" and a second one.
bool skip_range_word(std::string_view text, std::size_t& at) {
  for (const std::string_view word : {"\xE2\x80\x93", "-", "to ", "and ", "\xE2\x80\x94"}) {
    if (!text.substr(at).starts_with(word)) continue;
    at += word.size();
    return true;
  }
  return false;
}

std::vector<Amount> amounts_in(std::string_view text, std::string_view unit) {
  std::vector<Amount> amounts;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts_number =
        text[at] >= '0' && text[at] <= '9' && (at == 0 || std::string_view(" (\n\x93").find(text[at - 1]) != std::string_view::npos);
    if (!starts_number) continue;
    const std::size_t begin = at;
    const std::optional<double> from = number_at(text, at);
    if (!from) continue;
    std::optional<double> to = from;
    skip_spaces(text, at);
    std::size_t behind = at;
    if (skip_range_word(text, behind)) {
      skip_spaces(text, behind);
      if (const auto second = number_at(text, behind)) {
        to = second;
        at = behind;
        skip_spaces(text, at);
      }
    }
    const std::string_view rest = text.substr(at);
    const std::string word = rest.starts_with('%') ? "%" : singular(rest.substr(0, rest.find_first_of(" .,;:)\n")));
    if (word == unit) amounts.push_back({*from, *to, begin, at + (unit == "%" ? 1 : word.size())});
  }
  return amounts;
}

bool agrees(const Amount& amount, const pathway::Threshold& threshold) {
  if (amount.from != amount.to) return (!threshold.from || *threshold.from == amount.from) && (!threshold.to || *threshold.to == amount.to);
  return (!threshold.from || *threshold.from <= amount.from) && (!threshold.to || *threshold.to >= amount.to);
}

bool is_norm(Role role) { return is_expectation(role) || role == Role::ceiling || role == Role::watch_for || role == Role::other_section; }

void check(const Subject& subject, Reporter& report) {
  std::map<std::pair<pathway::LevelId, std::string>, std::vector<const pathway::Threshold*>> by_unit;
  for (const pathway::Threshold& threshold : subject.pathway.thresholds) {
    if (threshold.level && !threshold.unit.empty()) by_unit[{*threshold.level, singular(threshold.unit)}].push_back(&threshold);
  }
  for (const auto& [key, thresholds] : by_unit) {
    const auto& [level, unit] = key;
    for (const Prose& prose : subject.documents.prose()) {
      if (prose.level == nullptr || prose.level->id != level || prose.file != prose.level->place.file || !is_norm(prose.role)) continue;
      for (const Amount& amount : amounts_in(prose.text(), unit)) {
        if (std::any_of(thresholds.begin(), thresholds.end(), [&](const pathway::Threshold* threshold) { return agrees(amount, *threshold); }))
          continue;
        Finding& finding = report.at(prose, amount.begin, amount.end,
                                     fmt::format("The threshold `{}` says {}.", thresholds.front()->id, thresholds.front()->range()),
                                     "Correct one of the two; people will be told the threshold and read the page.");
        finding.related.push_back({thresholds.front()->place.file, thresholds.front()->place.span, "the threshold"});
      }
    }
  }
}

}  // namespace

Rule threshold_disagrees() { return {"threshold-disagrees", Family::freshness, Severity::warning, Needs::pathway, check}; }

}  // namespace waymark::lint::checks
