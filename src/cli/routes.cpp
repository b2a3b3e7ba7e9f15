#include <fmt/core.h>

#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/open_pathway.hpp"
#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

using namespace pathway;

void tell_from(Page& page, const Pathway& pathway, const Level& level) {
  page.gap();
  page.heading("From " + name_of(level));
  const auto routes = pathway.routes_from(level.id);
  for (const Route* const route : routes) tell_route(page, pathway, *route, Margin::of(2).with("- "));
  if (routes.empty()) page.say("No route leads on; it is a place to stay in.", Margin::of(2));
}

void tell_arrivals(Page& page, const Pathway& pathway, const Level& level) {
  page.gap();
  page.heading("What leads here");
  const auto routes = pathway.routes_to(level.id);
  for (const Route* const route : routes) {
    const Level* const from = pathway.level(route->from);
    page.say(fmt::format("from {}{}", from == nullptr ? route->from.value : name_of(*from),
                         route->kind == Route::Kind::return_ ? ", an ordinary return" : ""),
             Margin::of(2).with("- "));
  }
  if (routes.empty()) page.say("No route; one begins here.", Margin::of(2));
}

class Routes : public Command {
 public:
  Description describe() override {
    return {.name = "routes",
            .group = Group::read,
            .sentence = "Read which ways lead from place to place.",
            .more =
                "A route is one ordinary step: onward, or back as an ordinary return. What is one route away is in reach; who takes it is for people "
                "to decide.",
            .parameters = {{.name = "LEVEL", .help = "Only the routes from this place and to it.", .into = &m_level, .completes = Completes::place},
                           {.name = "--json", .help = "For a script.", .into = &m_json}},
            .examples = {{"waymark routes", "Every route, by the place it leaves."},
                         {"waymark routes SSE", "Where a senior engineer can go, and what leads there."}},
            .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    auto opened = open_pathway(context);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    const Pathway& pathway = *opened;
    const Level* level = nullptr;
    if (!m_level.empty()) {
      const auto found = find_level(pathway, m_level);
      if (!found) return tl::unexpected<Trouble>(found.error());
      level = *found;
    }
    if (m_json) {
      context.terminal.print(routes_json(pathway, level));
      return {};
    }
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    if (level != nullptr) {
      tell_from(page, pathway, *level);
      tell_arrivals(page, pathway, *level);
    } else {
      for (const Level& each : pathway.levels) {
        if (!pathway.routes_from(each.id).empty()) tell_from(page, pathway, each);
      }
    }
    context.terminal.print(page.text());
    return {};
  }

 private:
  std::string m_level;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_routes() { return std::make_unique<Routes>(); }

}  // namespace waymark::cli
