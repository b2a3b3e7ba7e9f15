#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/open_pathway.hpp"
#include "cli/show_pages.hpp"

namespace waymark::cli {
namespace {

using namespace pathway;

/// What can be shown, where the word is no level.
const Capability* find_capability(const Pathway& pathway, const std::string& word) {
  for (const Capability& capability : pathway.capabilities) {
    if (to_lower_ascii(capability.id.value) == to_lower_ascii(word)) return &capability;
  }
  return nullptr;
}

const Archetype* find_archetype_quietly(const Pathway& pathway, const std::string& word) {
  const auto found = find_archetype(pathway, word);
  return found ? *found : nullptr;
}

class Show : public Command {
 public:
  Description describe() override {
    return {.name = "show",
            .group = Group::read,
            .sentence = "Read the places and routes, or one place's page.",
            .more =
                "Without a place: every place by its track, and where one can go from it. The id of a capability or an archetype, and the word "
                "`fork`, open those pages in the same way.",
            .parameters = {{.name = "LEVEL", .help = "The id of a place, in any case: SSE.", .into = &m_page, .completes = Completes::page},
                           {.name = "--archetype",
                            .value = "ID",
                            .help = "Read the place as it is in this work: platform.",
                            .into = &m_archetype,
                            .completes = Completes::archetype},
                           {.name = "--json", .help = "For a script.", .into = &m_json}},
            .examples = {{"waymark show", "All places, their shifts and their routes."},
                         {"waymark show SSE --archetype platform", "The senior engineer's page, with what it means in platform work."}},
            .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    auto opened = open_pathway(context);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    const Pathway& pathway = *opened;
    const Archetype* archetype = nullptr;
    if (!m_archetype.empty()) {
      const auto found = find_archetype(pathway, m_archetype);
      if (!found) return tl::unexpected<Trouble>(found.error());
      archetype = *found;
    }
    if (m_page.empty() && archetype == nullptr) return print(context, places_json(pathway), [&](Page& page) { tell_places(page, pathway); });
    if (m_page.empty()) return print(context, archetype_json(pathway, *archetype), [&](Page& page) { tell_archetype(page, pathway, *archetype); });
    return show_page(context, pathway, archetype);
  }

 private:
  template <class Tell>
  Outcome print(Context& context, const std::string& json, Tell tell) const {
    if (m_json) {
      context.terminal.print(json);
      return {};
    }
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    tell(page);
    context.terminal.print(page.text());
    return {};
  }

  Outcome show_page(Context& context, const Pathway& pathway, const Archetype* archetype) const {
    const auto level = find_level(pathway, m_page);
    if (level) return print(context, level_json(pathway, **level, archetype), [&](Page& page) { tell_level(page, pathway, **level, archetype); });
    if (archetype != nullptr) return tl::unexpected<Trouble>(level.error());
    if (const Capability* const found = find_capability(pathway, m_page)) {
      return print(context, capability_json(pathway, *found), [&](Page& page) { tell_capability(page, pathway, *found); });
    }
    if (const Archetype* const found = find_archetype_quietly(pathway, m_page)) {
      return print(context, archetype_json(pathway, *found), [&](Page& page) { tell_archetype(page, pathway, *found); });
    }
    if (pathway.fork && to_lower_ascii(m_page) == "fork") {
      return print(context, fork_json(pathway, *pathway.fork), [&](Page& page) { tell_fork(page, pathway, *pathway.fork); });
    }
    return tl::unexpected<Trouble>(level.error());
  }

  std::string m_page;
  std::string m_archetype;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_show() { return std::make_unique<Show>(); }

}  // namespace waymark::cli
