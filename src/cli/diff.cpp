#include <algorithm>

#include <fmt/core.h>

#include "cli/commands.hpp"
#include "cli/diff_pages.hpp"
#include "cli/json.hpp"
#include "cli/open_pathway.hpp"
#include "cli/open_version.hpp"
#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

using namespace pathway;

/// Lines of two columns may be longer than prose: each column is prose.
constexpr int widest_two = 160;

class Diff : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "diff",
        .group = Group::read,
        .sentence = "Read what would change: what you keep doing, what is new, what stops counting, what nobody expects yet.",
        .more =
            "Between any two places, whether a route joins them or not. With --next, every place one route away; two stand beside each other where "
            "the terminal has 100 columns. With --versions, what an edit of the pathway changed: between two folders, two published versions, or one "
            "of each.",
        .parameters =
            {{.name = "FROM",
              .help = "Where you are: a place; with --versions, the earlier version: a folder, or a published one.",
              .into = &m_from,
              .completes = Completes::place,
              .required = true},
             {.name = "TO", .help = "Where you look: a place; with --versions, the later version.", .into = &m_to, .completes = Completes::place},
             {.name = "--next", .help = "Every place one route away.", .into = &m_next},
             {.name = "--versions", .help = "Compare two versions.", .into = &m_versions},
             {.name = "--json", .help = "For a script.", .into = &m_json}},
        .examples = {{"waymark diff SSE --next", "Both branches of the fork, side by side."},
                     {"waymark diff EM LSE", "What returning to engineering would change."},
                     {"waymark diff --versions ../published pathway", "Criteria added, reworded, moved and retired since the published folder."},
                     {"waymark diff --versions in-force pathway", "What publishing this folder would change for people."}},
        .reads_pathway = true};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    if (m_versions && m_next) return wrong("`diff` compares places one route away, or versions, but not both.", "Leave out --next or --versions.");
    if (m_versions && m_to.empty()) return wrong("`diff --versions` needs two versions.", "Write `waymark diff --versions EARLIER LATER`.");
    if (m_versions) return with_database_errors([&] { return compare_two(context); });
    if (m_next && !m_to.empty())
      return wrong("`diff --next` needs only the place you are at.", fmt::format("Write `waymark diff {} --next`, or leave out --next.", m_from));
    if (!m_next && m_to.empty()) {
      return wrong("`diff` needs a second place.", fmt::format("Write `waymark diff {} --next` for every place one route away.", m_from));
    }
    return compare_places(context);
  }

 private:
  static tl::unexpected<Trouble> wrong(std::string message, std::string way_out) {
    return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, std::move(message), std::move(way_out)});
  }

  Outcome compare_two(Context& context) {
    VersionOpener opener(m_store);
    // Both are read before either fails, so that all problems are told at once.
    const auto before = opener.open(context, m_from);
    const auto after = opener.open(context, m_to);
    if (!before && !after && before.error().error && after.error().error) {
      Trouble both = after.error();
      both.findings.insert(both.findings.begin(), before.error().findings.begin(), before.error().findings.end());
      both.error->message = before.error().error->message + " " + both.error->message;
      return tl::unexpected<Trouble>(std::move(both));
    }
    if (!before) return tl::unexpected<Trouble>(before.error());
    if (!after) return tl::unexpected<Trouble>(after.error());
    const std::vector<VersionChange> changes = compare_versions(**before, **after);
    if (m_json) {
      context.terminal.print(changes_json(**before, **after, changes));
      return {};
    }
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    tell_changes(page, **before, **after, changes);
    context.terminal.print(page.text());
    return {};
  }

  Outcome compare_places(Context& context) const {
    auto opened = open_pathway(context);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    const Pathway& pathway = *opened;
    const auto from = find_level(pathway, m_from);
    if (!from) return tl::unexpected<Trouble>(from.error());
    std::vector<Difference> differences;
    if (m_next) {
      for (const Route* const route : pathway.routes_from((*from)->id)) {
        const Level* const to = pathway.level(route->to);
        if (to != nullptr && !to->dormant) differences.push_back(what_would_change(pathway, **from, *to));
      }
    } else {
      const auto to = find_level(pathway, m_to);
      if (!to) return tl::unexpected<Trouble>(to.error());
      if (*to == *from) return wrong(fmt::format("{} is compared with itself.", name_of(**from)), "Name two different places.");
      differences.push_back(what_would_change(pathway, **from, **to));
    }
    context.terminal.print(m_json ? differences_json(pathway, differences) : told(context.terminal, **from, differences));
    return {};
  }

  std::string told(const Terminal& terminal, const Level& from, const std::vector<Difference>& differences) const {
    const bool beside = differences.size() == 2 && terminal.columns() >= columns_for_two;
    Page page(beside ? std::min(terminal.columns(), widest_two) : terminal.prose_columns(), terminal.colour());
    if (beside) {
      tell_side_by_side(page, differences[0], differences[1]);
    } else {
      for (const Difference& difference : differences) {
        if (&difference != &differences.front()) {
          page.gap();
          page.say("* * *");
        }
        tell_difference(page, difference);
      }
    }
    if (m_next) {
      page.gap();
      page.say(differences.empty() ? fmt::format("No route leads on from {}. It is a place to stay in.", name_of(from))
                                   : fmt::format("Staying is an answer too: {} is a place to stay in.", name_of(from)));
    }
    return page.text();
  }

  StoreOptions m_store;
  std::string m_from;
  std::string m_to;
  bool m_next = false;
  bool m_versions = false;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_diff() { return std::make_unique<Diff>(); }

}  // namespace waymark::cli
