#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/page.hpp"
#include "importer/framework.hpp"

namespace waymark::cli {
namespace {

using importer::ImportedFramework;
using importer::Provenance;

constexpr std::size_t questions_shown = 5;

class ImportFramework : public Command {
 public:
  Description describe() override {
    return {
        .name = "import framework",
        .group = Group::write,
        .sentence = "Make a draft pathway out of the document you have.",
        .more =
            "Reads Markdown by its headings and lists. Every sentence ends up in the draft or in the draft's import-report.md, with the file and "
            "line it came "
            "from; what was guessed is asked there.",
        .parameters =
            {{.name = "PATH", .help = "The document, or the folder of documents.", .into = &m_source, .completes = Completes::file, .required = true},
             {.name = "-o,--output",
              .value = "DIR",
              .help = "The folder to make for the draft.",
              .into = &m_out,
              .completes = Completes::folder,
              .required = true},
             {.name = "--name", .value = "NAME", .help = "What to call the pathway; else the document says.", .into = &m_name}},
        .examples = {
            {"waymark import framework handbook/levels -o draft", "A draft in ./draft from a folder of Markdown."},
            {"waymark import framework levels.md -o draft --name \"Engineering at Example\"", "From one file, under a name of your choice."}}};
  }

  Outcome run(Context& context) override {
    const auto imported = importer::import_framework(m_source, {m_name});
    if (!imported) return tl::unexpected<Trouble>(imported.error());
    if (const auto written = write_folder(imported->draft, m_out); !written) return tl::unexpected<Trouble>(written.error());
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    tell(page, *imported);
    context.terminal.print(page.text());
    return {};
  }

 private:
  void tell(Page& page, const ImportedFramework& imported) const {
    const auto kept = static_cast<std::size_t>(std::count_if(imported.sentences.begin(), imported.sentences.end(),
                                                             [](const Provenance& each) { return each.fate == Provenance::Fate::kept; }));
    page.say(fmt::format("{} holds a draft now, with {}: {}.", m_out, counted(imported.levels.size(), "place"), in_words(imported.levels)));
    page.say(fmt::format("{} of {} stand in it; what was set aside is in import-report.md with the reason.", kept,
                         counted(imported.sentences.size(), "sentence")));
    if (!imported.questions.empty()) {
      page.gap();
      page.heading(fmt::format("{} for you to settle", counted(imported.questions.size(), "question")));
      for (std::size_t i = 0; i < std::min(questions_shown, imported.questions.size()); ++i)
        page.say(imported.questions[i], Margin::of(2).with("- "));
      if (imported.questions.size() > questions_shown)
        page.say(fmt::format("The other {} are in import-report.md.", imported.questions.size() - questions_shown), Margin::of(2));
    }
    page.gap();
    page.heading("Next");
    page.verbatim(fmt::format("waymark -p {} lint              what the draft still lacks\nwaymark -p {} serve --watch     read it while you write",
                              m_out, m_out),
                  Margin::of(2));
  }

  std::string m_source;
  std::string m_out;
  std::string m_name;
};

}  // namespace

std::unique_ptr<Command> make_import_framework() { return std::make_unique<ImportFramework>(); }

}  // namespace waymark::cli
