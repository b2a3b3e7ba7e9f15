#include "pathway/cite.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/open_pathway.hpp"
#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

using pathway::CitedWords;
using pathway::Pathway;

/// A title is plain text; what Markdown would take for markup is made harmless.
std::string markdown_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#|~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string as_markdown(const Pathway& pathway, const CitedWords& cited) {
  return fmt::format("> {}\n>\n> — [{}]({}), version {}\n", markdown_escaped(collapse_white_space(cited.words)), markdown_escaped(cited.title),
                     link_to(pathway, cited.target), pathway.short_hash());
}

std::string as_text(const Pathway& pathway, const CitedWords& cited, const Terminal& terminal) {
  Page page(terminal.prose_columns(), terminal.colour());
  page.heading(cited.title);
  page.gap();
  page.say(cited.words, Margin::of(2));
  page.gap();
  page.say(Runs{{fmt::format("{}, version {}", pathway::to_string(cited.citation), pathway.short_hash()), Ink::faint}});
  // An address is copied whole, so it is not wrapped.
  page.verbatim(link_to(pathway, cited.target));
  return page.text();
}

class Cite : public Command {
 public:
  Description describe() override {
    return {
        .name = "cite",
        .group = Group::read,
        .sentence = "Quote the words behind an id, with their version and a link.",
        .more =
            "An id is a place (SSE), a criterion (SSE.drives-design) or a section or paragraph (SSE.autonomy). It means the same for ever; one that "
            "is gone says what became of it.",
        .parameters = {{.name = "ID", .help = "What is cited: SSE.drives-design.", .into = &m_id, .completes = Completes::citation, .required = true},
                       {.name = "--format",
                        .value = "FORMAT",
                        .help = "text (the default), md for a Markdown quotation, or json.",
                        .into = &m_format,
                        .completes = Completes::choices,
                        .choices = {"text", "md", "json"}}},
        .examples = {{"waymark cite SSE.drives-design", "The words, the version and where they are read."},
                     {"waymark cite SSE.drives-design --format md", "A quotation for a pull request, a note or an e-mail."}},
        .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    auto opened = open_pathway(context);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    const auto cited = pathway::cite(*opened, m_id);
    if (!cited) return tl::unexpected<Trouble>(cited.error());
    context.terminal.print(m_format == "json" ? cited_json(*opened, *cited)
                           : m_format == "md" ? as_markdown(*opened, *cited)
                                              : as_text(*opened, *cited, context.terminal));
    return {};
  }

 private:
  std::string m_id;
  std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_cite() { return std::make_unique<Cite>(); }

}  // namespace waymark::cli
