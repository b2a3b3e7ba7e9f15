#include "cli/lint_explain.hpp"

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "cli/page.hpp"
#include "lint/explanation.hpp"

namespace waymark::cli {
namespace {

constexpr lint::Family last_family = lint::Family::settings;

void list_all(Terminal& terminal) {
  Page page(terminal.prose_columns(), terminal.colour());
  for (int number = 0; number <= static_cast<int>(last_family); ++number) {
    const auto family = static_cast<lint::Family>(number);
    page.gap();
    page.heading(std::string(lint::to_string(family)));
    for (const lint::RuleInfo& rule : lint::all_rules()) {
      if (rule.family != family) continue;
      const auto explanation = lint::explain(rule.id);
      page.say(Runs{{std::string(rule.id), Ink::strong}, {explanation ? ": " + std::string(explanation->title) : std::string()}},
               Margin{"  ", "      "});
    }
  }
  terminal.print(page.text());
  terminal.remark("`waymark lint --explain RULE` shows why a rule matters and how to write it instead.\n");
}

Outcome show(Terminal& terminal, const std::string& rule) {
  const auto explanation = lint::explain(rule);
  if (!explanation) {
    const auto near = nearest(rule, lint::rule_ids());
    return tl::unexpected<Trouble>(Error{Error::Kind::not_found, fmt::format("There is no rule `{}`.", rule),
                                         near ? fmt::format("Did you mean `{}`?", *near) : "`waymark lint --explain` lists them all."});
  }
  Page page(terminal.prose_columns(), terminal.colour());
  page.heading(std::string(explanation->title));
  page.say(Runs{{fmt::format("{} · {} · {}", rule, lint::to_string(explanation->rule.family), to_string(explanation->rule.severity)), Ink::faint}});
  page.gap();
  const SourceText source(rule + ".md", explanation->body);
  page.blocks(markup::parse_markdown(source).blocks);
  terminal.print(page.text());
  return {};
}

}  // namespace

Outcome explain_rules(Terminal& terminal, const std::vector<std::string>& rules) {
  if (rules.empty()) {
    list_all(terminal);
    return {};
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (i > 0) terminal.print("\n");
    if (auto shown = show(terminal, rules[i]); !shown) return shown;
  }
  return {};
}

}  // namespace waymark::cli
