#include "pathway/cite.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/open_pathway.hpp"
#include "cli/store.hpp"
#include "cli/telling.hpp"
#include "cli/version_pages.hpp"

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
    Description description{
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
                        .choices = {"text", "md", "json"}},
                       {.name = "--version",
                        .value = "VERSION",
                        .help = "What it said in a published version, and what became of it since.",
                        .into = &m_version}},
        .examples = {{"waymark cite SSE.drives-design", "The words, the version and where they are read."},
                     {"waymark cite SSE.drives-design --format md", "A quotation for a pull request, a note or an e-mail."},
                     {"waymark cite SSE.drives-design --version 1.0", "The words an old record was made under, and their fate."}},
        .reads_pathway = true};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    if (!m_version.empty()) return with_database_errors([&] { return cite_version(context); });
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
  Outcome cite_version(Context& context) {
    const auto database = open_ready_store(m_store, MissingFile::refuse);
    if (!database) return tl::unexpected<Trouble>(database.error());
    release::Versions versions(**database);
    const Date today = date_of(SystemClock().now());
    const auto version = versions.find(m_version, today);
    if (!version) return tl::unexpected<Trouble>(version.error());
    const auto cited = versions.words_of(m_id, version->hash);
    if (!cited) return tl::unexpected<Trouble>(cited.error());
    const auto fate = versions.what_became_of(m_id, version->hash, today);
    if (!fate) return tl::unexpected<Trouble>(fate.error());
    const auto in_force = versions.in_force(today);
    context.terminal.print(m_format == "json" ? cited_version_json(*cited, in_force, *fate)
                           : m_format == "md" ? as_markdown(cited->frozen->pathway, cited->words)
                                              : told_version(*cited, in_force, *fate, context.terminal));
    return {};
  }

  static std::string told_version(const release::Cited& cited, const std::optional<release::Version>& in_force, const release::Fate& fate,
                                  const Terminal& terminal) {
    Page page(terminal.prose_columns(), terminal.colour());
    page.heading(cited.words.title);
    page.gap();
    page.say(cited.words.words, Margin::of(2));
    page.gap();
    page.say(Runs{
        {fmt::format("{}, version {}, {}", pathway::to_string(cited.words.citation), short_name(cited.version), standing_of(cited.version, in_force)),
         Ink::faint}});
    tell_fate(page, fate);
    return page.text();
  }

  StoreOptions m_store;
  std::string m_version;
  std::string m_id;
  std::string m_format = "text";
};

}  // namespace

std::unique_ptr<Command> make_cite() { return std::make_unique<Cite>(); }

}  // namespace waymark::cli
