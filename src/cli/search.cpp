#include "pathway/search.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/open_pathway.hpp"
#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

using pathway::Hit;
using pathway::Pathway;

void tell_hit(Page& page, const Pathway& pathway, const Hit& hit) {
  page.gap();
  page.say(Runs{{hit.title, Ink::strong}, {hit.where.empty() ? "" : " · " + hit.where}});
  page.say(Runs{{hit.citation.empty() ? link_to(pathway, hit.target) : hit.citation, Ink::faint}});
  Runs passage;
  for (const pathway::Fragment& fragment : hit.passage) passage.push_back({fragment.text, fragment.match ? Ink::match : Ink::plain});
  page.say(passage, Margin::of(2));
}

class Search : public Command {
 public:
  Description describe() override {
    return {
        .name = "search",
        .group = Group::read,
        .sentence = "Find where the pathway speaks of something.",
        .more =
            "Words are matched by their stem, best passage first. When nothing has all of them, any of them will do. Nothing found is exit code 1.",
        .parameters = {{.name = "WORDS", .help = "What to look for; the last word may be a beginning.", .into = &m_words, .required = true},
                       {.name = "--limit", .value = "N", .help = "How many at most; 10 unless said.", .into = &m_limit},
                       {.name = "--json", .help = "For a script.", .into = &m_json}},
        .examples = {{"waymark search design review", "The passages about reviewing designs."},
                     {"waymark search --limit 3 on-call", "The three best."}},
        .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    auto opened = open_pathway(context);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    const std::string query = join(m_words, " ");
    const std::vector<Hit> hits = pathway::SearchIndex(*opened).search(query, m_limit);
    if (m_json) {
      context.terminal.print(hits_json(*opened, query, hits));
    } else {
      Page page(context.terminal.prose_columns(), context.terminal.colour());
      for (const Hit& hit : hits) tell_hit(page, *opened, hit);
      if (!hits.empty()) context.terminal.print(page.text());
    }
    if (!hits.empty()) return {};
    if (m_json) return tl::unexpected<Trouble>(Trouble());
    return tl::unexpected<Trouble>(
        Error{Error::Kind::not_found, fmt::format("Nothing in the pathway speaks of “{}”.", query), "Try another word for it, or fewer words."});
  }

 private:
  std::vector<std::string> m_words;
  std::size_t m_limit = 10;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_search() { return std::make_unique<Search>(); }

}  // namespace waymark::cli
